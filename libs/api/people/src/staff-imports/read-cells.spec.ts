import { describe, expect, it } from '@jest/globals';
import {
  dateOrderOf,
  dayOf,
  emailOf,
  futureYears,
  isUnreadable,
  namesIn,
  pastYears,
  staffNumberOf,
  valuesOf,
  yesOrNo,
} from './read-cells';

const said = (value: unknown) => (isUnreadable(value) ? value.code : value);
const today = '2026-11-22';

describe('a date', () => {
  it.each([
    ['2027-04-03', '2027-04-03'],
    ['2027-04-03T00:00:00Z', '2027-04-03'],
    ['2027-04-03 00:00:00', '2027-04-03'],
    ['20270403', '2027-04-03'],
    ['2027/4/3', '2027-04-03'],
    ['03/04/2027', '2027-04-03'],
    ['3.4.2027', '2027-04-03'],
    ['03-04-27', '2027-04-03'],
    ['3 April 2027', '2027-04-03'],
    ['3rd April, 2027', '2027-04-03'],
    ['03-Apr-27', '2027-04-03'],
    ['Saturday 3 April 2027', '2027-04-03'],
    ['April 3, 2027', '2027-04-03'],
    ['30 Sept 2027', '2027-09-30'],
    ['29/02/2028', '2028-02-29'],
    ['29/02/2027', 'date-not-real'],
    ['12/25/2027', 'date-not-real'],
    ['31 June 2027', 'date-not-real'],
    ['2027-13-01', 'date-not-real'],
    ['01/01/0027', 'date-not-real'],
    ['soon', 'date-malformed'],
    ['3 Foo 2027', 'date-malformed'],
    ['45321', 'date-malformed'],
    ['=TODAY()', 'formula'],
    ['-', null],
    ['n/a', null],
    ['', null],
  ])('%s is %s', (cell, expected) => {
    expect(said(dayOf(cell, 'day-first', futureYears(today)))).toBe(expected);
  });

  it('is read month first where that is set, and the order shows in a file', () => {
    expect(dayOf('12/25/2027', 'month-first', futureYears(today))).toBe('2027-12-25');
    expect(dateOrderOf(['01/02/2026', '12/25/2026'])).toBe('month-first');
    expect(dateOrderOf(['01/02/2026', '25/12/2026'])).toBe('day-first');
    expect(dateOrderOf(['01/02/2026'])).toBe('day-first');
  });

  it('of two digits is of the only century that can be meant, else refused', () => {
    expect(dayOf('01/02/85', 'day-first', pastYears(today))).toBe('1985-02-01');
    expect(dayOf('01/02/24', 'day-first', pastYears(today))).toBe('2024-02-01');
    expect(said(dayOf('01/02/40', 'day-first', pastYears(today)))).toBe('date-ambiguous');
    expect(dayOf('01/02/40', 'day-first', futureYears(today))).toBe('2040-02-01');
    expect(said(dayOf('01/02/86', 'day-first', futureYears(today)))).toBe('date-ambiguous');
  });
});

it.each([
  ['0012345', '0012345'],
  ['="0012345"', '0012345'],
  ["'0012345", '0012345'],
  ['12345.0', '12345'],
  ['AB-12', 'AB-12'],
  ['1.2E+10', 'staff-number-rounded'],
  ['1e10', 'staff-number-rounded'],
  ['=A1', 'formula'],
  ['#REF!', 'formula'],
  ['x'.repeat(41), 'text-too-long'],
  ['N/A', null],
])('the staff number %s is %s', (cell, expected) => {
  expect(said(staffNumberOf(cell))).toBe(expected);
});

it.each([
  [' Ann@College.Example ', 'ann@college.example'],
  ['mailto:ann@college.example', 'ann@college.example'],
  ['ann@', 'email-malformed'],
  ['@ann', 'formula'],
  ['none', null],
])('the address %s is %s', (cell, expected) => {
  expect(said(emailOf(cell))).toBe(expected);
});

it.each([
  ['Y', true],
  ['TRUE', true],
  ['1', true],
  ['x', true],
  ['No', false],
  ['0', false],
  ['', null],
  ['perhaps', 'yes-or-no-expected'],
])('%s is %s', (cell, expected) => {
  expect(said(yesOrNo(cell))).toBe(expected);
});

it.each([
  ['Flask, Ann', 'Ann', 'Flask'],
  ['Ann Mary Flask', 'Ann Mary', 'Flask'],
  ['Cher', '', 'Cher'],
])('the name %s is %s and %s', (name, givenName, familyName) => {
  expect(namesIn(name)).toEqual({ givenName, familyName });
});

it('a cell holds several values, each once', () => {
  expect(valuesOf('NMR; nmr, Glass  blowing\nWelding;;-')).toEqual(['NMR', 'Glass blowing', 'Welding']);
});
