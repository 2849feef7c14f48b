import type { ClaimStatus, FundAwardStatus } from '@waymark/contracts';

/*
 * What the fund's money should do, in plain sums and without a database: the model that money-model.spec.ts holds the real
 * thing against. Whole pence. Every deed answers `done`, or the refusal that the real one must answer; refused, nothing moved.
 */

export interface PotModel {
  id: string;
  available: number;
  committed: number;
  spent: number;
  open: boolean;
}

export interface PostedModel {
  id: string;
  corrected: boolean;
  amount: number;
  /** Null: from outside. */
  from: PotModel | null;
  to: PotModel;
}

export interface CallModel {
  id: string;
  pot: PotModel;
  budget: number;
}

export interface ClaimModel {
  id: string;
  kind: 'claim' | 'advance';
  status: ClaimStatus;
  claimed: number;
  settles: number;
  last: boolean;
  /** Where it was paid from. */
  paidFrom: PotModel | null;
  repaid: number;
}

export interface AwardModel {
  id: string;
  call: CallModel;
  pot: PotModel;
  status: FundAwardStatus;
  awarded: number;
  committed: number;
  spent: number;
  released: number;
  advanced: number;
  upFront: number;
  claims: ClaimModel[];
}

type Outcome = string;
const done = 'done';

export const fund = (pot: PotModel, amount: number): Outcome => {
  if (!pot.open) return 'pot-closed';
  pot.available += amount;
  return done;
};

export const transfer = (from: PotModel, to: PotModel, amount: number): Outcome => {
  if (from === to) return 'same-pot';
  if (!from.open || !to.open) return 'pot-closed';
  if (from.available < amount) return 'pot-overdrawn';
  from.available -= amount;
  to.available += amount;
  return done;
};

export const correct = (posted: PostedModel): Outcome => {
  const { from, to, amount } = posted;
  if (posted.corrected) return 'entry-corrected';
  if (!to.open || (from && !from.open)) return 'pot-closed';
  if (to.available < amount) return 'pot-overdrawn';
  to.available -= amount;
  if (from) from.available += amount;
  posted.corrected = true;
  return done;
};

/** What is available and committed goes along with calls and awards; what was spent stays. */
export const rollOver = (pot: PotModel, into: PotModel, calls: CallModel[], awards: AwardModel[]): Outcome => {
  if (!pot.open) return 'pot-closed';
  into.available = pot.available;
  into.committed = pot.committed;
  pot.available = 0;
  pot.committed = 0;
  pot.open = false;
  for (const one of [...calls, ...awards]) if (one.pot === pot) one.pot = into;
  return done;
};

/** All of them or none; the first that is short says why. */
export const offer = (call: CallModel, amounts: number[], awards: AwardModel[]): Outcome => {
  const sum = amounts.reduce((all, amount) => all + amount, 0);
  if (call.pot.available < sum) return 'pot-overdrawn';
  const given = awards.filter((one) => one.call === call).reduce((all, one) => all + one.committed + one.spent, 0);
  if (given + sum > call.budget) return 'call-budget-spent';
  call.pot.available -= sum;
  call.pot.committed += sum;
  return done;
};

export const holds = ({ status, kind }: ClaimModel): boolean =>
  ['submitted', 'approved', 'payment-rejected'].includes(status) || (status === 'returned' && kind === 'claim');

const sumOf = (claims: ClaimModel[], value: (claim: ClaimModel) => number): number =>
  claims.reduce((sum, claim) => sum + value(claim), 0);

/** What is committed and held by no other claim, and what was advanced and is settled by no other. */
export const moneyFor = (award: AwardModel, claim: ClaimModel | null): { free: number; unsettled: number } => {
  const others = award.claims.filter((one) => one !== claim);
  const held = sumOf(others.filter(holds), ({ claimed, settles }) => claimed - settles);
  const settled = sumOf(
    others.filter(({ status }) => status !== 'draft'),
    ({ settles }) => settles,
  );
  return { free: Math.max(0, award.committed - held), unsettled: Math.max(0, award.advanced - settled) };
};

const release = (award: AwardModel): void => {
  const { free } = moneyFor(award, null);
  award.committed -= free;
  award.released += free;
  award.pot.committed -= free;
  award.pot.available += free;
};

const close = (award: AwardModel): void => {
  award.status = 'closed';
  award.claims = award.claims.filter(({ status }) => status !== 'draft');
  release(award);
};

export const accept = (award: AwardModel): Outcome => {
  if (award.status !== 'offered') return 'status-refused';
  award.status = 'accepted';
  return done;
};

export const refuse = (award: AwardModel): Outcome => {
  if (award.status !== 'offered') return 'status-refused';
  award.status = 'refused';
  release(award);
  return done;
};

export const cancel = (award: AwardModel, nothingToClaim: boolean): Outcome => {
  if (award.status === 'offered') return 'status-refused';
  if (nothingToClaim && award.claims.some(({ status }) => status !== 'draft')) return 'award-claimed';
  if (award.status !== 'accepted') return 'status-refused';
  award.status = 'cancelled';
  if (nothingToClaim) close(award);
  return done;
};

