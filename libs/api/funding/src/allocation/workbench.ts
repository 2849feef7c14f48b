import { Injectable } from '@nestjs/common';
import type { Actor } from '@waymark/api-platform';
import type { AllocationGroup, WorkbenchView } from '@waymark/contracts';
import { AllocationReads } from './access';
import { reaches } from './exact-scores';
import { sharingGroups } from './groups';
import { inputHash } from './input-hash';
import { type KnownCall, readKnownCall, whyNotMade } from './scenario-rows';

/** The workbench of one call: where it stands, what there is to give, and its scenarios. */
@Injectable()
export class Workbench {
  constructor(private readonly reads: AllocationReads) {}

  async see(actor: Actor, callId: string): Promise<WorkbenchView> {
    await this.reads.mayLook(actor, callId);
    return viewOf(await readKnownCall(this.reads.asking(actor), actor, callId), actor);
  }
}

const viewOf = ({ call, input, rows, approvers }: KnownCall, actor: Actor): WorkbenchView => {
  const { pot, reviews, unlocked, ...facts } = call;
  const { applications } = input;
  const why = whyNotMade(call.status, input);
  const proposes = actor.permissions.has('allocation.propose');
  return {
    call: facts,
    pot,
    input: {
      applications: applications.length,
      belowBar: applications.filter(({ sum, count, bar }) => !reaches(sum, count, Math.min(bar, call.bar))).length,
      ...{ reviews, unlocked },
      askedPence: applications.reduce((sum, { asked }) => sum + asked, 0),
      hash: inputHash('by-rank', { groups: [], shareBy: null }, applications, input.units),
    },
    scenarios: rows,
    units: groupsOf('unit', input),
    grades: groupsOf('grade', input),
    approvers: approvers.map(({ name }) => name),
    parameters: {
      budgetPence: call.budgetPence,
      partAwards: call.partAwards,
      bar: call.bar,
      groups: [],
      shareBy: null,
      // Known before anybody scored: nobody can try seeds until the lots fall as they like.
      seed: call.id,
    },
    may: { make: proposes && why === null },
    mayNot: { make: proposes ? why : null },
  };
};

const groupsOf = (by: 'unit' | 'grade', { applications, units, grades }: KnownCall['input']): AllocationGroup[] => {
  const counts = new Map<string, number>();
  for (const id of sharingGroups(by, applications, units)) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...(by === 'unit' ? units : grades)]
    .filter(({ id }) => counts.has(id))
    .map(({ id, name }) => ({ id, name, applications: counts.get(id) ?? 0 }));
};
