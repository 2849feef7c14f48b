import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Reads, Refused, type Scope, Transactions } from '@waymark/api-platform';
import { Harness } from './harness';

describe('a transaction', () => {
  let harness: Harness;
  let transactions: Transactions;
  let reads: Reads;
  let scope: Scope;

  beforeAll(async () => {
    harness = await Harness.start();
    transactions = harness.application.get(Transactions);
    reads = harness.application.get(Reads);
    scope = { institutionId: await harness.institution(), personId: null, correlationId: null };
  });
  afterAll(() => harness.stop());

  const unitsNamed = (name: string) => harness.sql(`select from unit where name = $1`, [name]);
  const insert = `insert into unit (institution_id, id, name) values ($1, uuidv7(), $2)`;

  it('rolls back whole when its work refuses: row, audit line and event', async () => {
    const refused = transactions.run(scope, async (tx) => {
      await tx.query(insert, [scope.institutionId, 'Gone']);
      await tx.audit('test', { kind: 'unit', id: tx.newId() });
      await tx.emit('test', {});
      throw new Refused('status-refused');
    });
    await expect(refused).rejects.toThrow('status-refused');
    expect(await unitsNamed('Gone')).toEqual([]);
    expect(await harness.sql(`select from audit_entry where act = 'test'`)).toEqual([]);
    expect(await harness.sql(`select from outbox where topic = 'test'`)).toEqual([]);
  });

  it('does not pretend to commit where somebody swallowed an error of the database', async () => {
    const swallowed = transactions.run(scope, async (tx) => {
      await tx.query(insert, [scope.institutionId, 'Swallowed']);
      await tx.query('select 1 / 0').catch(() => undefined);
      return 'as if it were done';
    });
    await expect(swallowed).rejects.toThrow();
    expect(await unitsNamed('Swallowed')).toEqual([]);
  });

  it('is tried again where two lock in opposite order', async () => {
    const [first, second] = [
      await harness.unit(scope.institutionId, 'First'),
      await harness.unit(scope.institutionId, 'Second'),
    ];
    const lockBoth = (ids: string[]) =>
      transactions.run(scope, async (tx) => {
        for (const id of ids) {
          await tx.query(`update unit set name = name || '!' where institution_id = $1 and id = $2`, [
            scope.institutionId,
            id,
          ]);
          await new Promise((resolve) => setTimeout(resolve, 300));
        }
      });
    await Promise.all([lockBoth([first, second]), lockBoth([second, first])]);
    expect(await harness.sql(`select name from unit where id = any ($1) order by name`, [[first, second]])).toEqual([
      { name: 'First!!' },
      { name: 'Second!!' },
    ]);
  });

  it('reads what its institution has, whatever the others read at the same moment through the same pool', async () => {
    const institutions = await Promise.all(Array.from({ length: 8 }, (_, n) => harness.institution(`Number ${n}`)));
    await Promise.all(institutions.map((id, n) => harness.unit(id, `Unit of ${n}`)));
    const faults: string[] = [];
    await Promise.all(
      Array.from({ length: 4000 }, async (_, n) => {
        const at = n % institutions.length;
        const query = { name: 'all-units', text: 'select name from unit', values: [] };
        if (n % 97 === 0) {
          // A query that fails in the pipeline must spoil no other's.
          await expect(
            reads.rows(
              { institutionId: institutions[at] ?? '' },
              { name: `bad-${n % 2}`, text: 'select 1 / 0', values: [] },
            ),
          ).rejects.toThrow();
          return;
        }
        const rows = await reads.rows<{ name: string }>({ institutionId: institutions[at] ?? '' }, query);
        if (rows.length !== 1 || rows[0]?.name !== `Unit of ${at}`) faults.push(`${at}: ${JSON.stringify(rows)}`);
      }),
    );
    expect(faults).toEqual([]);
  });

  it('cannot write while it only reads', async () => {
    const write = reads.rows(scope, {
      name: 'write',
      text: `insert into unit (institution_id, id, name) values ($1, uuidv7(), 'Read') returning id`,
      values: [scope.institutionId],
    });
    await expect(write).rejects.toThrow(/read-only/);
  });
});
