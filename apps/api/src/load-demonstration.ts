import type { INestApplicationContext } from '@nestjs/common';
import { ChangeRound, JoinRound, StartRound } from '@waymark/api-mentoring';
import { hashPassword, PeopleFacade } from '@waymark/api-people';
import { type Actor, Institution, Reads, Transactions, type Tx } from '@waymark/api-platform';
import { newRoundRules, permissionsOf } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import {
  demonstrationGrades,
  demonstrationInstitution,
  demonstrationPassword,
  demonstrationPeople,
  demonstrationUnits,
} from './demonstration-people';

const nameOf = (person: { givenName: string; familyName: string }) => `${person.givenName} ${person.familyName}`;

/**
 * One institution with its people, in one transaction, then an open round; a round that a killed process left out is made
 * good at the next call. True if it made anything.
 */
export const loadDemonstration = async (application: INestApplicationContext): Promise<boolean> => {
  const transactions = application.get(Transactions);
  const people = application.get(PeopleFacade);
  const waiting = await withoutRound(application);
  if (waiting) {
    await openRound(application, waiting.institutionId, waiting.coordinatorId);
    return true;
  }
  const institutionId = randomUUIDv7();
  const passwordHash = await hashPassword(demonstrationPassword);
  const coordinator = await transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(8702)');
    const [installation] = await tx.query<{ empty: boolean }>('select installation_empty() as empty');
    if (!installation?.empty) return null;
    await tx.insert(Institution, {
      ...demonstrationInstitution,
      id: institutionId,
      timeZone: 'Europe/London',
      demonstration: true,
      createdAt: tx.now,
    });
    const ids = await addPeople(tx, people);
    await tx.query(
      `update account set password_hash = $2 where id in (select account_id from account_person where institution_id = $1)`,
      [institutionId, passwordHash],
    );
    await addMentoring(tx, ids);
    return ids.get('Olive Solder') ?? null;
  });
  if (!coordinator) return false;
  await openRound(application, institutionId, coordinator);
  return true;
};

/** A demonstration whose round was never opened, with its coordinator. */
const withoutRound = async (
  application: INestApplicationContext,
): Promise<{ institutionId: string; coordinatorId: string } | null> => {
  const reads = application.get(Reads);
  const [row] = await reads.global<{ id: string | null }>({
    name: 'demonstration-institution',
    text: 'select demonstration_institution() as id',
    values: [],
  });
  if (!row?.id) return null;
  const [coordinator] = await reads.rows<{ id: string }>(
    { institutionId: row.id },
    {
      name: 'demonstration-coordinator',
      text: `select person_id as id from role_held where institution_id = $1 and role = 'coordinator'
        and not exists (select from round where institution_id = $1) order by id limit 1`,
      values: [row.id],
    },
  );
  return coordinator ? { institutionId: row.id, coordinatorId: coordinator.id } : null;
};

const addPeople = async (tx: Tx, people: PeopleFacade): Promise<Map<string, string>> => {
  const units = await people.unitsNamed(tx, demonstrationUnits);
  await people.addGrades(tx, demonstrationGrades);
  const grades = await people.grades(tx);
  const ids = await people.add(
    tx,
    demonstrationPeople.map(({ unit, grade, givenName, familyName, email, jobTitle, technician }) => ({
      givenName,
      familyName,
      email,
      jobTitle,
      technician,
      unitId: units.get(unit.toLowerCase()) ?? null,
      gradeId: grades.get(grade.toLowerCase())?.id ?? null,
    })),
  );
  const byName = new Map(demonstrationPeople.map((person, index) => [nameOf(person), ids[index] ?? '']));
  for (const person of demonstrationPeople) {
    const id = byName.get(nameOf(person));
    if (person.manager) {
      await tx.query(`update person set line_manager_id = $3 where institution_id = $1 and id = $2`, [
        tx.scope.institutionId,
        id,
        byName.get(person.manager),
      ]);
    }
    for (const role of person.roles) {
      await tx.query(
        `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, $4, $5)`,
        [tx.scope.institutionId, tx.newId(), id, role, tx.now],
      );
    }
  }
  return byName;
};

const addMentoring = async (tx: Tx, ids: Map<string, string>): Promise<void> => {
  for (const person of demonstrationPeople) {
    const personId = ids.get(nameOf(person));
    if (person.mentor) {
      const { capacity, ...offers } = person.mentor;
      await tx.query(
        `insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
         values ($1, $2, $3, 'active', $4, $5, $6, 1)`,
        [
          tx.scope.institutionId,
          tx.newId(),
          personId,
          capacity,
          { skills: offers.skills, campus: [offers.campus] },
          tx.now,
        ],
      );
    }
    if (person.mentee) {
      const { waited, ...wishes } = person.mentee;
      await tx.query(
        `insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
         values ($1, $2, $3, 'open', $4, $5, $6, 1)`,
        [
          tx.scope.institutionId,
          tx.newId(),
          personId,
          { skills: wishes.skills, campus: [wishes.campus] },
          waited,
          tx.now,
        ],
      );
    }
  }
};

/** The open round, made by the product's own use cases, as the coordinator would. */
const openRound = async (
  application: INestApplicationContext,
  institutionId: string,
  personId: string,
): Promise<void> => {
  const actor: Actor = {
    institutionId,
    personId,
    accountId: personId,
    sessionId: personId,
    givenName: 'Olive',
    name: 'Olive Solder',
    institutionName: demonstrationInstitution.name,
    timeZone: 'Europe/London',
    roles: ['coordinator'],
    permissions: permissionsOf(['coordinator']),
    correlationId: null,
  };
  const round = await application.get(StartRound).run(actor, { name: 'Winter 2026 round' });
  const changed = await application.get(ChangeRound).run(actor, round.id, {
    version: round.version,
    name: round.name,
    rules: {
      ...newRoundRules,
      never: { sameUnit: false, earlierPairs: true, gradeSteps: { from: 0, to: 4 } },
      points: {
        grade: [
          { steps: 1, points: 20 },
          { steps: 2, points: 25 },
          { steps: 3, points: 10 },
        ],
        shared: [
          { attribute: 'skills', points: 45 },
          { attribute: 'campus', points: 20 },
        ],
        identity: 0,
        waiting: 10,
      },
    },
  });
  await application.get(JoinRound).run(actor, changed.id, { version: changed.version });
};
