import { Injectable } from '@nestjs/common';
import { type Actor, Clock, Reads, type ReadQuery, Refused, Transactions, type Tx } from '@waymark/api-platform';
import { conflictsOf } from '../panel/conflicts';

/** Many queries of one moment: a read's, or a transaction's. */
export interface Asking {
  now: Date;
  all: (queries: readonly ReadQuery[]) => Promise<unknown[][]>;
}

export const inTx = (tx: Tx): Asking => ({
  now: tx.now,
  all: async (queries) => {
    const answers: unknown[][] = [];
    for (const { text, values } of queries) answers.push(await tx.query(text, values));
    return answers;
  },
});

interface Interest {
  known: boolean;
  applied: boolean;
  panelist: boolean;
}

const interestQuery = (institutionId: string, callId: string, personId: string): ReadQuery => ({
  name: 'allocation-interest',
  text: `select
      exists (select from call c where c.institution_id = $1 and c.id = $2) as known,
      exists (select from application a where a.institution_id = $1 and a.call_id = $2 and a.person_id = $3
        and a.status not in ('draft', 'withdrawn', 'call-cancelled')) as applied,
      exists (select from call_panelist m where m.institution_id = $1 and m.call_id = $2 and m.person_id = $3) as panelist`,
  values: [institutionId, callId, personId],
});

/**
 * The workbench shows every score. Whoever applied to the call sees nothing of it (`own-call`), nor does a panelist of the call
 * who stands aside for one of its applicants (`panel-conflict`), whatever roles they hold.
 */
export const refuseInterested = async (tx: Tx, callId: string, personId: string | null): Promise<void> => {
  if (personId === null) return;
  const { text, values } = interestQuery(tx.scope.institutionId, callId, personId);
  const [interest] = await tx.query<Interest>(text, values);
  refuse(interest);
  if (interest?.panelist) await refuseConflicted(tx, callId, personId);
};

const refuse = (interest: Interest | undefined): void => {
  if (!interest?.known) throw new Refused('not-found');
  if (interest.applied) throw new Refused('own-call');
};

const refuseConflicted = async (tx: Tx, callId: string, personId: string): Promise<void> => {
  const conflicts = await conflictsOf(tx, callId);
  if (conflicts.some(({ panelistId }) => panelistId === personId)) throw new Refused('panel-conflict');
};

/** Whose call a scenario is of. */
export const callOfScenario = async (tx: Tx, scenarioId: string): Promise<string> => {
  const [row] = await tx.query<{ callId: string }>(
    `select call_id as "callId" from scenario where institution_id = $1 and id = $2`,
    [tx.scope.institutionId, scenarioId],
  );
  if (!row) throw new Refused('not-found');
  return row.callId;
};

/** Reads of the workbench: who may, and many queries in one round trip. */
@Injectable()
export class AllocationReads {
  constructor(
    private readonly reads: Reads,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  asking(actor: Actor): Asking {
    return { now: this.clock.now(), all: (queries) => this.reads.all<unknown[]>(actor, [...queries]) };
  }

  async mayLook(actor: Actor, callId: string): Promise<void> {
    const [interest] = await this.reads.rows<Interest>(
      actor,
      interestQuery(actor.institutionId, callId, actor.personId),
    );
    refuse(interest);
    if (!interest?.panelist) return;
    // A read, though through a transaction: without the command, which is nothing to be done twice.
    const { institutionId, personId, correlationId } = actor;
    await this.transactions.run({ institutionId, personId, correlationId }, (tx) =>
      refuseConflicted(tx, callId, personId),
    );
  }

  /** The same by a scenario; answers the call. */
  async mayLookAt(actor: Actor, scenarioId: string): Promise<string> {
    const [row] = await this.reads.rows<{ callId: string }>(actor, {
      name: 'call-of-scenario',
      text: `select call_id as "callId" from scenario where institution_id = $1 and id = $2`,
      values: [actor.institutionId, scenarioId],
    });
    if (!row) throw new Refused('not-found');
    await this.mayLook(actor, row.callId);
    return row.callId;
  }
}
