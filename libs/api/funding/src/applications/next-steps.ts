import type { ApplicationStatus, FundAwardStatus, NextStep } from '@waymark/contracts';

export interface StepFacts {
  status: ApplicationStatus;
  sendBefore: Date | null;
  closesAt: Date;
  endorseBy: Date;
  decideBy: string;
  reserveUntil: string;
  reviewersEach: number;
  /** Whose turn it is to endorse, and until when before it goes on. */
  endorser: { name: string; passesOnAt: Date | null } | null;
  award: { status: FundAwardStatus; answerBy: Date; claimBy: string } | null;
  now: Date;
}

const step = (name: NextStep['step'], more: Partial<Omit<NextStep, 'step'>> = {}): NextStep => ({
  step: name,
  who: null,
  at: null,
  on: null,
  count: null,
  ...more,
});

/** What an applicant is told of what comes next, the nearest first; empty where nothing will. */
export const nextSteps = (facts: StepFacts): NextStep[] => {
  const { status, sendBefore, closesAt, endorseBy, endorser, award, now } = facts;
  const instant = (at: Date | null) => ({ at: at?.toISOString() ?? null });
  const score = step('score', { count: facts.reviewersEach });
  const decide = step('decide', { on: facts.decideBy });
  const endorse = step('endorse', { who: endorser?.name ?? null, ...instant(endorseBy) });
  switch (status) {
    case 'draft':
      return sendBefore === null || now >= sendBefore
        ? []
        : [step('send', instant(sendBefore)), endorse, score, decide];
    case 'returned':
      return sendBefore === null || now >= sendBefore
        ? []
        : [step('send-again', instant(sendBefore)), endorse, score, decide];
    case 'submitted':
      return [
        step('endorse', { who: endorser?.name ?? null, ...instant(endorser?.passesOnAt ?? endorseBy) }),
        score,
        decide,
      ];
    case 'unendorsed':
      return [step('coordinator-decides'), score, decide];
    case 'endorsed':
      return [step('check-rules', now < closesAt ? instant(closesAt) : {}), score, decide];
    case 'eligible':
      return [score, decide];
    case 'scored':
      return [decide];
    case 'reserve':
      return [step('reserve-stands', { on: facts.reserveUntil })];
    case 'awarded':
    case 'part-awarded':
      return award === null ? [] : stepsOfAward(award);
    case 'declined':
    case 'ineligible':
    case 'unsuccessful':
    case 'withdrawn':
    case 'call-cancelled':
      return [];
  }
};

const stepsOfAward = ({ status, answerBy, claimBy }: NonNullable<StepFacts['award']>): NextStep[] => {
  const claim = step('claim', { on: claimBy });
  switch (status) {
    case 'offered':
      return [step('answer-award', { at: answerBy.toISOString() }), claim];
    case 'accepted':
    case 'changed':
    case 'attended':
    case 'cancelled':
      return [claim];
    case 'closed':
    case 'lapsed':
    case 'refused':
      return [];
  }
};
