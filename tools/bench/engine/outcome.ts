import { ratiosOf } from './rounds.ts';
import type { Figure } from './section.ts';

export type Verdict = 'met' | 'not met' | 'no aim';

/** A figure is met at its aim and below; where an answer disagrees no speed counts. */
export function verdictOf(figure: Figure): Verdict {
  if (figure.aim === undefined) return 'no aim';
  return figure.value <= figure.aim && disagreementsOf(figure).length === 0 ? 'met' : 'not met';
}

/** Those whose answer to the same instance is another than ours. */
export function disagreementsOf(figure: Figure): string[] {
  return figure.agreesWith.filter(({ agrees }) => !agrees).map(({ who }) => who);
}

/** Lowest and highest of the figure over its rounds; undefined where it was taken once, or is made of other things. */
export function spreadOf({ unit, value, ours, peer }: Figure): { lowest: number; highest: number } | undefined {
  if (unit === 'exponent') return undefined;
  const isRatio = unit === 'ratio';
  if (isRatio && ours.values.length !== peer?.values.length) return undefined;
  const values = isRatio && peer ? ratiosOf(ours, peer) : ours.values;
  const spread = { lowest: Math.min(...values), highest: Math.max(...values) };
  return values.length < 2 || value < spread.lowest || value > spread.highest ? undefined : spread;
}

/** 0 where every section ran and every answer agreed, else 1: a benchmark of wrong answers is worth nothing. */
export function exitStatusOf(figures: readonly Figure[], failures: readonly string[]): 0 | 1 {
  return failures.length > 0 || figures.some((figure) => disagreementsOf(figure).length > 0) ? 1 : 0;
}

/** A small ratio as a fraction, `1/320`: nobody reads 0.0031. */
export function written(value: number, unit: Figure['unit']): string {
  if (unit === 'ms') return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${significant(value)} ms`;
  if (unit === 'MB') return `${value.toFixed(0)} MB`;
  if (unit === 'ratio' && value > 0 && value < 0.02) return `1/${grouped(Math.round(1 / value))}`;
  return value.toFixed(2);
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

function grouped(whole: number): string {
  return whole.toLocaleString('en-GB');
}
