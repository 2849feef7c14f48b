import { describe, expect, it } from '@jest/globals';
import { hashOfPlan, pairPoints, planAssignment, type PlanInput } from './plan-assignment';

const application = (id: string, facts: Partial<PlanInput['applications'][number]> = {}) => ({
  id,
  applicantId: `of ${id}`,
  unitId: null,
  skills: [],
  wanted: 3,
  ...facts,
});
const panelist = (id: string, facts: Partial<PlanInput['panelists'][number]> = {}) => ({
  id,
  unitId: null,
  skills: [],
  mostReviews: null,
  ...facts,
});
const many = (count: number, letter: string) => Array.from({ length: count }, (_, at) => `${letter}${at}`);
const plan = (facts: Partial<PlanInput>) =>
  planAssignment({
    applications: [],
    panelists: [],
    kept: [],
    inConflict: new Set<string>(),
    gaveBack: new Set<string>(),
    seed: 'call',
    ...facts,
  });
const loads = (added: readonly { panelistId: string }[], ids: readonly string[]) =>
  ids.map((id) => added.filter(({ panelistId }) => panelistId === id).length);

describe('the plan of a call’s reviews', () => {
  it.each([
    [10, 4],
    [7, 5],
    [10, 7],
    [31, 9],
  ])('gives %i applications three different readers each of %i, no two loads more than one apart', (count, readers) => {
    const panelists = many(readers, 'p');
    const { added, short } = plan({
      applications: many(count, 'a').map((id) => application(id)),
      panelists: panelists.map((id) => panelist(id)),
    });
    expect(short).toEqual([]);
    expect(new Set(added.map(({ applicationId, panelistId }) => `${applicationId} ${panelistId}`)).size).toBe(
      count * 3,
    );
    const all = loads(added, panelists);
    expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
  });

  it('gives nobody what they have an interest in or gave back', () => {
    const inConflict = new Set(['p0 of a0', 'p1 of a1']);
    const gaveBack = new Set(['a2 p2']);
    const { added, short } = plan({
      applications: many(6, 'a').map((id) => application(id)),
      panelists: many(5, 'p').map((id) => panelist(id)),
      inConflict,
      gaveBack,
    });
    expect(short).toEqual([]);
    for (const { applicationId, panelistId } of added) {
      expect(inConflict.has(`${panelistId} of ${applicationId}`)).toBe(false);
      expect(gaveBack.has(`${applicationId} ${panelistId}`)).toBe(false);
    }
  });

  it('prefers who shares a skill, and then who is of another unit', () => {
    const { added } = plan({
      applications: [application('a', { wanted: 2, unitId: 'chemistry', skills: ['lasers'] })],
      panelists: [
        panelist('near', { unitId: 'chemistry' }),
        panelist('elsewhere', { unitId: 'physics' }),
        panelist('expert', { unitId: 'chemistry', skills: ['lasers'] }),
      ],
    });
    expect(added.map(({ panelistId }) => panelistId)).toEqual(['elsewhere', 'expert']);
    expect(pairPoints(1, false)).toBeGreaterThan(pairPoints(0, true));
    expect(pairPoints(3, true)).toBe(pairPoints(9, true));
  });

  it('an even load comes before expertise', () => {
    const panelists = ['expert', 'p1', 'p2', 'p3'];
    const { added } = plan({
      applications: many(4, 'a').map((id) => application(id, { wanted: 2, skills: ['lasers'] })),
      panelists: panelists.map((id) => panelist(id, { skills: id === 'expert' ? ['lasers'] : [] })),
    });
    expect(loads(added, panelists)).toEqual([2, 2, 2, 2]);
  });

  it('who takes fewer gets no more than that, and the others share the rest evenly', () => {
    const panelists = many(5, 'p');
    const { added, short } = plan({
      applications: many(10, 'a').map((id) => application(id)),
      panelists: panelists.map((id) => panelist(id, { mostReviews: id === 'p0' ? 2 : null })),
    });
    expect(short).toEqual([]);
    expect(loads(added, panelists)).toEqual([2, 7, 7, 7, 7]);
  });

  it('a load grows above the even one where interests leave no other way', () => {
    // Half the panel may read nobody of b.
    const inConflict = { has: (key: string) => /^p[012] of b/.test(key) };
    const panelists = many(6, 'p');
    const { added, short } = plan({
      applications: [...many(2, 'a'), ...many(10, 'b')].map((id) => application(id)),
      panelists: panelists.map((id) => panelist(id)),
      inConflict,
    });
    expect(short).toEqual([]);
    expect(Math.max(...loads(added, panelists))).toBe(10);
  });

  it('says who is short, by how much and why', () => {
    const conflicts = plan({
      applications: [application('a'), application('b')],
      panelists: many(4, 'p').map((id) => panelist(id)),
      inConflict: new Set(['p0 of a', 'p1 of a']),
    });
    expect(conflicts.short).toEqual([
      { applicationId: 'a', missing: 1, because: 'interests', couldRead: 2, inConflict: 2 },
    ]);
    const full = plan({
      applications: [application('a'), application('b')],
      panelists: many(3, 'p').map((id) => panelist(id, { mostReviews: 1 })),
    });
    expect(full.shortReviews).toBe(3);
    expect(full.short.every(({ because }) => because === 'full')).toBe(true);
    expect(plan({ applications: [application('a')] }).short).toEqual([
      { applicationId: 'a', missing: 3, because: 'interests', couldRead: 0, inConflict: 0 },
    ]);
  });

  it('what is kept counts, for the application and for the load, also of somebody who has left', () => {
    const { added, short } = plan({
      applications: [application('a'), application('b')],
      panelists: many(4, 'p').map((id) => panelist(id, { mostReviews: 2 })),
      kept: [
        { applicationId: 'a', panelistId: 'p0' },
        { applicationId: 'a', panelistId: 'left' },
      ],
    });
    expect(short).toEqual([]);
    expect(added).toHaveLength(4);
    expect(added.filter(({ applicationId }) => applicationId === 'a')).toHaveLength(1);
    expect(added.some(({ applicationId, panelistId }) => applicationId === 'a' && panelistId === 'p0')).toBe(false);
  });

  it('the same call, in whatever order it is listed, gives the same plan', () => {
    const applications = many(9, 'a').map((id, at) => application(id, { skills: [`s${at % 3}`] }));
    const panelists = many(5, 'p').map((id, at) => panelist(id, { skills: [`s${at % 2}`] }));
    const one = plan({ applications, panelists });
    const other = plan({ applications: [...applications].reverse(), panelists: [...panelists].reverse() });
    expect(hashOfPlan(other, [], [])).toBe(hashOfPlan(one, [], []));
    expect(hashOfPlan(one, ['x'], [])).not.toBe(hashOfPlan(one, [], ['x']));
  });
});
