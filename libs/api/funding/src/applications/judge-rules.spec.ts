import { describe, expect, it } from '@jest/globals';
import type { CallRule, CallTerms, RuleResult } from '@waymark/contracts';
import { hindering, type JudgedContent, judgeRules, type RuleFacts } from './judge-rules';

const everybody: CallTerms['audience'] = { techniciansOnly: false, unitIds: [], gradeIds: [] };
const facts: RuleFacts = {
  today: '2026-04-10',
  closesOn: '2026-04-17',
  technician: true,
  gradeId: 'grade-5',
  unitIds: ['glass', 'chemistry', 'science'],
  contractUntil: null,
  leavesOn: null,
  others: 0,
  owed: [],
  funded: [],
};
const content: JudgedContent = { startsOn: '2026-07-06', endsOn: '2026-07-08', askedPence: 87_000 };

const judge = (
  rules: CallRule[],
  {
    about = {},
    of = {},
    audience = everybody,
  }: {
    about?: Partial<RuleFacts>;
    of?: Partial<JudgedContent>;
    audience?: CallTerms['audience'];
  } = {},
): RuleResult[] => judgeRules({ audience, rules, capPence: 150_000 }, { ...content, ...of }, { ...facts, ...about });

/** The rule's verdict alone. */
const verdict = (rule: RuleResult['rule'], results: RuleResult[]): RuleResult['verdict'] | undefined =>
  results.find((each) => each.rule === rule)?.verdict;

