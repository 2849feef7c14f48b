import { EqualSharesRefused, type EqualSharesRefusal } from './equal-shares-refused.ts';
import {
  EQUAL_SHARES_COMPLETIONS,
  EQUAL_SHARES_TIES,
  EQUAL_SHARES_UTILITIES,
  type EqualSharesInput,
} from './equal-shares-types.ts';
import {
  type FundApplication,
  MAX_AMOUNT_PENCE,
  MAX_APPLICATIONS,
  MAX_BUDGET_PENCE,
  MAX_FUND_SCORE,
} from './fund-types.ts';

/** What is wrong with a number that must be whole and from `least` to `highest`; undefined if nothing is. */
export function numberFault(value: number, least: number, highest: number): 'not-whole' | 'low' | 'high' | undefined {
  if (!Number.isInteger(value)) return 'not-whole';
  return value < least ? 'low' : value > highest ? 'high' : undefined;
}

export function refuseParameters({ budget, utility, completion, increment, tie }: EqualSharesInput): void {
  const refuse = (
    name: EqualSharesRefusal,
    field: 'budget' | 'completion' | 'increment' | 'tie' | 'utility',
    what: string,
  ) => {
    throw new EqualSharesRefused(name, { list: 'parameters', index: 0, field }, what);
  };
  if (numberFault(budget, 0, MAX_BUDGET_PENCE)) {
    refuse('budget-wrong', 'budget', `the budget must be a whole number from 0 to ${MAX_BUDGET_PENCE}, not ${budget}`);
  }
  if (numberFault(increment, 1, MAX_BUDGET_PENCE)) {
    refuse('increment-wrong', 'increment', `the increment must be a whole number from 1, not ${increment}`);
  }
  if (!EQUAL_SHARES_COMPLETIONS.includes(completion)) {
    refuse(
      'completion-not-known',
      'completion',
      `the completion must be one of ${EQUAL_SHARES_COMPLETIONS.join(', ')}`,
    );
  }
  if (!EQUAL_SHARES_UTILITIES.includes(utility)) {
    refuse('utility-not-known', 'utility', `the utility must be one of ${EQUAL_SHARES_UTILITIES.join(', ')}`);
  }
  if (new Set(tie).size < tie.length || tie.some((by) => !EQUAL_SHARES_TIES.includes(by))) {
    refuse('tie-not-known', 'tie', `ties are decided by ${EQUAL_SHARES_TIES.join(', ')}, each at most once`);
  }
}

export function refuseApplications(applications: readonly FundApplication[]): void {
  if (applications.length > MAX_APPLICATIONS) {
    throw new EqualSharesRefused(
      'too-many-applications',
      { list: 'applications', index: MAX_APPLICATIONS, field: 'id' },
      `more than ${MAX_APPLICATIONS} applications`,
    );
  }
  const listedAt = new Map<string, number>();
  applications.forEach(({ id, amount, score }, index) => {
    const refuse = (name: EqualSharesRefusal, field: 'id' | 'amount' | 'score', what: string, firstIndex?: number) => {
      const at = { list: 'applications', index, field } as const;
      throw new EqualSharesRefused(name, firstIndex === undefined ? at : { ...at, firstIndex }, what);
    };
    if (typeof id !== 'string' || id === '') refuse('id-empty', 'id', 'an application has no id');
    const first = listedAt.get(id);
    if (first !== undefined) {
      refuse('application-duplicate', 'id', `${JSON.stringify(id)} is listed twice among the applications`, first);
    }
    listedAt.set(id, index);
    const amountFault = numberFault(amount, 1, MAX_AMOUNT_PENCE);
    if (amountFault) {
      const name = ({ 'not-whole': 'amount-not-whole', low: 'amount-not-positive', high: 'amount-too-high' } as const)[
        amountFault
      ];
      refuse(name, 'amount', `the amount must be a whole number from 1 to ${MAX_AMOUNT_PENCE}, not ${amount}`);
    }
    const scoreFault = numberFault(score, 0, MAX_FUND_SCORE);
    if (scoreFault) {
      const name = ({ 'not-whole': 'score-not-whole', low: 'score-negative', high: 'score-too-high' } as const)[
        scoreFault
      ];
      refuse(name, 'score', `the score must be a whole number from 0 to ${MAX_FUND_SCORE}, not ${score}`);
    }
  });
}
