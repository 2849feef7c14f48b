import type { ApplicationDraft } from '@waymark/contracts';

type Foreign = NonNullable<ApplicationDraft['costs'][number]['foreign']>;

/** A decimal as whole units of its last place: `1.1628` is 11628 with 4 places. */
const exact = (typed: string): { units: bigint; places: number } | null => {
  const parts = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(typed.trim());
  if (!parts) return null;
  const fraction = parts[2] ?? '';
  return { units: BigInt((parts[1] ?? '') + fraction), places: fraction.length };
};

/**
 * What an amount in another currency comes to, in pence, half a penny up; `rate` is what one pound is worth of it. Null where
 * either cannot be read. It is only offered: what is asked for is the amount that the person types.
 */
export const penceByRate = ({ amount, rate }: Pick<Foreign, 'amount' | 'rate'>): number | null => {
  const [much, per] = [exact(amount), exact(rate)];
  if (!much || !per || per.units === 0n || much.places > 2) return null;
  const above = much.units * 100n * 10n ** BigInt(per.places);
  const below = per.units * 10n ** BigInt(much.places);
  const pence = (above * 2n + below) / (below * 2n);
  return pence >= 1n && pence <= 100_000_000_000n ? Number(pence) : null;
};

/** "€340.00"; by its letters where it has no well-known sign: "CHF 340.00". */
export const foreignMoney = (currency: string, amount: string): string => {
  const sign = { EUR: '€', USD: '$' }[currency];
  return sign ? `${sign}${amount}` : `${currency} ${amount}`;
};
