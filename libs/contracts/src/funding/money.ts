import { z } from 'zod';

/** The most pence that one amount may be: a thousand million pounds. Sums stay exact far below 2^53. */
export const penceMost = 100_000_000_000;

/** An amount of money above nothing, in whole pence. */
export const amountPence = z.int().min(1).max(penceMost);

/** A sum of money, in whole pence; it may be nothing. */
export const sumPence = z.int().min(0);

/** What was typed is no amount, and why. */
export type AmountFault = 'empty' | 'not-an-amount' | 'negative' | 'fractions-of-a-penny' | 'too-large' | 'nothing';

/**
 * Reads an amount of pounds as people type it, `£1,200.00`, `1200`, `1 200.5`, into pence, digit by digit, so that nothing
 * is rounded. Commas and spaces may part thousands alone; `1,5` and `1e9` are no amounts.
 */
export const readPounds = (typed: string): { pence: number } | { fault: AmountFault } => {
  const text = typed.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  if (text === '') return { fault: 'empty' };
  const parts = /^(-|\u2212)?\u00a3? ?(-|\u2212)?(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d*))?$/.exec(text);
  if (!parts) return { fault: 'not-an-amount' };
  if (parts[1] !== undefined || parts[2] !== undefined) return { fault: 'negative' };
  const pounds = (parts[3] ?? '').replace(/[, ]/g, '').replace(/^0+(?=\d)/, '');
  const fraction = parts[4] ?? '';
  if (/[^0]/.test(fraction.slice(2))) return { fault: 'fractions-of-a-penny' };
  if (pounds.length > 10) return { fault: 'too-large' };
  const pence = Number(pounds) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  if (pence > penceMost) return { fault: 'too-large' };
  return pence === 0 ? { fault: 'nothing' } : { pence };
};

/** Pence as people read them: `£1,200.00`; whole pounds without pence where asked. */
export const poundsOf = (pence: number, style: 'to-the-penny' | 'short' = 'to-the-penny'): string => {
  const sign = pence < 0 ? '\u2212' : '';
  const all = Math.abs(pence);
  const pounds = String(Math.floor(all / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = all % 100;
  return `${sign}£${pounds}${style === 'short' && rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
};
