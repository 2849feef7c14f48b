import { describe, expect, it } from '@jest/globals';
import { type CallDraft, barOf, readDraft, weightSum } from './call-draft';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const draft: CallDraft = {
  name: 'Conference fund 2026',
  potId: id(1),
  budget: '£40,000.00',
  opens: '2026-05-01T09:00:00',
  closes: '2026-05-29T17:00:00',
  returnGraceDays: '7',
  endorseBy: '2026-06-12T17:00:00',
  decideBy: '2026-07-10',
  reserveUntil: '2026-09-30',
  claimBy: '2027-05-31',
  nextOpensOn: '',
  nextClosesOn: '',
  rollsUntil: '',
  cap: '1,500',
  techniciansOnly: true,
  unitIds: [],
  gradeIds: [],
  rules: ['one-application', 'not-retrospective'],
  notRetrospectiveDays: '14',
  notFundedCalls: '1',
  criteria: [
    { id: id(2), name: 'Benefit', guidance: '', weight: '60' },
    { id: id(3), name: 'Value', guidance: '', weight: '40' },
  ],
  questions: [],
  blind: false,
  reviewersEach: '3',
  partAwards: true,
  bar: '50.0',
  caseWordsMost: '300',
  objectivesLeast: '1',
  letters: {
    awarded: '',
    'part-awarded': '',
    reserve: '',
    unsuccessful: '',
    ineligible: '',
    unendorsed: '',
    'call-cancelled': '',
  },
};
const read = (change: Partial<CallDraft> = {}, kind: 'yearly' | 'rolling' = 'yearly') =>
  readDraft({ ...draft, ...change }, kind, 'Europe/London');

describe('a call as it is typed', () => {
  it('is read to the penny, to the second, and to the tenth', () => {
    expect(read().problems).toEqual([]);
    expect(read().body).toMatchObject({
      budgetPence: 4_000_000,
      closesAt: '2026-05-29T16:00:00.000Z',
      nextOpensOn: null,
      rollsUntil: null,
      terms: {
        capPence: 150_000,
        bar: 500,
        rules: [{ rule: 'one-application' }, { rule: 'not-retrospective', days: 14 }],
      },
    });
  });

  it.each([
    ['an amount below nothing', { budget: '-5' }, 'edit-budget'],
    ['an amount with a power', { cap: '1e9' }, 'edit-cap'],
    ['twenty digits', { budget: '12345678901234567890' }, 'edit-budget'],
    ['no name', { name: ' ' }, 'edit-name'],
    ['a close before the opening', { closes: '2026-05-01T09:00:00' }, 'edit-closes'],
    ['no time', { opens: '' }, 'edit-opens'],
    ['endorsing before the close', { endorseBy: '2026-05-29T16:59:59' }, 'edit-endorse'],
    ['deciding before endorsing', { decideBy: '2026-06-11' }, 'edit-decide'],
    ['a reserve list that ends before it begins', { reserveUntil: '2026-07-09' }, 'edit-reserve'],
    ['a next close alone', { nextClosesOn: '2027-05-01' }, 'edit-next-opens'],
    ['fewer readers than three', { reviewersEach: '2' }, 'edit-reviewers'],
    ['a bar above a hundred', { bar: '100.1' }, 'edit-bar'],
    ['days that are no number', { notRetrospectiveDays: 'two' }, 'edit-rule-days'],
  ])('%s is said at its control', (_, change, control) => {
    const { body, problems } = read(change);
    expect(body).toBeNull();
    expect(problems.map((problem) => problem.control)).toContain(control);
  });

  it('weights have to make a hundred, and the sum is said', () => {
    const criteria = draft.criteria.map((one) => ({ ...one, weight: '45' }));
    expect(weightSum(criteria)).toBe(90);
    expect(read({ criteria }).problems).toEqual([
      { control: 'edit-weights', text: 'The weights make 90, and have to make 100.' },
    ]);
  });

  it('a choice has two answers at least, and those that are alike are one', () => {
    const question = { id: id(4), label: 'Which?', help: '', kind: 'choice' as const, required: true, wordsMost: '' };
    expect(read({ questions: [{ ...question, options: 'One\n\nOne ' }] }).problems).toMatchObject([
      { control: `question-${id(4)}-options` },
    ]);
    expect(read({ questions: [{ ...question, options: 'One\nTwo' }] }).body?.terms.questions[0]?.options).toEqual([
      'One',
      'Two',
    ]);
  });

  it('a rolling call says until when', () => {
    expect(read({}, 'rolling').problems).toMatchObject([{ control: 'edit-rolls' }]);
    expect(read({ rollsUntil: '2026-12-31' }, 'rolling').body?.rollsUntil).toBe('2026-12-31');
  });

  it.each([
    ['50', 500],
    ['74.5', 745],
    ['100', 1000],
    ['7,5', null],
    ['-1', null],
  ])('a bar of “%s” is %s', (typed, tenths) => {
    expect(barOf(typed)).toBe(tenths);
  });
});
