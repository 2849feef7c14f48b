import type { DelegationReason, DelegationsView, RoleState } from '@waymark/contracts';
import { listed } from '../shell/words';

export const delegationReasonWords: Readonly<Record<DelegationReason, string>> = {
  holiday: $localize`Holiday`,
  'out-of-office': $localize`Out of office`,
  other: $localize`Another reason`,
};

export const delegationStateWords: Readonly<Record<RoleState, string>> = {
  now: $localize`Now`,
  later: $localize`Coming`,
  past: $localize`Over`,
};

type Approver = DelegationsView['approver'];

const passedOverWords = ({ person, because }: Approver['passedOver'][number]): string => {
  switch (because) {
    case 'left':
      return $localize`${person.name}:name: has left`;
    case 'away':
      return $localize`${person.name}:name: is away`;
    case 'own-request':
      return $localize`${person.name}:name: would decide on their own request`;
  }
};

/** Who decides today on what the person asks for, and why: two sentences, the second one perhaps empty. */
export const approverWords = (approver: Approver, self: boolean): { who: string; why: string } => {
  const { decides, because, inPlaceOf, passedOver } = approver;
  const passed = passedOver.length > 0 ? listed(passedOver.map(passedOverWords)) : '';
  if (!decides || because === null) {
    return {
      who: $localize`Nobody can decide today: the coordinator names somebody.`,
      why: passed ? $localize`${passed}:reasons:.` : $localize`No line manager is recorded.`,
    };
  }
  const name = decides.name;
  const asks = self ? $localize`what you ask for` : $localize`what they ask for`;
  switch (because) {
    case 'line-manager':
      return { who: $localize`${name}:name: decides on ${asks}:what:, as line manager.`, why: '' };
    case 'next-manager':
      return {
        who: $localize`${name}:name: decides on ${asks}:what:, as the next manager up.`,
        why: $localize`${passed}:reasons:.`,
      };
    default:
      return {
        who: $localize`${name}:name: decides on ${asks}:what:, in place of ${inPlaceOf?.name ?? ''}:manager:.`,
        why: $localize`${passed}:reasons:.`,
      };
  }
};
