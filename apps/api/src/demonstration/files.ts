import { csvText } from '@waymark/api-platform';
import { DateTime } from 'luxon';
import type { InventedPerson } from './invent-staff';
import type { DemonstrationInstitution } from './region';

/** The staff list of one year, as an HR system writes it. */
export const staffFile = (
  institution: DemonstrationInstitution,
  people: readonly InventedPerson[],
  list: number,
  today: Date,
): Buffer => {
  const there = people.filter((person) => person.from <= list && list <= person.until);
  const here = new Set(there.map(({ staffNumber }) => staffNumber));
  const rows = there.map((person) => [
    person.staffNumber,
    person.givenName,
    person.familyName,
    person.email,
    person.jobTitle[list] ?? '',
    person.unit.filter(Boolean).join(' > '),
    institution.grades[person.grade[list] ?? 0] ?? '',
    person.manager && here.has(person.manager) ? person.manager : '',
    person.technician ? 'yes' : 'no',
    person.contractMonths === null ? '' : dayFrom(today, person.contractMonths, 'dd/MM/yyyy'),
    person.skills.join('; '),
  ]);
  return Buffer.from(
    csvText(
      [
        'Staff number',
        'First name',
        'Last name',
        'E-mail',
        'Job title',
        'Unit',
        'Grade',
        'Manager staff number',
        'Technician',
        'Contract end date',
        'Skills',
      ],
      rows,
    ),
  );
};

/** Awards given in these months before today (`from` the earlier), of those who are in the list. */
export const awardsFile = (
  people: readonly InventedPerson[],
  list: number,
  { from, to }: { from: number; to: number },
  today: Date,
): Buffer | null => {
  const rows = people
    .filter((person) => person.from <= list && list <= person.until)
    .flatMap((person) =>
      person.awards
        .filter(({ monthsAgo }) => monthsAgo <= from && monthsAgo > to)
        .map((award) => [
          person.staffNumber,
          award.body,
          award.award,
          award.number,
          dayFrom(today, -award.monthsAgo, 'yyyy-MM-dd'),
          dayFrom(today, award.validMonths - award.monthsAgo, 'yyyy-MM-dd'),
        ]),
    );
  if (rows.length === 0) return null;
  return Buffer.from(
    csvText(['Staff number', 'Awarding body', 'Award', 'Award number', 'Awarded on', 'Award valid to'], rows),
  );
};

/** Mentors or mentees of a round, as their forms were exported. */
export const roundFile = (
  institution: DemonstrationInstitution,
  people: readonly InventedPerson[],
  list: number,
  side: 'mentors' | 'mentees',
  wished: (person: InventedPerson) => { skills: readonly string[]; places: number; campus: string },
): string =>
  csvText(
    [
      'First name',
      'Last name',
      'Email address',
      'Department',
      'Grade',
      'Skills',
      'Campus',
      ...(side === 'mentors' ? ['Places'] : []),
    ],
    people.map((person) => {
      const { skills, places, campus } = wished(person);
      return [
        person.givenName,
        person.familyName,
        person.email,
        person.unit[1] ?? person.unit[0],
        institution.grades[person.grade[list] ?? 0] ?? '',
        skills.join('; '),
        campus,
        ...(side === 'mentors' ? [places] : []),
      ];
    }),
  );

const dayFrom = (today: Date, months: number, form: string): string =>
  DateTime.fromJSDate(today, { zone: 'Europe/London' }).plus({ months }).toFormat(form);
