import { type CancelledBecause, type FundAwardView, poundsOf } from '@waymark/contracts';
import type { Dates } from '../../shell/dates';

/** How an award ended, to be said above all else; null while it has not. */
export interface Ended {
  heading: string;
  lines: readonly string[];
}

type When = Pick<Dates, 'day'>;

const cancelledWords = (because: CancelledBecause | null, mine: boolean): string[] => {
  switch (because) {
    case 'event-off':
      return [mine ? $localize`The event is off, or you cannot go.` : $localize`The event is off, or they cannot go.`];
    case 'abstract-declined':
      return [$localize`The abstract was not accepted.`];
    case 'left':
      return [$localize`The person has left.`];
    case null:
      return [];
  }
};

export const awardEnded = (
  award: Pick<FundAwardView, 'status' | 'mine' | 'cancelledBecause' | 'answerBy' | 'claimBy' | 'figures' | 'may'>,
  dates: When,
): Ended | null => {
  const { status, mine, figures } = award;
  switch (status) {
    case 'cancelled':
      return {
        heading: $localize`This award is cancelled`,
        lines: [
          ...cancelledWords(award.cancelledBecause, mine),
          ...(award.may.claim
            ? [
                $localize`What you cannot get back can still be claimed, until ${dates.day(award.claimBy)}:day:. No report is owed.`,
              ]
            : []),
        ],
      };
    case 'lapsed':
      return {
        heading: $localize`The offer has lapsed`,
        lines: [
          $localize`It was to be answered by ${dates.day(award.answerBy)}:day:. Its money is free for the next on the reserve list.`,
          ...(mine ? [$localize`If something kept you from answering, speak to the coordinator of the fund.`] : []),
        ],
      };
    case 'refused':
      return {
        heading: mine ? $localize`You did not take it` : $localize`It was not taken up`,
        lines: [$localize`Its money is free for the next on the reserve list.`],
      };
    case 'closed':
      return {
        heading: $localize`This award is closed`,
        lines: [
          figures.releasedPence > 0
            ? $localize`${poundsOf(figures.spentPence)}:paid: was paid, and ${poundsOf(figures.releasedPence)}:back: went back to the fund.`
            : $localize`${poundsOf(figures.spentPence)}:paid: was paid: all of it.`,
        ],
      };
    default:
      return null;
  }
};

/** Whether a report is in, due or late, and what hangs on it. */
export const reportWords = (
  { dueOn, done }: NonNullable<FundAwardView['report']>,
  closed: boolean,
  today: string,
  dates: When,
): string => {
  const due = dates.day(dueOn);
  if (done) return $localize`The report is in.`;
  if (dueOn < today)
    return closed
      ? $localize`It was due on ${due}:day: and is late. Until it is in, no new application can be sent.`
      : $localize`It was due on ${due}:day: and is late. Until it is in, the last claim waits and no new application can be sent.`;
  return closed
    ? $localize`Due on ${due}:day:. While it is late, no new application can be sent.`
    : $localize`Due on ${due}:day:. While it is late, the last claim waits.`;
};
