import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, PlatformConfig } from '@waymark/api-platform';
import {
  type AllocationOutcome,
  allocationOutcomes,
  type LetterKind,
  type LetterPreview as View,
  type PreviewLetter as Input,
  type ScenarioReason,
} from '@waymark/contracts';
import { decisionLetter } from '../allocation/decision-letter';
import { callCancelled, ineligible } from '../applications/letters';
import { unendorsed } from '../endorsements/letters';
import { dayLater } from './call-rules';

const isOutcome = (kind: LetterKind): kind is AllocationOutcome =>
  (allocationOutcomes as readonly string[]).includes(kind);

/** What became of an invented applicant, so that each letter has figures to show. Voice: the design kit's README. */
const invented: Readonly<
  Record<AllocationOutcome, { amountPence: number; reserveRank: number | null; score: number; reason: ScenarioReason }>
> = {
  awarded: {
    amountPence: 87_000,
    reserveRank: null,
    score: 812,
    reason: {
      decidedBy: 'rank-within-budget',
      facts: { rank: 3, leftPence: 1_210_000 },
      score: null,
      budget: null,
      least: null,
    },
  },
  'part-awarded': {
    amountPence: 85_800,
    reserveRank: null,
    score: 768,
    reason: {
      decidedBy: 'part-of-the-rest',
      facts: { rank: 17, leftPence: 85_800 },
      score: null,
      budget: null,
      least: null,
    },
  },
  reserve: {
    amountPence: 0,
    reserveRank: 1,
    score: 746,
    reason: {
      decidedBy: 'budget-spent',
      facts: { rank: 19, leftPence: 0 },
      score: { needed: 754, awardPence: 131_000 },
      budget: { needed: 99_200, awardPence: 131_000 },
      least: null,
    },
  },
  unsuccessful: {
    amountPence: 0,
    reserveRank: null,
    score: 431,
    reason: {
      decidedBy: 'below-bar',
      facts: { rank: 31, bar: 500 },
      score: { needed: 500, awardPence: null },
      budget: null,
      least: null,
    },
  },
};

/** A letter as it would go out, for an invented applicant: so that a coordinator reads their paragraph where it will stand. */
@Injectable()
export class LetterPreviews {
  constructor(
    private readonly clock: Clock,
    private readonly config: PlatformConfig,
  ) {}

  of(actor: Actor, { kind, callName, paragraph, reserveUntil, claimBy }: Input): View {
    const today = dayIn(actor.timeZone, this.clock.now());
    const link = `${this.config.publicUrl}/funding/applications`;
    const { subject, body } = isOutcome(kind)
      ? decisionLetter({
          to: 'rowan.pipette@college.example',
          givenName: 'Rowan',
          callName,
          eventName: 'National Glassblowers’ Symposium',
          reference: 'CF26-0042',
          outcome: kind,
          askedPence: kind === 'awarded' ? 87_000 : 131_000,
          leastPence: 70_000,
          ...invented[kind],
          answerBy: dayLater(today, { days: 14 }),
          reserveUntil,
          claimBy,
          onAbstract: false,
          paragraph,
          link,
          promoted: false,
        })
      : otherLetter(kind, callName, paragraph, link, today);
    return { subject, body };
  }
}

/** The letters that end an application before the panel, as they are written by the slice that sends each. */
const otherLetter = (
  kind: Exclude<LetterKind, AllocationOutcome>,
  call: string,
  paragraph: string,
  link: string,
  closesOn: string,
): View => {
  const about = { person: 'Rowan', call, reference: 'CF26-0042' };
  switch (kind) {
    case 'ineligible': {
      const facts = { startsOn: dayLater(closesOn, { days: 4 }), closesOn, days: 14 };
      return ineligible(about, [{ rule: 'not-retrospective', verdict: 'fails', facts }], paragraph, link);
    }
    case 'unendorsed':
      return unendorsed('Rowan', 'National Glassblowers’ Symposium', call, paragraph, link);
    case 'call-cancelled':
      return callCancelled(about, 'The reason that you give stands here.', paragraph, true, link);
  }
};
