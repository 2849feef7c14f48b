import { parseArgs } from 'node:util';
import { InputFault } from './input-fault.ts';
import {
  ASSIGN_ORDERS,
  type AssignOrder,
  AssignRefused,
  type AssignResult,
  type AssignTable,
  compressInstance,
  resultOf,
  solve,
} from './matching-engine.ts';
import { readRound } from './read-round.ts';

export const ASSIGN_USAGE =
  'assign --pairs pairs.csv --places places.csv --order ' +
  `${ASSIGN_ORDERS.join('|')} [--mentee-places mentee-places.csv] [--seed text] [--repeat times]`;

interface AssignOptions {
  readonly pairs: string;
  readonly places: string;
  readonly menteePlaces?: string | undefined;
  readonly order: AssignOrder;
  readonly seed: string;
  readonly repeat: number;
}

/** Reads the files, solves, and gives what is printed. `clock` in milliseconds; `fileAt` resolves a path as typed. */
export async function assignCommand(
  args: readonly string[],
  clock: () => number,
  fileAt: (typed: string) => string,
): Promise<object> {
  const options = optionsFrom(args);
  const round = await readRound({
    pairs: fileAt(options.pairs),
    places: fileAt(options.places),
    menteePlaces: options.menteePlaces === undefined ? undefined : fileAt(options.menteePlaces),
  });
  try {
    const { result, runsMs } = timedAssign(round.table, options, clock);
    return printable(result, runsMs);
  } catch (error) {
    throw error instanceof AssignRefused ? round.locate(error) : error;
  }
}

/** Solves as often as asked. Only the solving is timed: not reading, checking and sorting, nor reasons and hash. */
function timedAssign(table: AssignTable, { order, seed, repeat }: AssignOptions, clock: () => number) {
  const instance = compressInstance(table);
  const runsMs: number[] = [];
  const run = () => {
    const from = clock();
    const solution = solve(instance, order, seed);
    runsMs.push(clock() - from);
    return solution;
  };
  const solution = run();
  while (runsMs.length < repeat) run();
  return { result: resultOf(instance, solution, seed), runsMs };
}

function printable({ pairs, engineVersion, ...result }: AssignResult, runsMs: readonly number[]): object {
  return {
    pairs: pairs.map(({ mentee, mentor, score }) => [mentee, mentor, score]),
    ...result,
    byLot: pairs.filter((pair) => pair.byLot).length,
    engine: engineVersion,
    elapsedMs: rounded(median(runsMs)),
    ...(runsMs.length > 1 ? { firstMs: rounded(runsMs[0] ?? 0), runs: runsMs.length } : {}),
  };
}

function optionsFrom(args: readonly string[]): AssignOptions {
  const values = parsed(args);
  const required = (name: 'pairs' | 'places' | 'order'): string => {
    const value = values[name];
    if (value === undefined) throw new InputFault('option-missing', `--${name} is missing; usage: ${ASSIGN_USAGE}`);
    return value;
  };
  const order = ASSIGN_ORDERS.find((known) => known === required('order'));
  if (!order) {
    throw new InputFault('order-not-known', `--order must be one of ${ASSIGN_ORDERS.join(', ')}, not ${values.order}`);
  }
  if (!/^[1-9]\d{0,4}$/.test(values.repeat)) {
    throw new InputFault('option-wrong', `--repeat must be a whole number from 1 to 99999, not ${values.repeat}`);
  }
  return {
    pairs: required('pairs'),
    places: required('places'),
    menteePlaces: values['mentee-places'],
    order,
    seed: values.seed,
    repeat: Number(values.repeat),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        pairs: { type: 'string' },
        places: { type: 'string' },
        'mentee-places': { type: 'string' },
        order: { type: 'string' },
        seed: { type: 'string', default: '0' },
        repeat: { type: 'string', default: '1' },
      },
    }).values;
  } catch (error) {
    throw new InputFault(
      'option-wrong',
      `${error instanceof Error ? error.message : String(error)}; usage: ${ASSIGN_USAGE}`,
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
