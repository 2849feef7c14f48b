import { describe, expect, it } from '@jest/globals';
import { orderGrades } from '@waymark/api-people';
import { Refused } from '@waymark/api-platform';
import type { Side } from '@waymark/contracts';
import type { KnownPerson } from './compare-person';
import { evaluateRows, storedReading } from './evaluate-rows';
import type { RowReading } from './read-row';

const reading = (changes: Partial<RowReading> = {}): RowReading => ({
  line: 2,
  givenName: 'Ann',
  familyName: 'Flask',
  nameInOne: false,
  email: 'ann@college.example',
  jobTitle: 'Glassblower',
  unit: 'Chemistry',
  grade: 'G6',
  places: 3,
  attributes: new Map([['skills', ['glass', 'vacuum']]]),
  identity: ['Gay'],
  problems: [],
  ...changes,
});
const known = (
  changes: Partial<KnownPerson> = {},
  part: Partial<NonNullable<KnownPerson['part']>> | null = {},
): KnownPerson => ({
  id: 'ann',
  email: 'ann@college.example',
  givenName: 'Ann',
  familyName: 'Flask',
  jobTitle: 'Glassblower',
  unit: 'chemistry',
  grade: 'g6',
  active: true,
  part: part && {
    id: 'e',
    status: 'active',
    capacity: 3,
    attributes: { skills: ['Vacuum', 'glass'], campus: ['North'] },
    inRound: true,
    ...part,
  },
  ...changes,
});
const evaluate = (readings: RowReading[], people: KnownPerson[] = [], side: Side = 'mentors', grades = ['G6']) =>
  evaluateRows(
    readings,
    { people: new Map(people.map((person) => [person.email, person])), units: new Set(['chemistry']), grades },
    { side, roundName: 'Winter', placesDefault: 2 },
    { email: 'E-mail', grade: 'Grade' },
  );
const changesOf = (row: RowReading, person: KnownPerson, side: Side = 'mentors') =>
  evaluate([row], [person], side).rows.flatMap((each) =>
    storedReading(each).changes.map(({ field, from, to }) => `${field}: ${from ?? '–'} → ${to ?? '–'}`),
  );

