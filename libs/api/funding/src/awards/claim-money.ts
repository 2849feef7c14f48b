import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, type Tx } from '@waymark/api-platform';
import { holding } from './award-figures';

export interface ClaimMoney {
  /** Committed, and held by no other claim under way. */
  freePence: number;
  /** Paid in advance, and settled by no other claim that was sent. */
  unsettledPence: number;
}

/** What an award has for a claim, all its other claims set aside. The caller holds the award, so that it stays so. */
export const moneyFor = async (tx: Tx, awardId: string, exceptClaimId: string | null): Promise<ClaimMoney> => {
  const { timeZone } = await whereaboutsOf(tx);
  const [row] = await tx.query<ClaimMoney>(
    `select greatest(coalesce(f.committed_pence, 0) - h.held, 0)::float8 as "freePence",
       greatest(coalesce(f.advanced_pence, 0) - h.settled, 0)::float8 as "unsettledPence"
     from award a
     left join award_figures f on f.institution_id = a.institution_id and f.award_id = a.id
     cross join lateral (
       select coalesce(sum(c.claimed_pence - c.settles_pence) filter (where ${holding('c', 'a', '$4', '$5')}), 0) as held,
         coalesce(sum(c.settles_pence) filter (where c.status <> 'draft'), 0) as settled
       from claim c where c.institution_id = a.institution_id and c.award_id = a.id and c.id is distinct from $3::uuid
     ) h
     where a.institution_id = $1 and a.id = $2`,
    [tx.scope.institutionId, awardId, exceptClaimId, dayIn(timeZone, tx.now), tx.now],
  );
  return row ?? { freePence: 0, unsettledPence: 0 };
};

/** How much of a claim an advance has paid already. */
export const settledBy = (claimedPence: number, { unsettledPence }: ClaimMoney): number =>
  Math.min(claimedPence, unsettledPence);

/** The most that a claim may come to. */
export const mostOf = ({ freePence, unsettledPence }: ClaimMoney): number => freePence + unsettledPence;
