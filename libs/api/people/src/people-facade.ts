import { Injectable } from '@nestjs/common';
import { Refused, type Tx } from '@waymark/api-platform';
import { linkAccounts } from './accounts';
import type { Approver } from './administration/approver';
import { approversOf, nextApproversOf } from './administration/approvers';
import { Grade, Relationship, type RelationshipKind } from './entities';
import { leave } from './leaving/leave';
import {
  acceptedTransfer,
  type CardAcross,
  cardAcross,
  type TransferFacts,
  transferOfLeaver,
} from './leaving/transfer-facts';

/** A person as other domains may know them. Dates are days of the institution's time zone. */
export interface PersonFacts {
  id: string;
  givenName: string;
  familyName: string;
  email: string | null;
  jobTitle: string | null;
  unitId: string | null;
  gradeId: string | null;
  /** Position in the institution's order of grades, 0 the lowest. */
  gradePosition: number | null;
  lineManagerId: string | null;
  technician: boolean;
  active: boolean;
}

export interface NewPerson {
  givenName: string;
  familyName: string;
  email: string | null;
  jobTitle: string | null;
  unitId: string | null;
  gradeId: string | null;
  technician: boolean;
}

export interface RelationshipFact {
  kind: RelationshipKind;
  subjectId: string;
  objectId: string;
  since: Date;
  until: Date | null;
}

/** Rows in one insert; PostgreSQL takes 65,535 values a statement. */
const batch = 2000;
const batches = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / batch) }, (_, index) =>
    items.slice(index * batch, (index + 1) * batch),
  );

const factsSql = `
  select p.id, p.given_name as "givenName", p.family_name as "familyName", p.email, p.job_title as "jobTitle",
    p.unit_id as "unitId", p.grade_id as "gradeId", g.position as "gradePosition", p.line_manager_id as "lineManagerId",
    p.technician, p.left_on is null or p.left_on >= ($2::timestamptz at time zone i.time_zone)::date as active
  from person p
  join institution i on i.id = p.institution_id
  left join grade g on g.institution_id = p.institution_id and g.id = p.grade_id
  where p.institution_id = $1`;

/**
 * The way into people for the other domains. Everything happens in the caller's transaction and institution; relationships are
 * facts that each domain writes here, and that every conflict check reads here.
 */
@Injectable()
export class PeopleFacade {
  facts(tx: Tx, ids: readonly string[]): Promise<PersonFacts[]> {
    return tx.query(`${factsSql} and p.id = any ($3)`, [tx.scope.institutionId, tx.now, ids]);
  }

  factsByEmail(tx: Tx, emails: readonly string[]): Promise<PersonFacts[]> {
    return tx.query(`${factsSql} and p.email = any ($3)`, [tx.scope.institutionId, tx.now, emails]);
  }

  /**
   * Units by name, whatever their case; the missing ones are made at the top of the tree. Keys are in lower case. Which
   * names are one is for the database to say: its folding and JavaScript's differ beyond English.
   */
  async unitsNamed(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
    await tx.query(
      `insert into unit (institution_id, id, name)
       select $1, uuidv7(), wanted.name from (
         select distinct on (lower(name)) name from unnest($2::text[]) with ordinality as w(name, n) order by lower(name), n
       ) wanted
       where not exists (select from unit u where u.institution_id = $1 and lower(u.name) = lower(wanted.name))
       on conflict do nothing`,
      [tx.scope.institutionId, names],
    );
    return new Map([...(await this.knownUnits(tx, names))].map(([name, id]) => [name.toLowerCase(), id]));
  }

  /** Of these names of units, those that the institution has, as they are written here. */
  async knownUnits(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
    const found = await tx.query<{ id: string; name: string }>(
      `select distinct on (w.name) w.name, u.id from unnest($2::text[]) as w(name)
       join unit u on u.institution_id = $1 and lower(u.name) = lower(w.name) order by w.name, u.parent_id nulls first`,
      [tx.scope.institutionId, names],
    );
    return new Map(found.map(({ name, id }) => [name, id]));
  }

