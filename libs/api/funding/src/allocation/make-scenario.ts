import { Injectable } from '@nestjs/common';
import { type Actor, Refused, startJob, Transactions, type Tx } from '@waymark/api-platform';
import type { CallTerms, MakeScenario as Input, ScenarioParameters, ScenarioRow } from '@waymark/contracts';
import type { Call } from '../calls/entities';
import { shareCall, termsOf } from '../calls/call-at';
import { inTx, refuseInterested } from './access';
import { allocateInThread, refusedIn } from './allocate-in-thread';
import type { Allocation, AllocationWork } from './allocation-work';
import { Scenario } from './entities';
import { limitedGroups } from './groups';
import { inputHash } from './input-hash';
import { type AllocationInput, readInput } from './read-input';
import { scenarioRowIn, whyNotMade } from './scenario-rows';
import { nextName } from './scenario-names';
import { writeLines } from './write-lines';

/** What a scenario of a call may ask for: refused with `bar-above-call`, `part-awards-not-offered`. Lots are the call's. */
export const parametersFor = (
  asked: ScenarioParameters,
  callId: string,
  terms: Pick<CallTerms, 'bar' | 'partAwards'>,
): ScenarioParameters => {
  if (asked.bar > terms.bar) throw new Refused('bar-above-call');
  if (asked.partAwards && !terms.partAwards) throw new Refused('part-awards-not-offered');
  // The call's own id: known before anybody scored, so that nobody can try seeds until the lots fall as they like.
  return { ...asked, seed: callId };
};

/** A scenario is made and computed: at once, or as a job where limits by group need a search. */
@Injectable()
export class MakeScenario {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, callId: string, { method, parameters: asked, name }: Input): Promise<ScenarioRow> {
    return this.transactions.run(actor, async (tx) => {
      // Held, so that no review is unlocked while it is computed.
      const call = await shareCall(tx, callId);
      await refuseInterested(tx, callId, actor.personId);
      const input = await readInput(tx, callId);
      const refusal = whyNotMade(call.status, input);
      if (refusal) throw new Refused(refusal);
      const parameters = parametersFor(asked, callId, await termsOf(tx, callId, call.termsNumber));
      const work: AllocationWork = { method, parameters, ...input };
      const allocation = parameters.groups.length > 0 ? null : await unlessTooHard(work);
      // What overlaps is said now, not by a job that fails.
      if (!allocation) refusedIn(() => limitedGroups(parameters.groups, input.applications, input.units));
      const id = await this.insert(tx, actor, call, { method, parameters, name }, input, allocation);
      if (allocation) await writeLines(tx, id, allocation);
      return scenarioRowIn(inTx(tx), actor, callId, id);
    });
  }

  private async insert(
    tx: Tx,
    actor: Actor,
    call: Call,
    { method, parameters, name }: Input,
    { applications, units }: AllocationInput,
    allocation: Allocation | null,
  ): Promise<string> {
    const id = tx.newId();
    const taken = await tx.query<{ name: string }>(
      `select name from scenario where institution_id = $1 and call_id = $2`,
      [actor.institutionId, call.id],
    );
    const jobId = allocation ? null : await startJob(tx, 'funding.compute-scenario', id);
    await tx.insert(Scenario, {
      institutionId: actor.institutionId,
      id,
      callId: call.id,
      name: name ?? nextName(taken.map((one) => one.name)),
      status: 'draft',
      method,
      parameters,
      computing: allocation ? 'done' : 'waiting',
      jobId,
      failure: null,
      engineVersion: allocation?.engineVersion ?? null,
      inputHash: inputHash(method, parameters, applications, units),
      result: allocation?.certificate ?? null,
      computedAt: allocation ? tx.now : null,
      madeBy: actor.personId,
      madeAt: tx.now,
      proposedBy: null,
      proposedAt: null,
      decidedBy: null,
      decidedAt: null,
      rejectedBecause: null,
      publishedAt: null,
      remindedAt: null,
      version: 1,
    });
    const budgetPence = parameters.budgetPence;
    await tx.audit('scenario.make', { kind: 'scenario', id }, { callId: call.id, method, budgetPence, jobId });
    return id;
  }
}

/** Null where our own search gives up: then it is a job's, which goes on with another. */
const unlessTooHard = async (work: AllocationWork): Promise<Allocation | null> => {
  try {
    return await allocateInThread({ work, atOnce: true });
  } catch (error) {
    if (error instanceof Refused && error.refusal === 'allocation-too-hard') return null;
    throw error;
  }
};
