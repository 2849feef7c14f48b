import { Body, Controller, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  type Actor,
  Answers,
  AnswersTable,
  Can,
  CurrentActor,
  Refused,
  type RequestWithActor,
  tableAnswer,
  tableFormats,
} from '@waymark/api-platform';
import {
  applyStaffImport,
  type ApplyStaffImport as ApplyInput,
  idParams,
  onStaffImport,
  type OnStaffImport,
  previewStaffImport,
  type PreviewStaffImport as PreviewInput,
  staffImportRowsPage,
  type StaffImportRowsPage,
  staffImportRowsQuery,
  type StaffImportRowsQuery,
  staffImportsPage,
  type StaffImportsPage,
  staffImportsQuery,
  type StaffImportsQuery,
  staffImportView,
  type StaffImportView,
  staffTemplateQuery,
  startStaffImport,
  type StartStaffImport as StartInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { ApplyStaffImport } from './apply-staff-import';
import { DiscardStaffImport } from './discard-staff-import';
import { PreviewStaffImport } from './preview-staff-import';
import { ReadStaffImports } from './read-staff-imports';
import { changeText, noteText, outcomeText, problemText, templates } from './row-words';
import { StartStaffImport } from './start-staff-import';
import { UndoStaffImport } from './undo-staff-import';

interface Of {
  id: string;
}

/** The same filters as the list; pages do not matter. */
const exportQuery = staffImportRowsQuery.extend({ format: z.enum(tableFormats).default('csv') });

/** A file of staff, managers, skills or awards: upload, map the columns, preview, then apply and perhaps undo, or discard. */
@Controller('people/staff-imports')
export class StaffImportsController {
  constructor(
    private readonly imports: ReadStaffImports,
    private readonly starting: StartStaffImport,
    private readonly previewing: PreviewStaffImport,
    private readonly applying: ApplyStaffImport,
    private readonly undoing: UndoStaffImport,
    private readonly discarding: DiscardStaffImport,
  ) {}

  /** The body is the file itself, taken as it streams in; see http-application.ts. */
  @Post()
  @Can('staff.import')
  @Answers(201, staffImportView)
  start(
    @CurrentActor() actor: Actor,
    @Query({ schema: startStaffImport }) input: StartInput,
    @Req() request: RequestWithActor,
  ): Promise<StaffImportView> {
    const { body } = request;
    if (!(body instanceof Readable)) throw new Refused('unsupported-media-type');
    return this.starting.run(actor, input, body);
  }

  @Get()
  @Can('staff.import')
  @Answers(200, staffImportsPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: staffImportsQuery }) query: StaffImportsQuery,
  ): Promise<StaffImportsPage> {
    return this.imports.list(actor, query);
  }

  @Get('template')
  @Can('staff.import')
  @AnswersTable()
  template(
    @Query({ schema: staffTemplateQuery }) { kind, format }: z.infer<typeof staffTemplateQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const columns = templates[kind];
    const headings = columns.map(([heading]) => heading);
    return tableAnswer(reply, format, `${kind}-template`, headings, [columns.map(([, cell]) => cell)]);
  }

  @Get(':id')
  @Can('staff.import')
  @Answers(200, staffImportView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<StaffImportView> {
    return this.imports.one(actor, id);
  }

  @Put(':id/preview')
  @Can('staff.import')
  @Answers(200, staffImportView)
  preview(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: previewStaffImport }) input: PreviewInput,
  ): Promise<StaffImportView> {
    return this.previewing.run(actor, id, input);
  }

  @Get(':id/rows')
  @Can('staff.import')
  @Answers(200, staffImportRowsPage)
  rows(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: staffImportRowsQuery }) query: StaffImportRowsQuery,
  ): Promise<StaffImportRowsPage> {
    return this.imports.rows(actor, id, query);
  }

  @Get(':id/rows/export')
  @Can('staff.import')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: exportQuery }) { format, ...filters }: z.infer<typeof exportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { rows } = await this.imports.allRows(actor, id, filters);
    return tableAnswer(
      reply,
      format,
      'staff-import-rows',
      ['Line', 'Outcome', 'Name', 'Staff number', 'E-mail', 'Problems', 'Changes', 'Notes'],
      rows.map((row) => [
        row.line,
        outcomeText[row.outcome],
        row.name,
        row.staffNumber,
        row.email,
        row.problems.map(problemText).join('; '),
        row.changes.map(changeText).join('; '),
        row.notes.map(noteText).join('; '),
      ]),
    );
  }

  @Post(':id/apply')
  @Can('staff.import')
  @Answers(200, staffImportView)
  apply(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: applyStaffImport }) input: ApplyInput,
  ): Promise<StaffImportView> {
    return this.applying.run(actor, id, input);
  }

  @Post(':id/undo')
  @Can('staff.import')
  @Answers(200, staffImportView)
  undo(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onStaffImport }) input: OnStaffImport,
  ): Promise<StaffImportView> {
    return this.undoing.run(actor, id, input);
  }

  @Post(':id/discard')
  @Can('staff.import')
  @Answers(200, staffImportView)
  discard(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onStaffImport }) input: OnStaffImport,
  ): Promise<StaffImportView> {
    return this.discarding.run(actor, id, input);
  }
}