  /** Grades by name in lower case, with position. */
  async grades(tx: Tx): Promise<Map<string, { id: string; name: string; position: number }>> {
    const rows = await tx.query<{ id: string; name: string; position: number }>(
      `select id, name, position from grade where institution_id = $1 order by position`,
      [tx.scope.institutionId],
    );
    return new Map(rows.map((row) => [row.name.toLowerCase(), row]));
  }

  /**
   * Puts fresh grades into the institution's order, lowest first. The known ones must all be there in the order they
   * have, else refused with `grades-unordered`.
   */
  async addGrades(tx: Tx, order: readonly string[]): Promise<void> {
    await tx.query(`select id from grade where institution_id = $1 order by id for update`, [tx.scope.institutionId]);
    const known = await this.grades(tx);
    const kept = order.filter((name) => known.has(name.toLowerCase())).map((name) => name.toLowerCase());
    const unchanged = kept.length === known.size && [...known.keys()].every((name, index) => kept[index] === name);
    if (!unchanged || new Set(order.map((name) => name.toLowerCase())).size !== order.length) {
      throw new Refused('grades-unordered');
    }
    for (const [position, name] of order.entries()) {
      const grade = known.get(name.toLowerCase());
      if (!grade) await tx.insert(Grade, { institutionId: tx.scope.institutionId, id: tx.newId(), name, position });
      else if (grade.position !== position) {
        await tx.manager.update(Grade, { institutionId: tx.scope.institutionId, id: grade.id }, { position });
      }
    }
  }

  /** Adds people, with an account where they have an e-mail address. Answers their identifiers in the order given. */
  async add(tx: Tx, people: readonly NewPerson[]): Promise<string[]> {
    const rows = people.map((person) => ({ ...person, id: tx.newId() }));
    for (const some of batches(rows)) {
      await tx.query(
        `insert into person (institution_id, id, given_name, family_name, email, job_title, unit_id, grade_id, technician,
           created_at, version)
         select $1, r.id, r."givenName", r."familyName", r.email, r."jobTitle", r."unitId", r."gradeId", r.technician, $3, 1
         from jsonb_to_recordset($2::jsonb) as r(id uuid, "givenName" text, "familyName" text, email text, "jobTitle" text,
           "unitId" uuid, "gradeId" uuid, technician boolean)`,
        [tx.scope.institutionId, JSON.stringify(some), tx.now],
      );
      await linkAccounts(tx, some);
    }
    return rows.map((row) => row.id);
  }

  /** Changes some fields of people; what is not named stays. A field named with null is emptied. */
  async change(tx: Tx, changes: readonly { id: string; set: Partial<Omit<NewPerson, 'email'>> }[]): Promise<void> {
    for (const some of batches(changes)) {
      await tx.query(
        `update person p set
           given_name = case when r.set ? 'givenName' then r.set->>'givenName' else p.given_name end,
           family_name = case when r.set ? 'familyName' then r.set->>'familyName' else p.family_name end,
           job_title = case when r.set ? 'jobTitle' then r.set->>'jobTitle' else p.job_title end,
           unit_id = case when r.set ? 'unitId' then (r.set->>'unitId')::uuid else p.unit_id end,
           grade_id = case when r.set ? 'gradeId' then (r.set->>'gradeId')::uuid else p.grade_id end,
           technician = case when r.set ? 'technician' then (r.set->>'technician')::boolean else p.technician end,
           version = p.version + 1
         from jsonb_to_recordset($2::jsonb) as r(id uuid, set jsonb)
         where p.institution_id = $1 and p.id = r.id`,
        [tx.scope.institutionId, JSON.stringify(some)],
      );
    }
  }

  /**
   * Sets these people's last day; they are active until its end, by the institution's own clock. Where it has passed, their
   * sessions end in this transaction and every domain hears of it (`person.left`); else a scheduled task sees to it.
   */
  leave(tx: Tx, ids: readonly string[], lastDay: string): Promise<void> {
    return leave(tx, ids, lastDay);
  }

  /** An accepted transfer out of this institution; null where there is none of this identifier. */
  acceptedTransfer(tx: Tx, id: string): Promise<TransferFacts | null> {
    return acceptedTransfer(tx, id);
  }