/** What may be asked for in advance: the award's and the application's bound, less what was asked before. */
export const advanceMost = (award: AwardModel): number =>
  award.claims.some(({ kind, status }) => kind === 'claim' && status !== 'draft')
    ? 0
    : Math.max(
        0,
        Math.min(award.upFront, award.awarded) -
          sumOf(
            award.claims.filter(({ kind, status }) => kind === 'advance' && status !== 'returned'),
            ({ claimed }) => claimed,
          ),
      );

export const advance = (award: AwardModel, amount: number): Outcome => {
  if (award.status !== 'accepted') return 'status-refused';
  const before = award.claims.filter(({ kind }) => kind === 'advance');
  if (before.some(({ status }) => status === 'submitted' || status === 'payment-rejected')) return 'advance-asked';
  return amount > advanceMost(award) ? 'advance-over-limit' : done;
};

export const submit = (award: AwardModel, claim: ClaimModel, amount: number, last: boolean): Outcome => {
  if (!['draft', 'returned', 'payment-rejected'].includes(claim.status)) return 'status-refused';
  if (claim.kind === 'advance' && claim.status === 'returned') return 'status-refused';
  if (claim.kind === 'claim' && amount === 0 && !last) return 'claim-empty';
  const claimed = claim.kind === 'advance' ? claim.claimed : amount;
  const { free, unsettled } = moneyFor(award, claim);
  if (claimed > free + unsettled) return 'claim-over-award';
  const others = award.claims.filter((one) => one !== claim && one.kind === claim.kind);
  if (others.some(({ status }) => status === 'submitted')) return 'claim-open';
  if (last && others.some((one) => one.last && one.status !== 'draft')) return 'last-claim-sent';
  claim.claimed = claimed;
  claim.last = claim.kind === 'claim' && last;
  claim.settles = claim.kind === 'claim' ? Math.min(claimed, unsettled) : 0;
  claim.status = 'submitted';
  return done;
};

export const approve = (award: AwardModel, claim: ClaimModel): Outcome => {
  if (claim.status === 'draft') return 'not-found';
  if (claim.status !== 'submitted') return 'status-refused';
  const { free, unsettled } = moneyFor(award, claim);
  if (claim.claimed > free + unsettled) return 'claim-over-award';
  claim.settles = claim.kind === 'claim' ? Math.min(claim.claimed, unsettled) : 0;
  claim.status = 'approved';
  if (claim.claimed === claim.settles) {
    claim.status = 'paid';
    if (claim.last || award.status === 'closed') close(award);
  }
  return done;
};

export const giveBack = (claim: ClaimModel): Outcome => {
  if (claim.status === 'draft') return 'not-found';
  if (claim.status !== 'submitted' && claim.status !== 'approved') return 'status-refused';
  claim.status = 'returned';
  return done;
};

export const pay = (paying: { award: AwardModel; claim: ClaimModel }[]): void => {
  for (const { award, claim } of paying) {
    const pence = claim.claimed - claim.settles;
    award.committed -= pence;
    award.spent += pence;
    award.pot.committed -= pence;
    award.pot.spent += pence;
    if (claim.kind === 'advance') award.advanced += pence;
    claim.status = 'paid';
    claim.paidFrom = award.pot;
    claim.repaid = 0;
  }
  for (const { award, claim } of paying) if (claim.last || award.status === 'closed') close(award);
};

export const reject = (award: AwardModel, claim: ClaimModel): Outcome => {
  if (claim.status === 'draft') return 'not-found';
  if (claim.status !== 'approved' && claim.status !== 'paid') return 'status-refused';
  const pence = claim.claimed - claim.settles;
  if (pence === 0) return 'status-refused';
  if (claim.status === 'paid') {
    if (claim.paidFrom !== award.pot) return 'pot-closed';
    if (claim.repaid > 0) return 'award-overdrawn';
    award.committed += pence;
    award.spent -= pence;
    award.pot.committed += pence;
    award.pot.spent -= pence;
    if (claim.kind === 'advance') award.advanced -= pence;
    claim.paidFrom = null;
  }
  claim.status = 'payment-rejected';
  return done;
};

/** What claims have not used up of the advances; the newest advance first. */
export const repay = (award: AwardModel, amount: number): Outcome => {
  const { unsettled } = moneyFor(award, null);
  if (amount > unsettled) return 'repayment-over-owed';
  const paid = award.claims.filter(
    ({ kind, status, claimed, repaid }) => kind === 'advance' && status === 'paid' && claimed > repaid,
  );
  if (paid.some(({ paidFrom }) => paidFrom !== award.pot)) return 'pot-closed';
  let rest = amount;
  for (const claim of paid.toReversed()) {
    const part = Math.min(rest, claim.claimed - claim.repaid);
    claim.repaid += part;
    rest -= part;
  }
  award.spent -= amount;
  award.advanced -= amount;
  award.released += amount;
  award.pot.spent -= amount;
  award.pot.available += amount;
  return done;
};
