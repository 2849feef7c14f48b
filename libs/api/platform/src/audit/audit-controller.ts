import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import {
  askVerification,
  auditExportQuery,
  auditHead,
  type AuditHead,
  auditPage,
  type AuditPage,
  auditQuery,
  chainView,
  type ChainView,
  compareHead,
  headComparison,
  type HeadComparison,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { type Actor, CurrentActor } from '../actor';
import { Answers, AnswersTable, Can } from '../route';
import { tableAnswer } from '../tables/table-answer';
import { AskVerification } from './ask-verification';
import { AuditEntries } from './audit-entries';
import { ChainViews } from './chain-view';

@Controller('audit')
export class AuditController {
  constructor(
    private readonly entries: AuditEntries,
    private readonly chains: ChainViews,
    private readonly verifications: AskVerification,
  ) {}

  @Get('entries')
  @Can('audit.see')
  @Answers(200, auditPage)
  search(
    @CurrentActor() actor: Actor,
    @Query({ schema: auditQuery }) query: z.infer<typeof auditQuery>,
  ): Promise<AuditPage> {
    return this.entries.page(actor, query);
  }

  @Get('entries/export')
  @Can('audit.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: auditExportQuery }) query: z.infer<typeof auditExportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const entries = await this.entries.all(actor, query);
    const nameOf = (person: { name: string | null } | null) => (person ? (person.name ?? 'Erased person') : '');
    return tableAnswer(
      reply,
      query.format,
      'audit',
      [
        'Number',
        'When (UTC)',
        'Who',
        'Who (id)',
        'On behalf of',
        'On behalf of (id)',
        'Act',
        'Kind',
        'Record',
        'Person',
        'Details',
        'Number of the request',
      ],
      entries.map((entry) => [
        entry.seal,
        entry.at,
        entry.actor ? nameOf(entry.actor) : 'Waymark',
        entry.actor?.id ?? '',
        nameOf(entry.onBehalfOf),
        entry.onBehalfOf?.id ?? '',
        entry.act,
        entry.subject.kind,
        entry.subject.id,
        nameOf(entry.subject.person),
        Object.keys(entry.details).length > 0 ? JSON.stringify(entry.details) : '',
        entry.correlationId,
      ]),
    );
  }

  @Get('chain')
  @Can('audit.see')
  @Answers(200, chainView)
  chain(@CurrentActor() actor: Actor): Promise<ChainView> {
    return this.chains.see(actor);
  }

  @Get('chain/head')
  @Can('audit.see')
  @Answers(200, auditHead)
  async head(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<AuditHead> {
    const head = await this.chains.head(actor);
    void reply.header('content-disposition', `attachment; filename="audit-head-${head.number}.json"`);
    return head;
  }

  @Get('chain/comparison')
  @Can('audit.see')
  @Answers(200, headComparison)
  compare(
    @CurrentActor() actor: Actor,
    @Query({ schema: compareHead }) held: z.infer<typeof compareHead>,
  ): Promise<HeadComparison> {
    return this.chains.compare(actor, held);
  }

  @Post('verifications')
  @Can('audit.see')
  @Answers(200, chainView)
  verify(
    @CurrentActor() actor: Actor,
    @Body({ schema: askVerification }) _input: z.infer<typeof askVerification>,
  ): Promise<ChainView> {
    return this.verifications.run(actor);
  }
}
