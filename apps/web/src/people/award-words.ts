import type { AwardRejection, AwardStatus, AwardView } from '@waymark/contracts';
import type { Dates } from '../shell/dates';
import type { StatusWords } from '../shell/status-words';

export const awardStatusWords: Readonly<Record<AwardStatus, StatusWords>> = {
  declared: { text: $localize`Declared, to be checked`, tone: 'wait', icon: 'hourglass' },
  verified: { text: $localize`Verified`, tone: 'done', icon: 'award' },
  rejected: { text: $localize`Not confirmed`, tone: 'bad', icon: 'octagon' },
  lapsed: { text: $localize`Lapsed`, tone: 'due', icon: 'clock' },
};

export const rejectionWords: Readonly<Record<AwardRejection, string>> = {
  'not-in-register': $localize`Not found in the register`,
  'details-differ': $localize`The register shows other details`,
  'proof-missing': $localize`Nothing to check it by`,
  other: $localize`Another reason: please ask the award verifier`,
};

/** What became of an award, in a sentence: who decided, when, and why not. Null while nobody has. */
export const decisionWords = (award: AwardView, dates: Pick<Dates, 'dayOf'>): string | null => {
  if (award.decidedAt === null) return null;
  const day = dates.dayOf(award.decidedAt);
  const by = award.decidedBy ?? $localize`somebody who is no longer named`;
  if (award.status === 'rejected') {
    const reason = award.rejectedFor ? rejectionWords[award.rejectedFor] : rejectionWords.other;
    return $localize`${reason}:reason:. Checked on ${day}:day: by ${by}:name:.`;
  }
  return $localize`Checked on ${day}:day: by ${by}:name:.`;
};
