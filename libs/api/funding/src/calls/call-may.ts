import { type CallMoment, callFields, callFixed, type CallView, type Permission } from '@waymark/contracts';

/** What was counted for the next step; see `standingQuery`. */
export interface Standing {
  potOpen: boolean;
  /** Handed in, and not answered by an endorser yet; returned ones count among them. */
  pending: number;
  unendorsed: number;
  endorsed: number;
  /** Extensions still running, of people who have neither handed in nor left. */
  extensions: number;
  reviews: number;
  /** A rolling call's next month is there. */
  rolledOn: boolean;
  awardsOpen: number;
}

/** What stands in the way of the call's next step, by the name of its refusal, most telling first. */
export const hindrancesOf = (
  moment: CallMoment,
  { potOpen, pending, unendorsed, endorsed, extensions, awardsOpen }: Standing,
  windowOver: boolean,
): { by: Hindrance; count: number }[] => {
  const all: [Hindrance, number][] =
    moment === 'draft'
      ? [
          ['pot-closed', potOpen ? 0 : 1],
          ['call-window-over', windowOver ? 1 : 0],
        ]
      : moment === 'closed'
        ? [
            ['extensions-running', extensions],
            ['endorsements-pending', pending],
            ['unendorsed-undecided', unendorsed],
            ['call-empty', endorsed === 0 && pending + unendorsed + extensions === 0 ? 1 : 0],
          ]
        : moment === 'decided'
          ? [['awards-open', awardsOpen]]
          : [];
  return all.filter(([, count]) => count > 0).map(([by, count]) => ({ by, count }));
};

export type Hindrance =
  | 'pot-closed'
  | 'call-window-over'
  | 'extensions-running'
  | 'endorsements-pending'
  | 'unendorsed-undecided'
  | 'call-empty'
  | 'awards-open';

const cancellable: readonly CallMoment[] = ['draft', 'coming', 'open', 'closed', 'scoring', 'moderation'];

/** What somebody may do with a call now, by role, moment and what stands in the way. */
export const callMay = (
  permissions: ReadonlySet<Permission>,
  moment: CallMoment,
  standing: Standing,
  hindered: readonly unknown[],
): CallView['may'] => {
  const manages = permissions.has('calls.manage');
  const free = hindered.length === 0;
  return {
    change: manages && callFixed[moment].length < callFields.length,
    publish: manages && moment === 'draft' && free,
    copy: manages,
    reopen: manages && moment === 'closed' && standing.reviews === 0 && !standing.rolledOn,
    startScoring: manages && moment === 'closed' && free,
    cancel: manages && cancellable.includes(moment),
    archive: manages && moment === 'decided' && free,
    extend: manages && (moment === 'coming' || moment === 'open' || moment === 'closed'),
    write: manages && moment !== 'draft',
  };
};
