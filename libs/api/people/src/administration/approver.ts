import type { ApproverReason, PassedOverReason } from '@waymark/contracts';

/** Who decides on somebody's requests on a day, and why it is not the one above them. */
export interface Approver {
  /** Null: nobody is left to decide; the coordinator names somebody. */
  personId: string | null;
  because: ApproverReason | null;
  /** The manager whom `personId` stands in for. */
  inPlaceOf: string | null;
  passedOver: { personId: string; because: PassedOverReason }[];
}

/** What the rule looks at, as it is on the day. */
export interface ApproverFacts {
  /** For each person, everybody above them, nearest first. */
  managersAbove: ReadonlyMap<string, readonly string[]>;
  /** Those who are here on the day; somebody who has left is not among them. */
  here: ReadonlySet<string>;
  /** Who stands in that day for whom: somebody with a delegate is away. */
  delegateOf: ReadonlyMap<string, string>;
}

/**
 * The line manager decides; where they are away or have left, whoever stands in for them, and for that one in turn; else
 * the next manager up, in the same way. Nobody ever decides on their own request: a delegate who is also the applicant is
 * passed over.
 */
export const approverOf = (personId: string, { managersAbove, here, delegateOf }: ApproverFacts): Approver => {
  const passedOver: Approver['passedOver'] = [];
  const passOver = (id: string, because: PassedOverReason): void => {
    if (!passedOver.some((each) => each.personId === id)) passedOver.push({ personId: id, because });
  };
  /** Why this one does not decide, or null where they do. */
  const hindrance = (id: string): PassedOverReason | null => {
    if (id === personId) return 'own-request';
    if (!here.has(id)) return 'left';
    return delegateOf.has(id) ? 'away' : null;
  };
  for (const [step, manager] of (managersAbove.get(personId) ?? []).entries()) {
    const asked = new Set<string>();
    for (let next: string | undefined = manager; next !== undefined && !asked.has(next); next = delegateOf.get(next)) {
      asked.add(next);
      const because = hindrance(next);
      if (because === null) {
        const self = next === manager;
        return {
          personId: next,
          because:
            step === 0 ? (self ? 'line-manager' : 'delegate') : self ? 'next-manager' : 'delegate-of-next-manager',
          inPlaceOf: self ? null : manager,
          passedOver,
        };
      }
      passOver(next, because);
      // Who stands in for the applicant answers for the applicant, and so does not decide on what they ask for.
      if (because === 'own-request') break;
    }
  }
  return { personId: null, because: null, inPlaceOf: null, passedOver };
};
