import type { SetUp } from '@waymark/contracts';

export type Nation = SetUp['nation'];

/**
 * Bank holidays by the rules of the Banking and Financial Dealings Act 1971, with substitute days, and Scotland's 15 June
 * 2026 by royal proclamation. Worked out by those rules in November 2026, not copied from the published list: compare it
 * with the one on GOV.UK and continue it every autumn. Beyond these years Saturdays and Sundays alone are taken off.
 */
const everywhere = [
  ['2026-01-01', '2026-04-03', '2026-05-04', '2026-05-25', '2026-12-25', '2026-12-28'],
  ['2027-01-01', '2027-03-26', '2027-05-03', '2027-05-31', '2027-12-27', '2027-12-28'],
  ['2028-01-03', '2028-04-14', '2028-05-01', '2028-05-29', '2028-12-25', '2028-12-26'],
].flat();

/** Easter Monday and the last Monday in August. */
const notInScotland = ['2026-04-06', '2026-08-31', '2027-03-29', '2027-08-30', '2028-04-17', '2028-08-28'];

export const bankHolidays: Readonly<Record<Nation, ReadonlySet<string>>> = {
  'england-and-wales': new Set([...everywhere, ...notInScotland]),
  scotland: new Set([
    ...everywhere,
    ...['2026-01-02', '2026-06-15', '2026-08-03', '2026-11-30'],
    ...['2027-01-04', '2027-08-02', '2027-11-30'],
    ...['2028-01-04', '2028-08-07', '2028-11-30'],
  ]),
  'northern-ireland': new Set([
    ...everywhere,
    ...notInScotland,
    ...['2026-03-17', '2026-07-13', '2027-03-17', '2027-07-12', '2028-03-17', '2028-07-12'],
  ]),
};