  /** The transfer with which somebody's last day here was set; null where they left otherwise. */
  transferOfLeaver(tx: Tx, personId: string): Promise<TransferFacts | null> {
    return transferOfLeaver(tx, personId);
  }

  /** What a person of another institution may know of somebody here: their card in a row that two institutions share. */
  cardAcross(tx: Tx, personId: string): Promise<CardAcross> {
    return cardAcross(tx, personId);
  }

  /**
   * For each person, who decides on what they ask for on a day (`2026-05-01`) of the institution: the line manager, else
   * whoever stands in for them, else the next manager up; never the person themself, and with the reason why.
   */
  approversOf(tx: Tx, personIds: readonly string[], on: string): Promise<Map<string, Approver>> {
    return approversOf(tx, personIds, on);
  }

  /**
   * The same where some were asked and did not answer, by person: whoever stands in for the one who was silent, else the next
   * manager up.
   */
  nextApproversOf(tx: Tx, silent: ReadonlyMap<string, readonly string[]>, on: string): Promise<Map<string, Approver>> {
    return nextApproversOf(tx, silent, on);
  }

  /** For each person, everybody above them, nearest first. */
  async managersAbove(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await tx.query<{ id: string; above: string[] }>(
      `with recursive chain as (
         select id as start, line_manager_id as manager, 1 as steps from person
         where institution_id = $1 and id = any ($2) and line_manager_id is not null
         union all
         select c.start, p.line_manager_id, c.steps + 1 from chain c
         join person p on p.institution_id = $1 and p.id = c.manager
         where p.line_manager_id is not null and c.steps < 50
       )
       select start as id, array_agg(manager order by steps) as above from chain group by start`,
      [tx.scope.institutionId, ids],
    );
    return new Map(rows.map((row) => [row.id, row.above]));
  }

  /** Dated facts of these kinds in which any of these people takes part, past ones included. */
  relationships(tx: Tx, ids: readonly string[], kinds: readonly RelationshipKind[]): Promise<RelationshipFact[]> {
    return tx.query(
      `select kind, subject_id as "subjectId", object_id as "objectId", since, until from relationship
       where institution_id = $1 and kind = any ($3) and (subject_id = any ($2) or object_id = any ($2))`,
      [tx.scope.institutionId, ids, kinds],
    );
  }

  /** Writes a fact between two people; `sourceId` is the record that makes it, for example the pair. */
  async relate(
    tx: Tx,
    fact: { kind: RelationshipKind; subjectId: string; objectId: string; sourceId: string },
  ): Promise<void> {
    await tx.insert(Relationship, {
      ...fact,
      institutionId: tx.scope.institutionId,
      id: tx.newId(),
      since: tx.now,
      until: null,
    });
  }

  /** The same for many at once. */
  async relateEach(
    tx: Tx,
    facts: readonly { kind: RelationshipKind; subjectId: string; objectId: string; sourceId: string }[],
  ): Promise<void> {
    await tx.query(
      `insert into relationship (institution_id, id, kind, subject_id, object_id, source_id, since)
       select $1, uuidv7(), f.kind, f."subjectId", f."objectId", f."sourceId", $2
       from jsonb_to_recordset($3::jsonb) as f(kind text, "subjectId" uuid, "objectId" uuid, "sourceId" uuid)`,
      [tx.scope.institutionId, tx.now, JSON.stringify(facts)],
    );
  }

  /** Ends the facts that these records made. */
  async endRelationshipsOf(tx: Tx, sourceIds: readonly string[]): Promise<void> {
    await tx.query(
      `update relationship set until = $3 where institution_id = $1 and source_id = any ($2::uuid[]) and until is null`,
      [tx.scope.institutionId, sourceIds, tx.now],
    );
  }

  /** Ends the facts that a record made. */
  async endRelationships(tx: Tx, sourceId: string): Promise<void> {
    await tx.query(
      `update relationship set until = $3 where institution_id = $1 and source_id = $2 and until is null`,
      [tx.scope.institutionId, sourceId, tx.now],
    );
  }
}
