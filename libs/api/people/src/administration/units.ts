import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, type ReadQuery, Reads, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  AddUnit as AddUnitInput,
  ChangeUnit as ChangeUnitInput,
  MergeUnit as MergeUnitInput,
  UnitOfTree,
  UnitTree,
} from '@waymark/contracts';
import { Unit } from '../entities';

const treeQuery = (institutionId: string, today: string): ReadQuery => ({
  name: 'unit-tree',
  text: `select u.id, u.name, u.parent_id as "parentId", u.version, count(p.id)::int as people,
      (count(p.id) filter (where p.left_on is null or p.left_on >= $2::date))::int as active
    from unit u left join person p on p.institution_id = $1 and p.unit_id = u.id
    where u.institution_id = $1 group by u.id, u.name, u.parent_id, u.version order by lower(u.name), u.id limit 5000`,
  values: [institutionId, today],
});

const treeIn = async (tx: Tx, actor: Actor): Promise<UnitTree> => {
  const { text, values } = treeQuery(actor.institutionId, dayIn(actor.timeZone, tx.now));
  return { units: await tx.query<UnitOfTree>(text, values) };
};

@Injectable()
export class Units {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async tree(actor: Actor): Promise<UnitTree> {
    const query = treeQuery(actor.institutionId, dayIn(actor.timeZone, this.clock.now()));
    return { units: await this.reads.rows<UnitOfTree>(actor, query) };
  }
}

/** The tree changes one step at a time, or two moves could close a circle that neither sees. */
const lockTree = (tx: Tx): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtext('units ' || $1::text))`, [tx.scope.institutionId]);

/** Refuses a unit that is `unitId` itself or lies below it. */
const refuseCircle = async (tx: Tx, unitId: string, parentId: string): Promise<void> => {
  const found = await tx.query(
    `with recursive above as (
       select id, parent_id from unit where institution_id = $1 and id = $3
       union
       select u.id, u.parent_id from above a join unit u on u.institution_id = $1 and u.id = a.parent_id
     ) select from above where id = $2`,
    [tx.scope.institutionId, unitId, parentId],
  );
  if (found.length > 0) throw new Refused('unit-cycle');
};

const refuseUnknownParent = async (tx: Tx, parentId: string | null): Promise<void> => {
  if (parentId === null) return;
  if (!(await tx.manager.existsBy(Unit, { institutionId: tx.scope.institutionId, id: parentId }))) {
    throw new Refused('invalid-input', { fields: [{ path: 'parentId', code: 'unknown-record' }] });
  }
};

@Injectable()
export class AddUnit {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, input: AddUnitInput): Promise<UnitTree> {
    return this.transactions.run(actor, async (tx) => {
      await lockTree(tx);
      await refuseUnknownParent(tx, input.parentId);
      const id = tx.newId();
      await tx.insert(Unit, { ...input, institutionId: actor.institutionId, id });
      await tx.audit('unit.add', { kind: 'unit', id });
      return treeIn(tx, actor);
    });
  }
}

@Injectable()
export class ChangeUnit {
  constructor(private readonly transactions: Transactions) {}

  /** Renames it, or moves it with all below it; never below itself. */
  run(actor: Actor, id: string, { version, name, parentId }: ChangeUnitInput): Promise<UnitTree> {
    return this.transactions.run(actor, async (tx) => {
      await lockTree(tx);
      const unit = await tx.lockAt(Unit, id, version);
      await refuseUnknownParent(tx, parentId);
      if (parentId !== null) await refuseCircle(tx, id, parentId);
      const moved = unit.parentId !== parentId;
      await tx.update(Unit, unit, { name, parentId });
      await tx.audit(moved ? 'unit.move' : 'unit.rename', { kind: 'unit', id }, moved ? { to: parentId } : {});
      return treeIn(tx, actor);
    });
  }
}

@Injectable()
export class MergeUnit {
  constructor(private readonly transactions: Transactions) {}

  /**
   * People and the units directly below go to `into`, all at once, and the unit is removed. Refused where `into` lies below
   * it, and with `name-taken` where both have a unit of one name below them.
   */
  run(actor: Actor, id: string, { into, version }: MergeUnitInput): Promise<UnitTree> {
    return this.transactions.run(actor, async (tx) => {
      await lockTree(tx);
      const { institutionId } = actor;
      // The lock waits for whoever is being added to the unit just now, and they move too.
      await tx.lockAt(Unit, id, version);
      if (!(await tx.manager.existsBy(Unit, { institutionId, id: into }))) {
        throw new Refused('invalid-input', { fields: [{ path: 'into', code: 'unknown-record' }] });
      }
      await refuseCircle(tx, id, into);
      const [twin] = await tx.query<{ name: string }>(
        `select b.name from unit a join unit b on b.institution_id = $1 and b.parent_id = $3 and lower(b.name) = lower(a.name)
         where a.institution_id = $1 and a.parent_id = $2 limit 1`,
        [institutionId, id, into],
      );
      if (twin) throw new Refused('name-taken', { facts: { name: twin.name } });
      const people = await tx.query(
        `update person set unit_id = $3, version = version + 1 where institution_id = $1 and unit_id = $2 returning id`,
        [institutionId, id, into],
      );
      const units = await tx.query(
        `update unit set parent_id = $3, version = version + 1 where institution_id = $1 and parent_id = $2 returning id`,
        [institutionId, id, into],
      );
      await tx.manager.delete(Unit, { institutionId, id });
      await tx.audit('unit.merge', { kind: 'unit', id }, { into, people: people.length, units: units.length });
      return treeIn(tx, actor);
    });
  }
}

@Injectable()
export class RemoveUnit {
  constructor(private readonly transactions: Transactions) {}

  /** An empty one. Refused with `unit-in-use`, with counts, while people (those who left too) or units are in it. */
  run(actor: Actor, id: string, version: number): Promise<UnitTree> {
    return this.transactions.run(actor, async (tx) => {
      await lockTree(tx);
      await tx.lockAt(Unit, id, version);
      const [held] = await tx.query<{ people: number; units: number }>(
        `select (select count(*) from person where institution_id = $1 and unit_id = $2)::int as people,
           (select count(*) from unit where institution_id = $1 and parent_id = $2)::int as units`,
        [actor.institutionId, id],
      );
      if (held && (held.people > 0 || held.units > 0)) throw new Refused('unit-in-use', { facts: { ...held } });
      await tx.manager.delete(Unit, { institutionId: actor.institutionId, id });
      await tx.audit('unit.remove', { kind: 'unit', id });
      return treeIn(tx, actor);
    });
  }
}
