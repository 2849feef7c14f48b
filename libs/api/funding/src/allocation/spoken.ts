import { DateTime } from 'luxon';

/** `2026-06-12` as letters say it: Friday 12 June 2026. */
export const spokenDay = (day: string): string =>
  DateTime.fromISO(day, { zone: 'UTC' }).setLocale('en-GB').toFormat('cccc d LLLL yyyy');

const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** `first` to `tenth`, then `11th`, `22nd`. */
export const ordinal = (number: number): string => {
  const word = words[number - 1];
  if (word) return word;
  const [tens, ones] = [number % 100, number % 10];
  const ending = tens > 10 && tens < 14 ? 'th' : ones === 1 ? 'st' : ones === 2 ? 'nd' : ones === 3 ? 'rd' : 'th';
  return `${number}${ending}`;
};

/** 746 tenths of a percent as a score: `74.6`; a sum of scores with its thousands parted, `1,550.2`. */
export const spokenScore = (tenths: number): string =>
  `${String(Math.floor(tenths / 10)).replace(/\B(?=(\d{3})+$)/g, ',')}.${tenths % 10}`;
