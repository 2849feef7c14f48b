import { awardsGiven, type DemonstrationInstitution, familyNames, givenNames, skills } from './region';
import { Random } from './random';

/** Which staff list somebody is in: the one of two years ago, of last year, of this spring. */
export const listsCount = 3;

export interface InventedAward {
  body: string;
  award: string;
  number: string;
  /** Months before today. */
  monthsAgo: number;
  validMonths: number;
}

export interface InventedPerson {
  staffNumber: string;
  givenName: string;
  familyName: string;
  email: string;
  /** By staff list; a person may move up. */
  jobTitle: readonly string[];
  /** Index in the institution's grades, by staff list. */
  grade: readonly number[];
  unit: readonly [school: string, department: string | null];
  /** Staff number of the line manager. */
  manager: string | null;
  technician: boolean;
  /** First and last staff list they are in, both included. */
  from: number;
  until: number;
  /** Months from today until the contract ends; null: permanent. */
  contractMonths: number | null;
  skills: readonly string[];
  awards: readonly InventedAward[];
}

const titles = [
  'Trainee technician',
  'Technician',
  'Technician',
  'Senior technician',
  'Technical specialist',
  'Technical manager',
] as const;

/**
 * The staff of one institution over two years: a head, a manager for each school, senior technicians who lead, and the
 * others; some come, some leave, some move up, and from year to year more of them are registered.
 */
export const inventStaff = (institution: DemonstrationInstitution, taken: Set<string>): InventedPerson[] => {
  const random = new Random(institution.domain);
  const top = institution.grades.length - 1;
  const people: InventedPerson[] = [];

  const name = (): [string, string] => {
    for (;;) {
      const pair: [string, string] = [random.one(givenNames), random.one(familyNames)];
      if (taken.has(pair.join(' '))) continue;
      taken.add(pair.join(' '));
      return pair;
    }
  };

  const add = (
    facts: Pick<InventedPerson, 'unit' | 'manager' | 'technician'> & { grade: number; title?: string; stays?: boolean },
  ): InventedPerson => {
    const [givenName, familyName] = name();
    const from = facts.stays || random.chance(0.84) ? 0 : 1 + random.below(listsCount - 1);
    const until = facts.stays || random.chance(0.9) ? listsCount - 1 : from + random.below(listsCount - from);
    const movesUp = facts.title === undefined && facts.grade < top - 1 && random.chance(0.12);
    const grade = Array.from(
      { length: listsCount },
      (_, list) => facts.grade + (movesUp && list === listsCount - 1 ? 1 : 0),
    );
    const person: InventedPerson = {
      staffNumber: `${institution.letters}${String(1001 + people.length * 7).padStart(5, '0')}`,
      givenName,
      familyName,
      email: `${givenName}.${familyName}@${institution.domain}.example`.toLowerCase(),
      jobTitle: grade.map((at) => facts.title ?? titles[Math.min(at, titles.length - 1)] ?? 'Technician'),
      grade,
      unit: facts.unit,
      manager: facts.manager,
      technician: facts.technician,
      from,
      until,
      contractMonths: !facts.stays && random.chance(0.14) ? 4 + random.below(28) : null,
      skills: random.some(skills, 1 + random.below(4)),
      awards: facts.technician ? awardsOf(facts.grade / Math.max(1, top)) : [],
    };
    people.push(person);
    return person;
  };

  /** The more senior, the more often registered; half of those who are have been for longer than two years. */
  const awardsOf = (seniority: number): InventedAward[] => {
    if (!random.chance(0.58 + seniority * 0.42)) return [];
    const bodies = random.chance(0.12) ? 2 : 1;
    const given = random.some([...new Set(awardsGiven.map(({ body }) => body))], bodies).map((body) => {
      const ofBody = awardsGiven.filter((one) => one.body === body);
      return ofBody[Math.min(ofBody.length - 1, Math.floor(seniority * ofBody.length))] ?? awardsGiven[0];
    });
    return given.map(({ body, award, letters }) => ({
      body,
      award,
      number: `${letters}${100_000 + random.below(800_000)}`,
      monthsAgo: random.chance(0.7) ? 27 + random.below(30) : 1 + random.below(25),
      validMonths: random.chance(0.08) ? 30 : 72,
    }));
  };

  const schools = Object.entries(institution.units);
  const head = add({
    unit: [schools[0]?.[0] ?? '', null],
    manager: null,
    technician: false,
    grade: top,
    title: 'Head of technical services',
    stays: true,
  });
  const managers = schools.map(([school]) =>
    add({
      unit: [school, null],
      manager: head.staffNumber,
      technician: true,
      grade: top - 1,
      title: 'Technical manager',
      stays: true,
    }),
  );
  const departments = schools.flatMap(([school, below], at) =>
    below.map((department) => ({ school, department, manager: managers[at] ?? head })),
  );
  const left = Math.max(0, institution.technicians - managers.length);
  const leads = departments.map(({ school, department, manager }) =>
    add({
      unit: [school, department],
      manager: manager.staffNumber,
      technician: true,
      grade: Math.max(1, top - 2),
      title: 'Senior technician',
      stays: true,
    }),
  );
  // Some leave and some come, so that as many are there today as the institution has.
  for (let present = leads.length; present < left;) {
    const at = random.below(departments.length);
    const { school, department } = departments[at] ?? { school: '', department: '' };
    const person = add({
      unit: [school, department],
      manager: (leads[at] ?? head).staffNumber,
      technician: true,
      grade: Math.min(Math.max(0, top - 2), random.below(Math.max(1, top - 1))),
    });
    if (person.until === listsCount - 1) present += 1;
  }
  return people;
};