describe('the rules of eligibility', () => {
  it('the cap is judged in every call, the rest where the call has them, in the order in which they are told', () => {
    expect(judge([]).map(({ rule }) => rule)).toEqual(['within-cap']);
    const all = judge(
      [
        { rule: 'not-funded-lately', calls: 2 },
        { rule: 'no-overdue-report' },
        { rule: 'contract-outlasts-event' },
        { rule: 'not-retrospective', days: 14 },
        { rule: 'one-application' },
      ],
      { audience: { ...everybody, techniciansOnly: true } },
    );
    expect(all.map(({ rule }) => rule)).toEqual([
      'in-audience',
      'one-application',
      'not-retrospective',
      'within-cap',
      'contract-outlasts-event',
      'no-overdue-report',
      'not-funded-lately',
    ]);
    expect(all.map((each) => each.verdict)).toEqual(Array(7).fill('passes'));
    expect(hindering(all)).toEqual([]);
  });

  it.each<[string, Partial<CallTerms['audience']>, Partial<RuleFacts>, RuleResult['verdict'] | undefined]>([
    ['everybody', {}, { technician: false, unitIds: [], gradeId: null }, undefined],
    ['a technician, for technicians', { techniciansOnly: true }, {}, 'passes'],
    ['another, for technicians', { techniciansOnly: true }, { technician: false }, 'fails'],
    ['somebody of a unit below', { unitIds: ['chemistry'] }, {}, 'passes'],
    ['somebody of a unit above', { unitIds: ['glass'] }, { unitIds: ['chemistry', 'science'] }, 'fails'],
    ['somebody of no unit', { unitIds: ['glass'] }, { unitIds: [] }, 'fails'],
    ['one of two grades', { gradeIds: ['grade-4', 'grade-5'] }, {}, 'passes'],
    ['another grade', { gradeIds: ['grade-4'] }, {}, 'fails'],
    ['no grade', { gradeIds: ['grade-5'] }, { gradeId: null }, 'fails'],
    ['right unit, wrong grade', { unitIds: ['glass'], gradeIds: ['grade-4'] }, {}, 'fails'],
  ])('audience: %s', (_, audience, about, expected) => {
    expect(verdict('in-audience', judge([], { audience: { ...everybody, ...audience }, about }))).toBe(expected);
  });

  it.each<[number, RuleResult['verdict']]>([
    [0, 'passes'],
    [1, 'fails'],
    [3, 'fails'],
  ])('one application: %i others', (others, expected) => {
    expect(verdict('one-application', judge([{ rule: 'one-application' }], { about: { others } }))).toBe(expected);
  });

  it.each<[string, string | null, number, RuleResult['verdict'], number | undefined]>([
    ['long after the close', '2026-07-06', 14, 'passes', 80],
    ['on the very day', '2026-05-01', 14, 'passes', 14],
    ['a day too soon', '2026-04-30', 14, 'fails', 13],
    ['on the day of the close, where no days are asked for', '2026-04-17', 0, 'passes', 0],
    ['before the close', '2026-04-16', 0, 'fails', -1],
    ['over a change of the clocks', '2026-10-26', 192, 'passes', 192],
    ['not said yet', null, 14, 'unknown', undefined],
  ])('not retrospective: %s', (_, startsOn, days, expected, daysAfter) => {
    const [result] = judge([{ rule: 'not-retrospective', days }], { of: { startsOn } });
    expect(result?.verdict).toBe(expected);
    expect(result?.facts['daysAfter']).toBe(daysAfter);
  });

  it.each<[number | null, RuleResult['verdict']]>([
    [149_999, 'passes'],
    [150_000, 'passes'],
    [150_001, 'fails'],
    [null, 'unknown'],
  ])('the cap of £1,500: %s pence', (askedPence, expected) => {
    const [result] = judge([], { of: { askedPence } });
    expect(result?.verdict).toBe(expected);
    expect(result?.facts['capPence']).toBe(150_000);
  });

  it.each<[string, Partial<RuleFacts>, Partial<JudgedContent>, RuleResult['verdict'], string | null]>([
    ['without an end', {}, {}, 'passes', null],
    ['without an end, no dates yet', {}, { endsOn: null }, 'passes', null],
    ['to the last day of the event', { contractUntil: '2026-07-08' }, {}, 'passes', '2026-07-08'],
    ['to the day before', { contractUntil: '2026-07-07' }, {}, 'fails', '2026-07-07'],
    ['who leaves earlier', { contractUntil: '2027-01-01', leavesOn: '2026-06-30' }, {}, 'fails', '2026-06-30'],
    ['with an end, no dates yet', { contractUntil: '2026-07-07' }, { endsOn: null }, 'unknown', '2026-07-07'],
  ])('a contract %s', (_, about, of, expected, until) => {
    const result = judge([{ rule: 'contract-outlasts-event' }], { about, of })[1];
    expect(result?.verdict).toBe(expected);
    expect(result?.facts['contractUntil']).toBe(until);
  });

  it('a report that is due today warns, and from midnight on it stops', () => {
    const kiln = { subject: 'Saltmarsh kiln day', dueOn: '2026-04-10', lastDay: '2026-04-10' };
    const rules: CallRule[] = [{ rule: 'no-overdue-report' }];
    const today = judge(rules, { about: { owed: [kiln] } })[1];
    expect(today).toEqual({
      rule: 'no-overdue-report',
      verdict: 'warns',
      facts: { ...kiln, count: 1 },
    });
    expect(hindering([today].filter((each) => each !== undefined))).toEqual([]);
    const tomorrow = judge(rules, { about: { owed: [kiln], today: '2026-04-11' } });
    expect(verdict('no-overdue-report', tomorrow)).toBe('fails');
    expect(hindering(tomorrow)).toEqual(['no-overdue-report']);
    const two = judge(rules, {
      about: { owed: [{ ...kiln, lastDay: '2026-03-02' }, { ...kiln, lastDay: '2026-04-01' }, kiln] },
    })[1];
    expect([two?.verdict, two?.facts['count'], two?.facts['lastDay']]).toEqual(['fails', 2, '2026-03-02']);
    expect(verdict('no-overdue-report', judge(rules))).toBe('passes');
  });

  it.each<[string, number, RuleFacts['funded'], RuleResult['verdict'], string | undefined]>([
    ['never', 2, [], 'passes', undefined],
    ['in the last call', 2, [{ callsAgo: 1, callName: '2025' }], 'fails', '2025'],
    ['in the one before', 2, [{ callsAgo: 2, callName: '2024' }], 'fails', '2024'],
    ['three calls ago', 2, [{ callsAgo: 3, callName: '2023' }], 'passes', undefined],
    [
      'in both',
      2,
      [
        { callsAgo: 2, callName: '2024' },
        { callsAgo: 1, callName: '2025' },
      ],
      'fails',
      '2025',
    ],
  ])('funded lately: %s', (_, calls, funded, expected, callName) => {
    const result = judge([{ rule: 'not-funded-lately', calls }], { about: { funded } })[1];
    expect(result?.verdict).toBe(expected);
    expect(result?.facts['callName']).toBe(callName);
  });

  it('what cannot be told keeps an application from being sent, as what fails does', () => {
    expect(hindering(judge([], { of: { askedPence: null } }))).toEqual(['within-cap']);
  });
});
