import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  askedOf,
  askedOfDocument,
  documentOf,
  emptyDraft,
  missingOf,
  type TermsOfDraft,
  wordsOf,
} from './application-writing';
import {
  applicationDocument,
  applicationDraft,
  type ApplicationDraft,
  costCategories,
  sharingWays,
} from './applications';
import { poundsOf } from './money';

const ids = Array.from({ length: 12 }, (_, n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const idOf = (n: number): string => ids[n] ?? '';
const [short = '', long = '', choice = '', yesNo = ''] = ids.slice(8);

const terms: TermsOfDraft = {
  questions: [
    { id: short, label: 'Which bench?', help: '', kind: 'short', required: true, wordsMost: null, options: [] },
    { id: long, label: 'Why?', help: '', kind: 'long', required: false, wordsMost: 10, options: [] },
    { id: choice, label: 'Which?', help: '', kind: 'choice', required: true, wordsMost: null, options: ['A', 'B'] },
    { id: yesNo, label: 'Been before?', help: '', kind: 'yes-no', required: true, wordsMost: null, options: [] },
  ],
  caseWordsMost: 12,
  objectivesLeast: 2,
  partAwards: true,
};

/** The mockup's: £1,020.00 of costs, £150.00 confirmed from others, £870.00 asked. */
const complete = (): ApplicationDraft => ({
  event: {
    name: 'National Glassblowers’ Symposium',
    place: 'Durham',
    startsOn: '2026-07-06',
    endsOn: '2026-07-08',
    link: 'https://glass.example/2026',
    as: 'talk',
    onAbstract: false,
  },
  costs: [
    { id: idOf(0), category: 'registration', what: 'Early rate', note: '', amount: '£292.40', foreign: null },
    { id: idOf(1), category: 'travel', what: 'Train', note: '', amount: '727.6', foreign: null },
  ],
  otherFunding: [{ id: idOf(2), from: 'Society travel grant', amount: '150', confirmed: true }],
  least: '550.00',
  upFront: { amount: '292.40', by: 'advance' },
  case: 'I run the glass workshop for four research groups.',
  objectives: ['Join borosilicate to quartz', 'Keep a repair log'],
  sharing: { way: 'demonstration', how: '' },
  answers: { [short]: 'The lathe', [choice]: 'A', [yesNo]: 'no' },
});

const faultsOf = (change: (draft: ApplicationDraft) => void, of: TermsOfDraft = terms): string[] => {
  const draft = complete();
  change(draft);
  return missingOf(draft, of).map(({ field, fault, limit }) =>
    limit === null ? `${field} ${fault}` : `${field} ${fault} ${limit}`,
  );
};

describe('what a draft comes to', () => {
  it('a complete draft is a document, and asks for its costs less what others have confirmed', () => {
    const read = documentOf(complete(), terms);
    if ('missing' in read) throw new Error(JSON.stringify(read.missing));
    expect(read.askedPence).toBe(87_000);
    expect(read.document.leastPence).toBe(55_000);
    expect(read.document.upFront).toEqual({ amountPence: 29_240, by: 'advance' });
    expect(applicationDocument.parse(read.document)).toEqual(read.document);
  });

  it('funding that is only hoped for is not taken off', () => {
    const draft = complete();
    draft.otherFunding.push({ id: idOf(3), from: 'Another', amount: '100', confirmed: false });
    expect(askedOf(draft)).toEqual({
      costsPence: 102_000,
      confirmedPence: 15_000,
      hopedPence: 10_000,
      askedPence: 87_000,
      exact: true,
    });
  });

  it('sums are of what can be read, and say that they are not all', () => {
    const draft = complete();
    draft.costs.push({ id: idOf(3), category: 'other', what: 'Visa', note: '', amount: '1e9', foreign: null });
    expect(askedOf(draft)).toMatchObject({ costsPence: 102_000, askedPence: 87_000, exact: false });
  });

  it('where the call makes no part-awards, the least amount is all that is asked, and is not asked for', () => {
    const draft = { ...complete(), least: 'rather a lot' };
    const read = documentOf(draft, { ...terms, partAwards: false });
    expect('document' in read && read.document.leastPence).toBe(87_000);
  });

  it('lines that were added and never filled in, blank objectives and answers nobody asks for are left out', () => {
    const draft = complete();
    draft.costs.push({ id: idOf(3), category: 'other', what: ' ', note: '', amount: '', foreign: null });
    draft.otherFunding.push({ id: idOf(4), from: '', amount: ' ', confirmed: false });
    draft.objectives.push('  ');
    draft.answers[idOf(5)] = 'Of a question that was taken out';
    const read = documentOf(draft, terms);
    if ('missing' in read) throw new Error(JSON.stringify(read.missing));
    expect(read.document.costs).toHaveLength(2);
    expect(read.document.otherFunding).toHaveLength(1);
    expect(read.document.objectives).toHaveLength(2);
    expect(Object.keys(read.document.answers)).toEqual([short, choice, yesNo]);
  });

  it('an empty draft lacks everything, in the order of the form', () => {
    expect(missingOf(emptyDraft(), terms).map(({ field, fault }) => `${field} ${fault}`)).toEqual([
      'event.name needed',
      'event.place needed',
      'event.startsOn needed',
      'event.endsOn needed',
      'event.as needed',
      'costs needed',
      'least needed',
      'upFront.by needed',
      'case needed',
      'objectives too-few',
      'sharing.way needed',
      `answers.${short} needed`,
      `answers.${choice} needed`,
      `answers.${yesNo} needed`,
    ]);
  });

  it.each<[string, (draft: ApplicationDraft) => void, string[]]>([
    ['a year nobody plans for', (d) => (d.event.endsOn = '9999-12-31'), ['event.endsOn not-a-day']],
    ['a day that is none', (d) => (d.event.startsOn = '2026-02-30'), ['event.startsOn not-a-day']],
    ['an end before the start', (d) => (d.event.endsOn = '2026-07-05'), ['event.endsOn ends-before-it-starts']],
    ['a link that is none', (d) => (d.event.link = 'javascript:alert(1)'), ['event.link not-a-link']],
    ['no part named', (d) => (d.event.as = null), ['event.as needed']],
    ['a cost without words', (d) => (at(d.costs, 0).what = ' '), ['costs.0.what needed']],
    ['a cost without an amount', (d) => (at(d.costs, 1).amount = ''), ['costs.1.amount needed']],
    ['a negative amount', (d) => (at(d.costs, 1).amount = '-5'), ['costs.1.amount negative']],
    ['an amount of nothing', (d) => (at(d.costs, 1).amount = '0.00'), ['costs.1.amount nothing']],
    ['an exponent', (d) => (at(d.costs, 1).amount = '1e9'), ['costs.1.amount not-an-amount']],
    ['half a penny', (d) => (at(d.costs, 1).amount = '1.005'), ['costs.1.amount fractions-of-a-penny']],
    ['twenty digits', (d) => (at(d.costs, 1).amount = '1'.repeat(20)), ['costs.1.amount too-large 100000000000']],
    ['no costs', (d) => (d.costs = []), ['costs needed']],
    [
      'a currency half noted',
      (d) => (at(d.costs, 0).foreign = { currency: 'eur', amount: '340.00', rate: '', on: 'May' }),
      ['costs.0.foreign.currency not-a-currency', 'costs.0.foreign.rate needed', 'costs.0.foreign.on not-a-day'],
    ],
    ['others without a name', (d) => (at(d.otherFunding, 0).from = ''), ['otherFunding.0.from needed']],
    ['others who pay for all of it', (d) => (at(d.otherFunding, 0).amount = '1020'), ['otherFunding nothing-asked']],
    ['a least amount above what is asked', (d) => (d.least = '870.01'), ['least above-asked 87000']],
    ['a least amount of exactly what is asked', (d) => (d.least = '870'), []],
    ['more up front than it costs', (d) => (d.upFront.amount = '1020.01'), ['upFront.amount above-costs 102000']],
    ['an advance of no amount', (d) => (d.upFront.amount = ''), ['upFront.amount needed']],
    ['nothing up front, whatever was typed', (d) => (d.upFront = { amount: 'x', by: 'nothing' }), []],
    ['a case of thirteen words of twelve', (d) => (d.case = 'word '.repeat(13)), ['case too-many-words 12']],
    ['a case of twelve words of twelve', (d) => (d.case = 'word '.repeat(12)), []],
    ['one objective of two', (d) => (d.objectives = ['One', ' ']), ['objectives too-few 2']],
    ['an answer that is no option', (d) => (d.answers[choice] = 'C'), [`answers.${choice} not-an-option`]],
    ['neither yes nor no', (d) => (d.answers[yesNo] = 'maybe'), [`answers.${yesNo} not-an-option`]],
    ['a long short answer', (d) => (d.answers[short] = 'x'.repeat(301)), [`answers.${short} too-long 300`]],
    ['a wordy answer', (d) => (d.answers[long] = 'word '.repeat(11)), [`answers.${long} too-many-words 10`]],
  ])('%s', (_, change, faults) => {
    expect(faultsOf((draft) => void change(draft))).toEqual(faults);
  });

  it.each([
    ['', 0],
    ['  \n ', 0],
    ['One', 1],
    ['well-being, at 9.30 a.m.', 4],
    ['— … !', 0],
    ['naïve café\u00a0über', 3],
    ['日本語 の 本', 3],
  ])('%j holds %i words', (text, words) => {
    expect(wordsOf(text)).toBe(words);
  });

  it('lines of dashes, however long, hold none and hold nobody up', () => {
    const lines = '-'.repeat(20_000);
    for (let field = 0; field < 200; field += 1)
      expect(wordsOf(`${lines}${field % 2 === 0 ? '' : ' a'}`)).toBe(field % 2);
  });

  const typed = fc.oneof(
    fc.integer({ min: 0, max: 5_000_00 }).map((pence) => poundsOf(pence)),
    fc.constantFrom('', '-5', '1e9', '1,2', '£1,200.00', 'about fifty', '99999999999'),
  );
  const words = fc.oneof(
    fc.constant(''),
    fc.string({ maxLength: 40, unit: 'grapheme' }).map((text) => text.replaceAll('\u0000', '').trim()),
  );
  const dayish = fc.constantFrom('', '2026-07-06', '2026-07-08', '2026-02-30', '0000-01-01', 'soon');
  const drafts: fc.Arbitrary<ApplicationDraft> = fc.record({
    event: fc.record({
      name: words,
      place: words,
      startsOn: dayish,
      endsOn: dayish,
      link: fc.constantFrom('', 'https://x.example', 'x'),
      as: fc.constantFrom('talk' as const, null),
      onAbstract: fc.boolean(),
    }),
    costs: fc.array(
      fc.record({
        id: fc.constantFrom(...ids),
        category: fc.constantFrom(...costCategories),
        what: words,
        note: words,
        amount: typed,
        foreign: fc.constantFrom(
          null,
          { currency: 'EUR', amount: '1.00', rate: '0.86', on: '2026-04-10' },
          {
            currency: 'E',
            amount: '',
            rate: 'x',
            on: '',
          },
        ),
      }),
      { maxLength: 4 },
    ),
    otherFunding: fc.array(
      fc.record({ id: fc.constantFrom(...ids), from: words, amount: typed, confirmed: fc.boolean() }),
      { maxLength: 3 },
    ),
    least: typed,
    upFront: fc.record({ amount: typed, by: fc.constantFrom('nothing' as const, 'advance' as const, null) }),
    case: words,
    objectives: fc.array(words, { maxLength: 5 }),
    sharing: fc.record({ way: fc.constantFrom(...sharingWays, null), how: words }),
    answers: fc.dictionary(fc.constantFrom(short, long, choice, yesNo), fc.oneof(words, fc.constantFrom('A', 'yes'))),
  });

  it('whatever was typed, a draft either lacks something or is a document that the contract takes', () => {
    fc.assert(
      fc.property(drafts, fc.boolean(), (draft, partAwards) => {
        expect(applicationDraft.safeParse(draft).success).toBe(true);
        const of = { ...terms, partAwards };
        const read = documentOf(draft, of);
        expect(missingOf(draft, of)).toEqual('missing' in read ? read.missing : []);
        if ('missing' in read) {
          expect(read.missing.length).toBeGreaterThan(0);
          return;
        }
        expect(applicationDocument.parse(read.document)).toEqual(read.document);
        expect(read.askedPence).toBe(askedOfDocument(read.document));
        expect(read.askedPence).toBe(askedOf(draft).askedPence);
        expect(read.askedPence).toBeGreaterThanOrEqual(1);
        expect(read.document.leastPence).toBeLessThanOrEqual(read.askedPence);
      }),
      { numRuns: 2000 },
    );
  });

  it('whatever the amounts, what is asked is exact to the penny and the least amount never more', () => {
    const pence = fc.integer({ min: 1, max: 900_000 });
    fc.assert(
      fc.property(
        fc.array(pence, { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(pence, fc.boolean()), { maxLength: 10 }),
        pence,
        (costs, others, least) => {
          const draft = complete();
          draft.costs = costs.map((cost) => ({ ...at(complete().costs, 0), amount: poundsOf(cost) }));
          draft.otherFunding = others.map(([amount, confirmed]) => ({
            ...{ id: idOf(2), from: 'Others', confirmed },
            amount: poundsOf(amount),
          }));
          draft.least = poundsOf(least);
          draft.upFront = { amount: '', by: 'nothing' };
          const asked =
            costs.reduce((sum, cost) => sum + cost, 0) -
            others.reduce((sum, [amount, confirmed]) => sum + (confirmed ? amount : 0), 0);
          const read = documentOf(draft, terms);
          if (asked <= 0) expect(missingOf(draft, terms).map(({ fault }) => fault)).toContain('nothing-asked');
          else if (least > asked) expect(missingOf(draft, terms).map(({ fault }) => fault)).toEqual(['above-asked']);
          else expect(read).toMatchObject({ askedPence: asked, document: { leastPence: least } });
          if ('document' in read) expect(askedOfDocument(read.document)).toBe(asked);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a complete draft stays complete whatever is put right of it, and each field taken away is named', () => {
    const takes: [string, (draft: ApplicationDraft) => void][] = [
      ['event.name', (d) => (d.event.name = '')],
      ['event.place', (d) => (d.event.place = '')],
      ['event.startsOn', (d) => (d.event.startsOn = '')],
      ['event.endsOn', (d) => (d.event.endsOn = '')],
      ['least', (d) => (d.least = '')],
      ['upFront.by', (d) => (d.upFront.by = null)],
      ['case', (d) => (d.case = '')],
      ['sharing.way', (d) => (d.sharing.way = null)],
    ];
    fc.assert(
      fc.property(fc.subarray(takes), (taken) => {
        const draft = complete();
        for (const [, take] of taken) take(draft);
        expect(missingOf(draft, terms).map(({ field }) => field)).toEqual(taken.map(([field]) => field));
      }),
    );
  });
});

const at = <Item>(items: Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new Error('no such line');
  return item;
};
