import type { CorrectionField, CorrectionStatus } from '@waymark/contracts';
import type { StatusWords } from '../shell/status-words';

export const correctionFieldWords: Readonly<Record<CorrectionField, string>> = {
  'given-name': $localize`First name`,
  'family-name': $localize`Last name`,
  email: $localize`E-mail address`,
  'staff-number': $localize`Staff number`,
  'job-title': $localize`Job title`,
  unit: $localize`Unit`,
  grade: $localize`Grade`,
  'line-manager': $localize`Line manager`,
  technician: $localize`Whether I am a technician`,
  'contract-until': $localize`End of my contract`,
  award: $localize`A professional award`,
  'something-else': $localize`Something else`,
};

export const correctionStatusWords: Readonly<Record<CorrectionStatus, StatusWords>> = {
  open: { text: $localize`Waits for an answer`, tone: 'wait', icon: 'hourglass' },
  done: { text: $localize`Put right`, tone: 'done', icon: 'tick-circle' },
  declined: { text: $localize`Not changed`, tone: 'bad', icon: 'octagon' },
  withdrawn: { text: $localize`Taken back`, tone: 'draft', icon: 'close' },
};