describe('a row compared with the institution', () => {
  it('is new, unchanged or changed', () => {
    expect(evaluate([reading()]).counts).toEqual({ new: 1, changed: 0, unchanged: 0, refused: 0 });
    expect(evaluate([reading()], [known()]).counts).toMatchObject({ unchanged: 1 });
    expect(evaluate([reading({ jobTitle: 'Professor' })], [known()]).counts).toMatchObject({ changed: 1 });
  });

  it.each<[string, RowReading, KnownPerson, string[]]>([
    ['a name', reading({ familyName: 'Beaker' }), known(), ['family-name: Flask → Beaker']],
    [
      'unit and grade',
      reading({ unit: 'Physics', grade: 'G7' }),
      known(),
      ['unit: chemistry → Physics', 'grade: g6 → G7'],
    ],
    ['places', reading({ places: 1 }), known(), ['places: 3 → 1']],
    ['places by default', reading({ places: null }), known(), ['places: 3 → 2']],
    [
      'what is shared',
      reading({ attributes: new Map([['skills', ['laser']]]) }),
      known(),
      ['skills: Vacuum, glass → laser'],
    ],
    ['a pause', reading(), known({}, { status: 'paused' }), ['enrolment: paused → active']],
    ['another round', reading(), known({}, { inRound: false }), ['round: – → Winter']],
    ['no mentor yet', reading(), known({}, null), ['places: – → 3', 'skills: – → glass, vacuum', 'round: – → Winter']],
    ['nothing said', reading({ jobTitle: null, unit: null, grade: null, attributes: new Map() }), known(), []],
  ])('says what changes: %s', (_, row, person, expected) => expect(changesOf(row, person)).toEqual(expected));

  it('knows a full name however it is parted', () => {
    const person = known({ givenName: 'Mary', familyName: 'van Dyke' });
    expect(changesOf(reading({ givenName: 'Mary van', familyName: 'Dyke', nameInOne: true }), person)).toEqual([]);
    expect(changesOf(reading({ givenName: 'Mary van', familyName: 'Dyke' }), person)).toHaveLength(2);
  });

  it('asks anew where the last request has ended, and keeps an open one', () => {
    const person = (status: string) => known({}, { status, capacity: null });
    expect(changesOf(reading(), person('open'), 'mentees')).toEqual([]);
    expect(changesOf(reading(), person('closed'), 'mentees')).toEqual([
      'request: closed → open',
      'skills: – → glass, vacuum',
      'round: – → Winter',
    ]);
  });

  it('keeps what the file does not name', () => {
    const [row] = evaluate([reading({ attributes: new Map([['skills', ['laser']]]) })], [known()]).rows;
    expect(row && 'comparison' in row && row.comparison.part.attributes).toEqual({
      skills: ['laser'],
      campus: ['North'],
    });
  });

  it('is the same whatever it says of identity', () => {
    for (const people of [[], [known()]]) {
      const [one, other] = [['Gay'], []].map((identity) =>
        evaluate([reading({ identity })], people).rows.map(storedReading),
      );
      expect(one).toEqual(other);
      expect(JSON.stringify(one)).not.toContain('Gay');
    }
  });

  it('is refused where its address stands in an earlier row, or the person has left', () => {
    const { rows, counts } = evaluate([reading(), reading({ line: 3 })], [known({ active: false })]);
    expect(counts).toMatchObject({ refused: 2 });
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['person-left'],
      ['email-repeated', 'person-left'],
    ]);
  });

  it('counts new units and grades of the rows that can be loaded', () => {
    const others = [
      reading({ email: 'b@b.example', unit: 'Physics', grade: 'G7' }),
      reading({ email: 'c@b.example', unit: 'PHYSICS', grade: 'g7' }),
    ];
    const bad = reading({
      email: null,
      unit: 'Nowhere',
      grade: 'None',
      problems: [{ code: 'email-missing', heading: 'E-mail', value: '' }],
    });
    expect(evaluate([reading(), ...others, bad])).toMatchObject({ newUnits: ['Physics'], freshGrades: ['G7'] });
  });

  it('is refused where its grade is one of more than anybody could order', () => {
    const rows = Array.from({ length: 70 }, (_, at) => reading({ email: `p${at}@b.example`, grade: `About me ${at}` }));
    const { counts, freshGrades } = evaluate([reading(), ...rows]);
    expect(counts).toMatchObject({ new: 1, refused: 70 });
    expect(freshGrades).toEqual([]);
  });
});

describe('the order of grades', () => {
  it.each<[string, string[], string[], string[] | null, string[] | 'refused', boolean]>([
    ['is to be made by the coordinator', ['A', 'C'], ['B'], null, ['A', 'C', 'B'], true],
    ['takes the new ones where they are put', ['A', 'C'], ['B'], ['a', 'b', 'c'], ['A', 'B', 'C'], false],
    ['passes over names of an earlier reading', ['A', 'C'], ['B'], ['A', 'B', 'X', 'C'], ['A', 'B', 'C'], false],
    ['stays without new ones', ['A', 'C'], [], null, ['A', 'C'], false],
    ['stays where somebody added a grade meanwhile', ['A', 'B', 'C'], [], ['A', 'C'], ['A', 'B', 'C'], false],
    ['misses a new one', ['A', 'C'], ['B', 'D'], ['A', 'B', 'C'], 'refused', false],
    ['misses a known one', ['A', 'C'], ['B'], ['A', 'B'], 'refused', false],
    ['turns known ones round', ['A', 'C'], ['B'], ['C', 'B', 'A'], 'refused', false],
    ['turns known ones round without new ones', ['A', 'C'], [], ['C', 'A'], 'refused', false],
    ['names one twice', ['A', 'C'], ['B'], ['A', 'B', 'b', 'C'], 'refused', false],
  ])('%s', (_, known_, fresh, wanted, grades, toOrder) => {
    const order = () => orderGrades(known_, fresh, wanted);
    if (grades === 'refused') expect(order).toThrow(new Refused('grades-unordered'));
    else expect(order()).toEqual({ grades, toOrder });
  });
});
