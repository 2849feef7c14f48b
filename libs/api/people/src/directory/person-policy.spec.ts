import { describe, expect, it } from '@jest/globals';
import { type Permission, personPage, type PersonView, recordFilters, type SeenAs } from '@waymark/contracts';
import { refuseRecordFilters, type Seen, seenAs, shownTo, type Viewer, visibleFields } from './person-policy';

const viewer = (facts: Partial<Viewer> & { may?: Permission[] } = {}): Viewer => {
  const personId = facts.personId ?? 'viewer';
  return {
    personId,
    permissions: new Set<Permission>(facts.may ?? ['directory.see']),
    standsInFor: facts.standsInFor ?? [personId],
  };
};
const person = (facts: Partial<Seen> = {}): Seen => ({
  id: 'person',
  active: true,
  lineManagerId: 'manager',
  ...facts,
});

describe('who sees a person', () => {
  it.each<[string, Viewer, Seen, SeenAs | null]>([
    ['a colleague', viewer(), person(), 'colleague'],
    ['somebody of a person without a manager', viewer(), person({ lineManagerId: null }), 'colleague'],
    ['the person', viewer({ personId: 'person' }), person(), 'self'],
    ['the person after their last day', viewer({ personId: 'person' }), person({ active: false }), 'self'],
    ['the line manager', viewer({ personId: 'manager' }), person(), 'team'],
    ['who stands in for the manager today', viewer({ standsInFor: ['viewer', 'manager'] }), person(), 'team'],
    ['who stands in for somebody else', viewer({ standsInFor: ['viewer', 'other'] }), person(), 'colleague'],
    ['the line manager of one who left', viewer({ personId: 'manager' }), person({ active: false }), null],
    ['a colleague of one who left', viewer(), person({ active: false }), null],
    ['who may see records', viewer({ may: ['people.see'] }), person(), 'records'],
    ['who may see records, themself', viewer({ may: ['people.see'], personId: 'person' }), person(), 'records'],
    ['who may see records, of one who left', viewer({ may: ['people.see'] }), person({ active: false }), 'records'],
    ['an award verifier without more', viewer({ may: ['awards.verify'] }), person(), 'colleague'],
  ])('%s', (_, asking, seen, expected) => {
    expect(seenAs(asking, seen)).toBe(expected);
  });
});

describe('what of a person is shown', () => {
  const id = '019a0000-0000-7000-8000-000000000001';
  const award = (status: 'declared' | 'verified' | 'rejected', validTo: string | null) => ({
    id,
    award: status,
    body: 'Science Council',
    awardedOn: '2020-01-01',
    validTo,
    number: 'SECRET-NUMBER',
    status,
    decidedBy: null,
    decidedAt: null,
    rejectedFor: null,
    version: 1,
  });
  const whole: PersonView = {
    seenAs: 'records',
    id,
    name: 'Ann Flask',
    givenName: 'Ann',
    familyName: 'Flask',
    active: true,
    unit: 'Glass',
    unitId: id,
    unitPath: [{ id, name: 'Glass' }],
    jobTitle: 'Technician',
    email: 'ann@college.example',
    skills: ['glass blowing'],
    away: null,
    awards: [
      award('declared', null),
      award('verified', null),
      award('verified', '2026-11-22'),
      award('verified', '2026-11-21'),
      award('rejected', null),
    ],
    grade: 'Level 6',
    gradeId: id,
    contractUntil: '2027-01-31',
    delegations: [],
    reports: [],
    lineManager: { id, name: 'Mo Manager' },
    technician: true,
    staffNumber: 'E1',
    externallyFunded: true,
    leftOn: null,
    roles: ['technician'],
    rolesHeld: [],
    version: 3,
  };

  it.each<[SeenAs, string[]]>([
    ['colleague', ['grade', 'contractUntil', 'delegations', 'reports']],
    ['team', []],
  ])('to a %s nothing more than the table says: the rest is absent, not empty', (as, hidden) => {
    const shown = shownTo(as, whole, '2026-11-22');
    expect(Object.keys(shown).sort()).toEqual([...visibleFields[as], 'seenAs'].sort());
    for (const field of [
      ...hidden,
      'gradeId',
      'lineManager',
      'technician',
      'staffNumber',
      'externallyFunded',
      'roles',
      'version',
    ])
      expect(shown).not.toHaveProperty(field);
    expect(personPage.parse(shown)).toEqual(shown);
  });

  it.each<SeenAs>(['self', 'records'])('to %s all of it', (as) => {
    const shown = shownTo(as, whole, '2026-11-22');
    expect(shown).toEqual({ ...whole, seenAs: as });
    expect(personPage.parse(shown)).toEqual(shown);
  });

  it('awards that are not verified, or no longer in force, and their numbers stay with the person', () => {
    const shown = shownTo('colleague', whole, '2026-11-22');
    expect(shown.awards.map(({ validTo }) => validTo)).toEqual([null, '2026-11-22']);
    expect(JSON.stringify(shown)).not.toContain('SECRET-NUMBER');
  });
});

describe('sifting by what one may not see', () => {
  const everybody = new Set<Permission>(['directory.see']);
  it.each(recordFilters)('is refused: %s', (name) => {
    expect(() => refuseRecordFilters(everybody, { [name]: 'x' })).toThrow('not-allowed');
    expect(() => refuseRecordFilters(new Set<Permission>(['people.see']), { [name]: 'x' })).not.toThrow();
  });
  it('counts for the order too', () => {
    expect(() => refuseRecordFilters(everybody, { sort: 'grade' })).toThrow('not-allowed');
    expect(() => refuseRecordFilters(everybody, { sort: 'unit' })).not.toThrow();
  });
});
