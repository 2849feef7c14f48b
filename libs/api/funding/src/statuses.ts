import type { StatusTable } from '@waymark/api-platform';
import type {
  ApplicationStatus,
  FundAwardStatus,
  BatchStatus,
  CallStatus,
  ClaimStatus,
  EndorsementStatus,
  ReviewStatus,
  ScenarioStatus,
} from '@waymark/contracts';

/*
 * Locks. Whoever changes several of these rows locks them in this order, and rows of one table by their id, so that no two
 * transactions wait for one another: call, scenario, application, endorsement, review, award, claim, batch, pot. What an
 * application may do in its call is judged under a share lock of the call (`for share`), so that hundreds can submit at once
 * while nobody closes or cancels it under them. An application that is locked only for what hangs on it is locked without its
 * key (`for no key update`): a line of its timeline, written by whoever holds the award, has to get past.
 */

export const callTable: StatusTable<CallStatus> = {
  draft: ['open', 'cancelled'],
  // At the close, to the second.
  open: ['closed', 'cancelled'],
  // Back to `open` where the window is lengthened before anybody has scored.
  closed: ['scoring', 'open', 'cancelled'],
  scoring: ['moderation', 'cancelled'],
  // Back to `scoring` where a review has to be done again.
  moderation: ['scoring', 'decided', 'cancelled'],
  decided: ['archived'],
  archived: [],
  cancelled: [],
};

export const applicationTable: StatusTable<ApplicationStatus> = {
  draft: ['submitted', 'withdrawn', 'call-cancelled'],
  submitted: ['endorsed', 'returned', 'declined', 'unendorsed', 'withdrawn', 'call-cancelled'],
  returned: ['submitted', 'unendorsed', 'withdrawn', 'call-cancelled'],
  endorsed: ['eligible', 'ineligible', 'withdrawn', 'call-cancelled'],
  // The manager said no; the applicant may ask for a review of process. It is over, and stays so where the call is cancelled.
  declined: [],
  // The coordinator decides.
  unendorsed: ['endorsed', 'declined', 'withdrawn', 'call-cancelled'],
  eligible: ['scored', 'ineligible', 'withdrawn', 'call-cancelled'],
  ineligible: ['eligible'],
  scored: ['eligible', 'awarded', 'part-awarded', 'reserve', 'unsuccessful', 'withdrawn', 'call-cancelled'],
  // Until the first claim.
  awarded: ['withdrawn'],
  'part-awarded': ['withdrawn'],
  reserve: ['awarded', 'part-awarded', 'unsuccessful', 'withdrawn'],
  unsuccessful: [],
  withdrawn: [],
  'call-cancelled': [],
};

export const endorsementTable: StatusTable<EndorsementStatus> = {
  asked: ['endorsed', 'returned', 'declined', 'passed-on', 'unendorsed', 'withdrawn'],
  endorsed: [],
  returned: [],
  declined: [],
  'passed-on': [],
  unendorsed: [],
  withdrawn: [],
};

export const reviewTable: StatusTable<ReviewStatus> = {
  assigned: ['drafting', 'submitted', 'recused', 'reassigned'],
  drafting: ['submitted', 'recused', 'reassigned'],
  // Back to `drafting` while the call is scoring.
  submitted: ['drafting', 'locked', 'recused', 'reassigned'],
  locked: ['submitted'],
  recused: ['reassigned'],
  reassigned: [],
};

export const scenarioTable: StatusTable<ScenarioStatus> = {
  draft: ['proposed'],
  // Back to `draft` where the proposer withdraws it.
  proposed: ['draft', 'approved', 'rejected'],
  approved: ['published', 'rejected'],
  published: [],
  rejected: [],
};

export const awardTable: StatusTable<FundAwardStatus> = {
  offered: ['accepted', 'refused', 'lapsed', 'cancelled'],
  accepted: ['changed', 'attended', 'cancelled', 'closed'],
  // The manager endorses again, or the applicant takes the change back.
  changed: ['accepted', 'cancelled', 'closed'],
  attended: ['closed'],
  // What cannot be got back is claimed; then it closes.
  cancelled: ['closed'],
  closed: [],
  lapsed: [],
  refused: [],
};

export const claimTable: StatusTable<ClaimStatus> = {
  draft: ['submitted'],
  submitted: ['approved', 'returned'],
  returned: ['submitted'],
  approved: ['paid', 'payment-rejected', 'returned'],
  // Paid already, and the bank sends it back.
  paid: ['payment-rejected'],
  'payment-rejected': ['submitted'],
};

export const batchTable: StatusTable<BatchStatus> = {
  open: ['paid'],
  paid: [],
};
