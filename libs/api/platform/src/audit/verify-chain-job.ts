import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { AuditVerification } from '../entities';
import type { JobContext, JobHandler } from '../jobs';
import { Reads } from '../reads';
import type { Tx } from '../tx';
import { KeptHeads } from './kept-heads';
import { StoredChain } from './stored-chain';
import { verifyChain } from './verify-chain';

/** Between two steps of progress, in milliseconds: each is a transaction, and asks whether to stop. */
const progressEveryMs = 250;

@Injectable()
export class VerifyChainJob implements JobHandler {
  readonly kind = 'audit.verify-chain';

  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly keptHeads: KeptHeads,
  ) {}

  async run(job: JobContext): Promise<void> {
    const { institutionId } = job.scope;
    await job.progress('verifying', 0);
    let told = performance.now();
    const { entries, heads, fault } = await verifyChain(
      institutionId,
      new StoredChain(this.reads, this.clock, institutionId),
      this.keptHeads.of(institutionId),
      async (share) => {
        if (performance.now() - told < progressEveryMs) return;
        told = performance.now();
        await job.progress('verifying', Math.floor(share * 95));
      },
    );
    await job.finish(async (tx) => {
      const row = await tx.lock(AuditVerification, job.subjectId);
      await tx.update(AuditVerification, row, {
        status: fault ? 'faulty' : 'valid',
        entries: String(entries),
        heads,
        fault: fault?.kind ?? null,
        faultNumber: fault && fault.number !== null ? String(fault.number) : null,
        faultEntryId: fault?.entryId ?? null,
        finishedAt: tx.now,
      });
      await tx.audit(
        'audit.verified',
        { kind: 'audit-verification', id: row.id },
        { entries, heads, fault: fault?.kind ?? null, number: fault?.number ?? null },
      );
    });
  }

  async ended(tx: Tx, subjectId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const row = await tx.lock(AuditVerification, subjectId);
    await tx.update(AuditVerification, row, { status: end, finishedAt: tx.now });
    await tx.audit('audit.verification-end', { kind: 'audit-verification', id: subjectId }, { end });
  }
}
