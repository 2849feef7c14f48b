import { Injectable } from '@nestjs/common';
import {
  type Actor,
  move,
  PlatformConfig,
  post,
  postEach,
  Refused,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import type { RejectScenario as RejectInput, ScenarioRow, ScenarioStep as Input } from '@waymark/contracts';
import { shareCall } from '../calls/call-at';
import { conflictsOf } from '../panel/conflicts';
import { scenarioTable } from '../statuses';
import { callOfScenario, inTx, refuseInterested } from './access';
import { Scenario } from './entities';
import { approvedToProposer, proposedToApprover, rejectedToProposer } from './scenario-letters';
import { readKnownCall } from './scenario-rows';

interface Held {
  scenario: Scenario;
  /** As it was before the step. */
  row: ScenarioRow;
  known: Awaited<ReturnType<typeof readKnownCall>>;
  callName: string;
  link: string;
}

/** The steps of a scenario from one person to the other: each holds the call and the scenario, and says who may. */
@Injectable()
export class ScenarioSteps {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  /** One at a time of a call is on its way; its approvers are told. */
  propose(actor: Actor, id: string, { version }: Input): Promise<ScenarioRow> {
    return this.step(actor, id, version, async (tx, { scenario, row, known, callName, link }) => {
      const status = move(scenarioTable, scenario.status, 'proposed');
      if (row.mayNot.propose) throw new Refused(row.mayNot.propose);
      await tx.update(Scenario, scenario, {
        ...{ status, proposedBy: actor.personId, proposedAt: tx.now },
        ...{ decidedBy: null, decidedAt: null },
      });
      const totals = row.totals;
      if (!totals) throw new Refused('scenario-not-computed');
      // Who stands aside for an applicant cannot open it, and is not told what it comes to either.
      const aside = new Set((await conflictsOf(tx, scenario.callId)).map(({ panelistId }) => panelistId));
      const letters = known.approvers.flatMap(({ id: approverId, email, givenName }) =>
        email === null || approverId === actor.personId || aside.has(approverId)
          ? []
          : [{ to: email, ...proposedToApprover(givenName, { proposer: actor.name, callName, totals, link }) }],
      );
      await postEach(tx, letters);
      await tx.audit('scenario.propose', { kind: 'scenario', id }, { awardedPence: totals.awardedPence });
    });
  }

  /** By whoever proposed it. */
  withdraw(actor: Actor, id: string, { version }: Input): Promise<ScenarioRow> {
    return this.step(actor, id, version, async (tx, { scenario }) => {
      const status = move(scenarioTable, scenario.status, 'draft');
      if (scenario.proposedBy !== actor.personId) throw new Refused('not-allowed');
      await tx.update(Scenario, scenario, { status, proposedBy: null, proposedAt: null, remindedAt: null });
      await tx.audit('scenario.withdraw', { kind: 'scenario', id });
    });
  }

  /** By somebody else than proposed it; what it was computed from must not have changed since. */
  approve(actor: Actor, id: string, { version }: Input): Promise<ScenarioRow> {
    return this.step(actor, id, version, async (tx, { scenario, row, callName, link }) => {
      const status = move(scenarioTable, scenario.status, 'approved');
      if (row.mayNot.approve) throw new Refused(row.mayNot.approve);
      await tx.update(Scenario, scenario, { status, decidedBy: actor.personId, decidedAt: tx.now });
      await this.tellProposer(tx, scenario, (name) =>
        approvedToProposer(name, { approver: actor.name, callName, link }),
      );
      await tx.audit('scenario.approve', { kind: 'scenario', id }, { awardedPence: row.totals?.awardedPence ?? null });
    });
  }

  /** Proposed or approved, by somebody else than proposed it, with a reason. */
  reject(actor: Actor, id: string, { version, reason }: RejectInput): Promise<ScenarioRow> {
    return this.step(actor, id, version, async (tx, { scenario, callName, link }) => {
      const status = move(scenarioTable, scenario.status, 'rejected');
      if (scenario.proposedBy === actor.personId) throw new Refused('own-proposal');
      await tx.update(Scenario, scenario, {
        ...{ status, decidedBy: actor.personId, decidedAt: tx.now },
        rejectedBecause: reason,
      });
      await this.tellProposer(tx, scenario, (name) =>
        rejectedToProposer(name, { approver: actor.name, callName, reason, link }),
      );
      await tx.audit('scenario.reject', { kind: 'scenario', id });
    });
  }

  private step(
    actor: Actor,
    id: string,
    version: number,
    work: (tx: Tx, held: Held) => Promise<void>,
  ): Promise<ScenarioRow> {
    return this.transactions.run(actor, async (tx) => {
      const callId = await callOfScenario(tx, id);
      const call = await shareCall(tx, callId);
      await refuseInterested(tx, callId, actor.personId);
      const scenario = await tx.lockAt(Scenario, id, version);
      if (call.status !== 'moderation') throw new Refused('not-in-moderation');
      const known = await readKnownCall(inTx(tx), actor, callId);
      const row = known.rows.find((one) => one.id === id);
      if (!row) throw new Refused('not-found');
      const link = `${this.config.publicUrl}/funding/calls/${callId}/allocation`;
      await work(tx, { scenario, row, known, callName: call.name, link });
      const after = (await readKnownCall(inTx(tx), actor, callId)).rows.find((one) => one.id === id);
      if (!after) throw new Refused('not-found');
      return after;
    });
  }

  private async tellProposer(
    tx: Tx,
    { proposedBy }: Scenario,
    words: (givenName: string) => { subject: string; body: string },
  ): Promise<void> {
    const [proposer] = await tx.query<{ email: string | null; givenName: string }>(
      `select email, coalesce(nullif(given_name, ''), family_name) as "givenName" from person where institution_id = $1 and id = $2`,
      [tx.scope.institutionId, proposedBy],
    );
    if (proposer?.email) await post(tx, { to: proposer.email, ...words(proposer.givenName) });
  }
}
