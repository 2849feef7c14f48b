import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PersonView, type UnitTree, unitTree } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { Harness, type SignedIn } from './harness';

describe('the tree of units', () => {
  let harness: Harness;
  let administrator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    administrator = await harness.somebody(await harness.institution(), ['institution-administrator']);
  });

  const read = async (): Promise<UnitTree['units']> =>
    unitTree.parse((await harness.get('units/tree', administrator)).body).units;
  const add = (name: string, parentId: string | null = null) =>
    harness.post('units', administrator, { name, parentId });
  const unit = async (name: string, parentId: string | null = null) => {
    const { units } = (await add(name, parentId)).body as UnitTree;
    const added = units.find((each) => each.name === name && each.parentId === parentId);
    if (!added) throw new Error(`${name} was not added`);
    return added;
  };
  const found = async (id: string) => (await read()).find((each) => each.id === id);
  const put = (id: string, version: number, name: string, parentId: string | null) =>
    harness.put(`units/${id}`, administrator, { version, name, parentId });
  const people = (unitId: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => harness.person(administrator.institutionId, { unitId })));

  it('is built: units are added below each other, with counts of people', async () => {
    const faculty = await unit('Faculty of Science');
    const department = await unit('Chemistry', faculty.id);
    await people(department.id, 2);
    await harness.person(administrator.institutionId, { unitId: department.id, leftOn: '2025-01-01' });
    expect(await found(department.id)).toMatchObject({ parentId: faculty.id, people: 3, active: 2 });
    expect(await add('chemistry', faculty.id)).toMatchObject({ status: 409, body: { refusal: 'name-taken' } });
    // The same name elsewhere in the tree is another unit.
    expect((await add('Chemistry')).status).toBe(201);
    expect(await add('Lost', randomUUID())).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'parentId', code: 'unknown-record' }] },
    });
  });

  it('units are renamed and moved at the revision that was seen', async () => {
    const [a, b] = [await unit('A'), await unit('B')];
    expect((await put(b.id, b.version, 'Bee', a.id)).status).toBe(200);
    expect(await found(b.id)).toMatchObject({ name: 'Bee', parentId: a.id });
    expect(await put(b.id, b.version, 'Stale', null)).toMatchObject({
      status: 409,
      body: { refusal: 'changed-meanwhile' },
    });
  });

  it('a unit never lies below itself, however far down, and whatever two people move at once', async () => {
    const top = await unit('Top');
    const middle = await unit('Middle', top.id);
    const bottom = await unit('Bottom', middle.id);
    for (const parent of [top.id, middle.id, bottom.id]) {
      expect(await put(top.id, top.version, 'Top', parent)).toMatchObject({
        status: 409,
        body: { refusal: 'unit-cycle' },
      });
    }
    for (let time = 0; time < 5; time += 1) {
      const [one, other] = [await unit(`One ${time}`), await unit(`Other ${time}`)];
      const raced = await Promise.all([
        put(one.id, one.version, one.name, other.id),
        put(other.id, other.version, other.name, one.id),
      ]);
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(raced.find(({ status }) => status === 409)?.body).toMatchObject({ refusal: 'unit-cycle' });
    }
  });

  it('two are merged: people and units below move, in one act, and the first is gone', async () => {
    const [from, into] = [await unit('Old'), await unit('New')];
    const below = await unit('Below', from.id);
    const moved = await people(from.id, 3);
    await people(into.id, 1);
    const { status } = await harness.post(`units/${from.id}/merge`, administrator, {
      into: into.id,
      version: from.version,
    });
    expect(status).toBe(200);
    expect(await found(from.id)).toBeUndefined();
    expect(await found(into.id)).toMatchObject({ people: 4 });
    expect(await found(below.id)).toMatchObject({ parentId: into.id, version: below.version + 1 });
    // Whoever had one of these people open is told that they changed.
    expect(await harness.sql(`select distinct version from person where id = any ($1)`, [moved])).toEqual([
      { version: 2 },
    ]);
    expect(
      await harness.sql(`select details from audit_entry where act = 'unit.merge' and subject_id = $1`, [from.id]),
    ).toEqual([{ details: { into: into.id, people: 3, units: 1 } }]);
  });

  it('a merge is refused, and moves nobody, into a unit below, into itself, and where two below have one name', async () => {
    const [from, into] = [await unit('Old'), await unit('New')];
    const below = await unit('Below', from.id);
    await people(from.id, 1);
    const merge = (target: string) =>
      harness.post(`units/${from.id}/merge`, administrator, { into: target, version: from.version });
    expect(await merge(below.id)).toMatchObject({ status: 409, body: { refusal: 'unit-cycle' } });
    expect(await merge(from.id)).toMatchObject({ status: 409, body: { refusal: 'unit-cycle' } });
    await unit('BELOW', into.id);
    expect(await merge(into.id)).toMatchObject({
      status: 409,
      body: { refusal: 'name-taken', facts: { name: 'BELOW' } },
    });
    expect(await found(from.id)).toMatchObject({ people: 1 });
  });

  it('whoever is added to a unit while it is merged is in the other, or is refused by name', async () => {
    for (let time = 0; time < 4; time += 1) {
      const [from, into] = [await unit(`Old ${time}`), await unit(`New ${time}`)];
      const person = {
        ...{ givenName: 'Ann', familyName: `Flask ${time}`, email: null, jobTitle: null },
        ...{ gradeId: null, lineManagerId: null, technician: true, unitId: from.id },
      };
      const [merged, ...added] = await Promise.all([
        harness.post(`units/${from.id}/merge`, administrator, { into: into.id, version: from.version }),
        ...[1, 2, 3].map(() => harness.post('people', administrator, person)),
      ]);
      expect(merged?.status).toBe(200);
      const there = added.filter(({ status }) => status === 201);
      for (const { status, body } of added.filter((answer) => answer.status !== 201)) {
        // Before the merge began to be seen: refused as gone meanwhile; after it: the unit is unknown.
        expect([status, (body as { refusal: string }).refusal]).toEqual(
          status === 409 ? [409, 'changed-meanwhile'] : [422, 'invalid-input'],
        );
      }
      const ids = there.map(({ body }) => (body as PersonView).id);
      expect(await harness.sql(`select distinct unit_id from person where id = any ($1)`, [ids])).toEqual(
        ids.length === 0 ? [] : [{ unit_id: into.id }],
      );
    }
  });

  it('an empty unit is removed; one with people, even such as left, or units is not', async () => {
    const parent = await unit('Parent');
    const child = await unit('Child', parent.id);
    await harness.person(administrator.institutionId, { unitId: child.id, leftOn: '2025-01-01' });
    const remove = (id: string, version: number) => harness.post(`units/${id}/remove`, administrator, { version });
    expect(await remove(parent.id, 1)).toMatchObject({
      status: 409,
      body: { refusal: 'unit-in-use', facts: { people: 0, units: 1 } },
    });
    expect(await remove(child.id, 1)).toMatchObject({
      status: 409,
      body: { refusal: 'unit-in-use', facts: { people: 1, units: 0 } },
    });
    await harness.sql(`update person set unit_id = null where unit_id = $1`, [child.id]);
    expect((await remove(child.id, 1)).status).toBe(200);
    expect((await remove(parent.id, 1)).status).toBe(200);
    expect(await read()).toEqual([]);
  });

  it('is a coordinator’s too, and nobody else’s', async () => {
    const coordinator = await harness.somebody(administrator.institutionId, ['coordinator']);
    expect((await harness.post('units', coordinator, { name: 'By coordinator', parentId: null })).status).toBe(201);
    const lead = await harness.somebody(administrator.institutionId, ['programme-lead']);
    expect((await harness.post('units', lead, { name: 'By lead', parentId: null })).status).toBe(403);
  });
});
