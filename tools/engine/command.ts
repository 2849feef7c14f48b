import { parseArgs } from 'node:util';
import { InputFault } from './input-fault.ts';

/** A command of the engine's command line: its usage in one line, and what it prints for its arguments. */
export interface Command {
  readonly usage: string;
  /** `clock` in milliseconds; `fileAt` resolves a path as typed. Throws InputFault. */
  run(args: readonly string[], clock: () => number, fileAt: (typed: string) => string): Promise<object>;
}

/**
 * The values of `--name value` options by name. `required` ones must be there; the others may have a default. Every
 * command takes `--repeat` besides. Throws InputFault (`option-wrong`, `option-missing`).
 */
export function optionsOf<Required extends string, Optional extends string>(
  args: readonly string[],
  usage: string,
  names: { readonly required: readonly Required[]; readonly optional: Readonly<Record<Optional, string | undefined>> },
): Record<Required, string> & Record<Optional, string | undefined> & { repeat: number } {
  const values = parsed(args, usage, [...names.required, ...Object.keys(names.optional), 'repeat']);
  for (const name of names.required) {
    if (values[name] === undefined) throw new InputFault('option-missing', `--${name} is missing; usage: ${usage}`);
  }
  const repeat = values['repeat'] ?? '1';
  if (!/^[1-9]\d{0,4}$/.test(repeat)) {
    throw new InputFault('option-wrong', `--repeat must be a whole number from 1 to 99999, not ${repeat}`);
  }
  return { ...names.optional, ...values, repeat: Number(repeat) } as never;
}

/** One of a few words. Throws InputFault under the given name. */
export function oneOf<Word extends string>(
  option: string,
  words: readonly Word[],
  typed: string,
  refusal: string,
): Word {
  const word = words.find((known) => known === typed);
  if (word === undefined) throw new InputFault(refusal, `--${option} must be one of ${words.join(', ')}, not ${typed}`);
  return word;
}

/** A whole number from 0 to `highest`. Throws InputFault (`option-wrong`). */
export function wholeOption(option: string, typed: string, highest: number): number {
  const value = /^\d{1,16}$/.test(typed) ? Number(typed) : NaN;
  if (!(value <= highest)) {
    throw new InputFault('option-wrong', `--${option} must be a whole number from 0 to ${highest}, not ${typed}`);
  }
  return value;
}

/** Solves as often as asked, and gives the last result with `elapsedMs` (the median) and, if repeated, `firstMs`. */
export async function timed<Result>(
  repeat: number,
  clock: () => number,
  solve: () => Result | Promise<Result>,
): Promise<{ result: Result; times: { elapsedMs: number; firstMs?: number; runs?: number } }> {
  const runsMs: number[] = [];
  const run = async () => {
    const from = clock();
    const solved = solve();
    const result = solved instanceof Promise ? await solved : solved;
    runsMs.push(clock() - from);
    return result;
  };
  let result = await run();
  while (runsMs.length < repeat) result = await run();
  const elapsedMs = rounded(median(runsMs));
  return {
    result,
    times: repeat > 1 ? { elapsedMs, firstMs: rounded(runsMs[0] ?? 0), runs: repeat } : { elapsedMs },
  };
}

function parsed(args: readonly string[], usage: string, names: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const wrong = (what: string) => new InputFault('option-wrong', `${what.replaceAll('\n', ' ')}; usage: ${usage}`);
  let result;
  try {
    result = parseArgs({ args: withNumbersBelowZero(args), options, tokens: true });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  const seen = new Set<string>();
  for (const token of result.tokens) {
    if (token.kind !== 'option') continue;
    if (seen.has(token.name)) throw wrong(`--${token.name} is given twice`);
    seen.add(token.name);
  }
  return result.values;
}

/** `--budget -5` as `--budget=-5`, so that what is wrong is said of the number. */
function withNumbersBelowZero(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? '';
    if (/^-\d/.test(arg) && /^--[^=]+$/.test(before)) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
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
