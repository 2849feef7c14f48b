import { type Command, oneOf, optionsOf, timed, wholeOption } from './command.ts';
import { equalSharesAnswer } from './equal-shares-input.ts';
import { InputFault } from './input-fault.ts';
import {
  compressFund,
  type FundInput,
  FUND_METHODS,
  type FundMethod,
  FundRefused,
  MAX_BUDGET_PENCE,
  rankAtBudgets,
  rankResult,
  type RankResult,
  solveTotal,
  totalAtBudgets,
  totalResult,
  type TotalResult,
  walkRank,
} from './matching-engine.ts';
import { locateFund, readApplications, readGroupLimits } from './read-applications.ts';

const usage =
  `fund --method ${FUND_METHODS.join('|')} --budget pence --applications a.csv [--seed text] [--repeat times] ` +
  '[--extra pence,pence]; rank: [--pass-over yes|no]; total: [--group-limits g.csv]; ' +
  'equal-shares: [--ballots b.csv | --pb election.pb] [--completion none|add1|add1u|utilitarian] [--increment pence] ' +
  '[--tie votes,cost]';

/** Options that only some methods have. */
const OPTIONS_OF: Readonly<Record<string, readonly FundMethod[]>> = {
  'pass-over': ['rank'],
  extra: ['rank', 'total', 'equal-shares'],
  'group-limits': ['total'],
  ballots: ['equal-shares'],
  pb: ['equal-shares'],
  completion: ['equal-shares'],
  increment: ['equal-shares'],
  tie: ['equal-shares'],
};

type Options = Readonly<Record<string, string | undefined>> & { readonly repeat: number };

/**
 * Only the choice is timed: not reading, checking and sorting, nor the reasons. The first solve with group limits loads
 * HiGHS, too. `--extra` gives `atBudgets`: the outcome with so many pence more, recomputed.
 */
export const fundCommand: Command = {
  usage,
  async run(args, clock, fileAt) {
    const known = Object.fromEntries(
      ['budget', 'applications', 'seed', ...Object.keys(OPTIONS_OF)].map((name) => [name, undefined]),
    );
    const options: Options = optionsOf(args, usage, { required: ['method'], optional: known }) as never;
    const method = oneOf('method', FUND_METHODS, options['method'] ?? '', 'method-not-known');
    for (const [name, methods] of Object.entries(OPTIONS_OF)) {
      if (options[name] === undefined || methods.includes(method)) continue;
      throw new InputFault('option-wrong', `--${name} goes with --method ${methods.join(' or ')}, not ${method}`);
    }
    if (method === 'equal-shares') {
      return equalSharesAnswer({ ...options, extras: extrasOf(options['extra']) }, clock, fileAt);
    }
    return method === 'rank' ? byRank(options, clock, fileAt) : byTotal(options, clock, fileAt);
  },
};

async function byRank(options: Options, clock: () => number, fileAt: (typed: string) => string): Promise<object> {
  const passOver = oneOf('pass-over', ['yes', 'no'], options['pass-over'] ?? 'yes', 'option-wrong') === 'yes';
  const extras = extrasOf(options['extra']);
  const { input, locate } = await read(options, fileAt);
  try {
    const instance = compressFund(input);
    const { result, times } = await timed(options.repeat, clock, () => walkRank(instance, { passOver }));
    const atBudgets = extras.length > 0 ? { atBudgets: rankAtBudgets(input, extras, { passOver }) } : {};
    return { ...printable(rankResult(instance, result, { passOver })), ...atBudgets, ...times };
  } catch (error) {
    throw error instanceof FundRefused ? locate(error) : error;
  }
}

async function byTotal(options: Options, clock: () => number, fileAt: (typed: string) => string): Promise<object> {
  const extras = extrasOf(options['extra']);
  const { input, locate } = await read(options, fileAt);
  try {
    const instance = compressFund(input, input.limits);
    const { result, times } = await timed(options.repeat, clock, () => solveTotal(instance));
    const atBudgets = extras.length > 0 ? { atBudgets: await totalAtBudgets(input, extras) } : {};
    return { ...printable(totalResult(instance, result)), ...atBudgets, ...times };
  } catch (error) {
    throw error instanceof FundRefused ? locate(error) : error;
  }
}

async function read(options: Options, fileAt: (typed: string) => string) {
  for (const name of ['budget', 'applications']) {
    if (options[name] === undefined) throw new InputFault('option-missing', `--${name} is missing; usage: ${usage}`);
  }
  const budget = wholeOption('budget', options['budget'] ?? '', MAX_BUDGET_PENCE);
  const file = fileAt(options['applications'] ?? '');
  const limitsFile = options['group-limits'] === undefined ? undefined : fileAt(options['group-limits']);
  const { applications, lineOf } = await readApplications(file);
  const limits = limitsFile === undefined ? undefined : await readGroupLimits(limitsFile);
  const input: FundInput & { limits?: NonNullable<typeof limits>['limits'] } = {
    applications,
    budget,
    seed: options['seed'] ?? '0',
    ...(limits ? { limits: limits.limits } : {}),
  };
  const limitLines = limits && limitsFile !== undefined ? { file: limitsFile, lineOf: limits.lineOf } : undefined;
  return { input, locate: (refused: FundRefused) => locateFund(refused, { file, lineOf }, limitLines) };
}

function extrasOf(typed: string | undefined): number[] {
  return (typed === undefined ? [] : typed.split(',')).map((text) => {
    if (/^-?\d{1,13}$/.test(text)) return Number(text);
    throw new InputFault('option-wrong', `--extra must be whole pence, set apart by commas, not ${text}`);
  });
}

function printable({ funded, engineVersion, ...result }: RankResult | TotalResult): object {
  return { funded: funded.map(({ id, amount }) => ({ id, amount })), ...result, engine: engineVersion };
}
