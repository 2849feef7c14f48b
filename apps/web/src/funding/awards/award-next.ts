import type { ClaimSummary, FundAwardView } from '@waymark/contracts';
import type { TimelineEntry } from '@waymark/ui';
import type { Dates } from '../../shell/dates';
import { claimName } from './award-words';

type Of = Pick<FundAwardView, 'status' | 'mine' | 'abstract' | 'answerBy' | 'claimBy' | 'claims' | 'report' | 'may'>;
type When = Pick<Dates, 'day'>;
type Step = Pick<TimelineEntry, 'what' | 'who'>;

/** What comes next with an award, the nearest first and as of now: who does what, by when, and when money comes. */
export const nextOfAward = (award: Of, today: string, dates: When): TimelineEntry[] =>
  inOrder(award, today, dates).map((step, index) => ({ ...step, state: index === 0 ? 'now' : 'next' }));

/** A report that is late comes first: the last claim waits for it. */
const inOrder = (award: Of, today: string, dates: When): Step[] => {
  const [steps, report] = [stepsOf(award, dates), reportStep(award, today, dates)];
  return award.report && award.report.dueOn < today ? [...report, ...steps] : [...steps, ...report];
};

const stepsOf = (award: Of, dates: When): Step[] => {
  const { status, mine, abstract, answerBy, claimBy, may } = award;
  const claim: Step = {
    what: mine ? $localize`You claim what you spent` : $localize`They claim what they spent`,
    who: $localize`By ${dates.day(claimBy)}:day:; what is left then goes back to the fund`,
  };
  switch (status) {
    case 'offered':
      return [
        {
          what: mine ? $localize`You say whether you take it` : $localize`They say whether they take it`,
          who: $localize`By ${dates.day(answerBy)}:day:, or it lapses`,
        },
        claim,
      ];
    case 'changed':
      return [
        { what: $localize`The manager answers the change`, who: $localize`Until then nothing can be claimed` },
        claim,
      ];
    case 'accepted':
    case 'attended':
    case 'cancelled': {
      if (status === 'accepted' && abstract === 'waiting')
        return [
          {
            what: mine ? $localize`You say whether the abstract was accepted` : $localize`They hear of their abstract`,
            who: $localize`The award hangs on it`,
          },
          claim,
        ];
      const open = award.claims.flatMap((each) => claimStep(each, mine));
      return may.claim && !award.claims.some(isWriting) ? [...open, claim] : open;
    }
    case 'closed':
    case 'lapsed':
    case 'refused':
      return [];
  }
};

const isWriting = ({ kind, status }: ClaimSummary): boolean =>
  kind === 'claim' && (status === 'draft' || status === 'returned' || status === 'payment-rejected');

/** What a claim or an advance waits for. One that nobody but its writer has seen is none of others' business. */
const claimStep = (claim: ClaimSummary, mine: boolean): Step[] => {
  const name = claimName(claim);
  switch (claim.status) {
    case 'draft':
      return mine ? [{ what: $localize`You send it to finance`, who: name }] : [];
    case 'submitted':
      return [
        {
          what: $localize`Finance looks at it`,
          who: mine ? $localize`${name}:claim:; you hear by e-mail` : name,
        },
      ];
    case 'returned':
    case 'payment-rejected':
      return [{ what: mine ? $localize`You mend it and send it again` : $localize`They mend it`, who: name }];
    case 'approved':
      return [{ what: $localize`It is paid with the next payment run`, who: name }];
    case 'paid':
      return [];
  }
};

/** Owed whether or not the award is closed. */
const reportStep = ({ report, mine }: Of, today: string, dates: When): Step[] => {
  if (!report || report.done) return [];
  const due = dates.day(report.dueOn);
  return [
    {
      what: mine ? $localize`You report back` : $localize`They report back`,
      who: report.dueOn < today ? $localize`It was due on ${due}:day:` : $localize`By ${due}:day:`,
    },
  ];
};
