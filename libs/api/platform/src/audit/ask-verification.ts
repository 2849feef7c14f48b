import { Injectable } from '@nestjs/common';
import type { ChainView } from '@waymark/contracts';
import type { Actor } from '../actor';
import { AuditVerification } from '../entities';
import { startJob } from '../jobs';
import { Refused } from '../refused';
import { Transactions } from '../transactions';
import { ChainViews } from './chain-view';

/** An auditor has the chain verified: a job that reads, and keeps what it found. */
@Injectable()
export class AskVerification {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: ChainViews,
  ) {}

  /** Refused with `verification-running` while another one of the institution is. */
  async run(actor: Actor): Promise<ChainView> {
    await this.transactions.run(actor, async (tx) => {
      const [running] = await tx.find(AuditVerification, { status: 'running' });
      if (running) throw new Refused('verification-running');
      const id = tx.newId();
      const jobId = await startJob(tx, 'audit.verify-chain', id);
      await tx.insert(AuditVerification, {
        institutionId: actor.institutionId,
        id,
        askedBy: actor.personId,
        askedAt: tx.now,
        status: 'running',
        jobId,
      });
      await tx.audit('audit.verify', { kind: 'audit-verification', id });
    });
    return this.views.see(actor);
  }
}
