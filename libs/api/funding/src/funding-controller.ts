import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  addCostCode,
  type AddCostCode as AddCostCodeInput,
  addPot,
  type AddPot as AddPotInput,
  changeCostCode,
  type ChangeCostCode as ChangeCostCodeInput,
  changePot,
  type ChangePot as ChangePotInput,
  correctEntry,
  type CorrectEntry as CorrectEntryInput,
  costCodes,
  type CostCodes as CostCodesView,
  entriesExportQuery,
  type EntriesExportQuery,
  entriesPage,
  type EntriesPage,
  entriesQuery,
  type EntriesQuery,
  entryRow,
  type EntryRow,
  fundPot,
  type FundPot as FundPotInput,
  idParams,
  journalQuery,
  type JournalQuery,
  potsExportQuery,
  type PotsExportQuery,
  potsPage,
  type PotsPage,
  potsQuery,
  type PotsQuery,
  potView,
  type PotView,
  rollPotOver,
  type RollPotOver as RollPotOverInput,
  transferBetweenPots,
  type TransferBetweenPots as TransferBetweenPotsInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { CorrectEntry } from './ledger/correct-entry';
import { Entries } from './ledger/entries';
import { Journal } from './ledger/journal';
import { AddPot, ChangePot } from './pots/add-pot';
import { AddCostCode, ChangeCostCode, CostCodes } from './pots/cost-codes';
import { FundPot } from './pots/fund-pot';
import { PotViews } from './pots/pot-view';
import { PotsList } from './pots/pots-list';
import { RollPotOver } from './pots/roll-pot-over';
import { TransferBetweenPots } from './pots/transfer-between-pots';

interface Of {
  id: string;
}

/** Pots, cost codes and the ledger: what is there. */
@Controller('funding')
export class FundingController {
  constructor(
    private readonly codes: CostCodes,
    private readonly pots: PotsList,
    private readonly views: PotViews,
    private readonly entries: Entries,
    private readonly journal: Journal,
  ) {}

  @Get('cost-codes')
  @Can('pots.see')
  @Answers(200, costCodes)
  costCodes(@CurrentActor() actor: Actor): Promise<CostCodesView> {
    return this.codes.all(actor);
  }

  @Get('pots')
  @Can('pots.see')
  @Answers(200, potsPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: potsQuery }) query: PotsQuery): Promise<PotsPage> {
    return this.pots.page(actor, query);
  }

  @Get('pots/export')
  @Can('pots.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: potsExportQuery }) { format, ...filters }: PotsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.pots.table(actor, filters);
    return tableAnswer(reply, format, 'pots', headings, rows);
  }

  @Get('pots/:id')
  @Can('pots.see')
  @Answers(200, potView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<PotView> {
    return this.views.see(actor, id);
  }

  @Get('pots/:id/entries')
  @Can('pots.see')
  @Answers(200, entriesPage)
  entriesOf(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: entriesQuery }) query: EntriesQuery,
  ): Promise<EntriesPage> {
    return this.entries.page(actor, id, query);
  }

  @Get('pots/:id/entries/export')
  @Can('pots.see')
  @AnswersTable()
  async exportEntries(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: entriesExportQuery }) { format, ...filters }: EntriesExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.entries.table(actor, id, filters);
    return tableAnswer(reply, format, 'ledger', headings, rows);
  }

  @Get('journal')
  @Can('pots.see')
  @AnswersTable()
  async journalOf(
    @CurrentActor() actor: Actor,
    @Query({ schema: journalQuery }) query: JournalQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const text = await this.journal.text(actor, query);
    const name = query.year === undefined ? 'ledger' : `ledger-${query.year}`;
    void reply.headers({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.journal"`,
    });
    return text;
  }
}

/** What finance officers do with them. */
@Controller('funding')
export class FundingDeedsController {
  constructor(
    private readonly addingCode: AddCostCode,
    private readonly changingCode: ChangeCostCode,
    private readonly adding: AddPot,
    private readonly changing: ChangePot,
    private readonly funding: FundPot,
    private readonly transferring: TransferBetweenPots,
    private readonly rolling: RollPotOver,
    private readonly correcting: CorrectEntry,
  ) {}

  @Post('cost-codes')
  @Can('pots.manage')
  @Answers(201, costCodes)
  addCode(
    @CurrentActor() actor: Actor,
    @Body({ schema: addCostCode }) input: AddCostCodeInput,
  ): Promise<CostCodesView> {
    return this.addingCode.run(actor, input);
  }

  @Put('cost-codes/:id')
  @Can('pots.manage')
  @Answers(200, costCodes)
  changeCode(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: changeCostCode }) input: ChangeCostCodeInput,
  ): Promise<CostCodesView> {
    return this.changingCode.run(actor, id, input);
  }

  @Post('pots')
  @Can('pots.manage')
  @Answers(201, potView)
  add(@CurrentActor() actor: Actor, @Body({ schema: addPot }) input: AddPotInput): Promise<PotView> {
    return this.adding.run(actor, input);
  }

  @Put('pots/:id')
  @Can('pots.manage')
  @Answers(200, potView)
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: changePot }) input: ChangePotInput,
  ): Promise<PotView> {
    return this.changing.run(actor, id, input);
  }

  @Post('pots/:id/fund')
  @Can('pots.manage')
  @Answers(200, potView)
  fund(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: fundPot }) input: FundPotInput,
  ): Promise<PotView> {
    return this.funding.run(actor, id, input);
  }

  @Post('pots/:id/transfer')
  @Can('pots.manage')
  @Answers(200, potView)
  transfer(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: transferBetweenPots }) input: TransferBetweenPotsInput,
  ): Promise<PotView> {
    return this.transferring.run(actor, id, input);
  }

  @Post('pots/:id/roll-over')
  @Can('pots.manage')
  @Answers(200, potView)
  rollOver(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: rollPotOver }) input: RollPotOverInput,
  ): Promise<PotView> {
    return this.rolling.run(actor, id, input);
  }

  @Post('entries/:id/correct')
  @Can('pots.manage')
  @Answers(200, entryRow)
  correct(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: correctEntry }) input: CorrectEntryInput,
  ): Promise<EntryRow> {
    return this.correcting.run(actor, id, input);
  }
}
