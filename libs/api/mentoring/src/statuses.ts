import type { ProposalStatus, RoundStatus, RunStatus } from '@waymark/contracts';
import type { StatusTable } from '@waymark/api-platform';
import type { EnrolmentStatus, PairStatus, RequestStatus } from './entities';

/*
 * Locks. Whoever changes several of these rows locks them in this order, and rows of one table by their id, so that no
 * two transactions wait for one another: job, round, run, enrolment, request, proposal, pair. A proposal's status changes
 * under the lock of its request, and a place is taken under the lock of its enrolment; so whoever holds a proposal as
 * the one they answer also holds its request, and nobody else waits for it with something in hand.
 */

export const roundTable: StatusTable<RoundStatus> = {
  draft: ['open', 'cancelled'],
  open: ['matching', 'cancelled'],
  // Back to `review` also where a job ended without a result but an earlier run has one: that one stays releasable.
  matching: ['review', 'open', 'cancelled'],
  review: ['matching', 'released', 'cancelled'],
  released: ['closed'],
  closed: [],
  cancelled: [],
};

/** People and rules of a round can be changed in these. */
export const changeableRound: readonly RoundStatus[] = ['draft', 'open', 'review'];

/** People can join or be loaded into these: whom the first runs leave out is often why more mentors are found. */
export const joinableRound: readonly RoundStatus[] = changeableRound;

/** A round that has not been released or given up: nobody is in two of these at once. */
export const unfinishedRound: readonly RoundStatus[] = ['draft', 'open', 'matching', 'review'];

export const runTable: StatusTable<RunStatus> = {
  queued: ['matching', 'failed', 'cancelled'],
  // A worker that died is followed by another, which begins again.
  matching: ['matching', 'done', 'failed', 'cancelled'],
  done: [],
  failed: [],
  cancelled: [],
};

export const proposalTable: StatusTable<ProposalStatus> = {
  proposed: ['more-asked', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'],
  'more-asked': ['proposed', 'withdrawn', 'superseded'],
  accepted: ['agreed', 'expired', 'withdrawn'],
  agreed: [],
  declined: [],
  expired: [],
  withdrawn: [],
  superseded: [],
};

/** A proposal that somebody still waits for. */
export const openProposal: readonly ProposalStatus[] = ['proposed', 'more-asked', 'accepted'];

export const requestTable: StatusTable<RequestStatus> = {
  open: ['matched', 'withdrawn'],
  // A pair that ends early, or an acceptance that comes to nothing.
  matched: ['closed', 'open'],
  closed: [],
  withdrawn: [],
};

export const enrolmentTable: StatusTable<EnrolmentStatus> = {
  draft: ['active'],
  active: ['paused', 'retired'],
  paused: ['active', 'retired'],
  retired: ['draft'],
};

export const pairTable: StatusTable<PairStatus> = {
  agreed: ['active', 'ended'],
  active: ['completed', 'ended'],
  completed: [],
  ended: [],
};
