import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  applyImport,
  type ApplyImport as ApplyInput,
  idParams,
  importRowsPage,
  type ImportRowsPage,
  importRowsQuery,
  type ImportRowsQuery,
  importView,
  type ImportView,
  previewImport,
  type PreviewImport as PreviewInput,
  startImport,
  type StartImport as StartInput,
} from '@waymark/contracts';
import { ApplyImport } from './apply-import';
import { DiscardImport } from './discard-import';
import { PreviewImport } from './preview-import';
import { ReadImports } from './read-imports';
import { StartImport } from './start-import';

interface Of {
  id: string;
}

/** A file of mentors or mentees: upload, map the columns, preview, then apply or discard. */
@Controller('mentoring/imports')
export class ImportsController {
  constructor(
    private readonly imports: ReadImports,
    private readonly starting: StartImport,
    private readonly previewing: PreviewImport,
    private readonly applying: ApplyImport,
    private readonly discarding: DiscardImport,
  ) {}

  @Post()
  @Can('imports.run')
  @Answers(201, importView)
  start(@CurrentActor() actor: Actor, @Body({ schema: startImport }) input: StartInput): Promise<ImportView> {
    return this.starting.run(actor, input);
  }

  @Get(':id')
  @Can('imports.run')
  @Answers(200, importView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ImportView> {
    return this.imports.one(actor, id);
  }

  @Put(':id/preview')
  @Can('imports.run')
  @Answers(200, importView)
  preview(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: previewImport }) input: PreviewInput,
  ): Promise<ImportView> {
    return this.previewing.run(actor, id, input);
  }

  @Get(':id/rows')
  @Can('imports.run')
  @Answers(200, importRowsPage)
  rows(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: importRowsQuery }) query: ImportRowsQuery,
  ): Promise<ImportRowsPage> {
    return this.imports.rows(actor, id, query);
  }

  @Post(':id/apply')
  @Can('imports.run')
  @Answers(200, importView)
  apply(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: applyImport }) input: ApplyInput,
  ): Promise<ImportView> {
    return this.applying.run(actor, id, input);
  }

  @Post(':id/discard')
  @Can('imports.run')
  @Answers(200, importView)
  discard(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: applyImport }) input: ApplyInput,
  ): Promise<ImportView> {
    return this.discarding.run(actor, id, input);
  }
}
