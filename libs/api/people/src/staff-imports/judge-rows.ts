import type { StaffField, StaffImportRow, StaffImportSettings, StaffImportView } from '@waymark/contracts';
import { gradesMost } from '../order-grades';
import type { StaffPlan } from './check-mapping';
import { type Change, compareStaff, type Judged, type PersonSet } from './compare-staff';
import { type Group, groupRows, type RowAtWork } from './group-rows';
import { awardKey, isActive, type KnownInstitution, type KnownStaff, nameOf } from './known-institution';
import { judgeManagers, type ManagerRef } from './judge-managers';
import type { AwardRead, RowNote, RowProblem, RowReading } from './read-row';
import { numberKey, restoreZeros, usualWidth } from './staff-numbers';
import { pathOf, type UnitNode, UnitTree } from './unit-tree';

export type { Change, PersonSet } from './compare-staff';

/** What applying a row would do, and why not where it is refused. */
export interface JudgedRow {
  line: number | null;
  outcome: StaffImportRow['outcome'];
  name: string;
  email: string | null;
  staffNumber: string | null;
  /** The person it is, where known. */
  known: KnownStaff | null;
  /** Rows of one person share it; null where it is nobody's. */
  group: Group | null;
  changes: Change[];
  /** What applying writes to the person; of the person's first row alone. */
  set: PersonSet;
  /** Names of skills to add. */
  skills: string[];
  award: AwardRead | null;
  problems: RowProblem[];
  notes: RowNote[];
}

export interface Judgement {
  rows: JudgedRow[];
  counts: NonNullable<StaffImportView['counts']>;
  newUnits: string[];
  newSkills: string[];
  /** In the file's spelling, in its order. */
  freshGrades: string[];
}

/**
 * What applying the file would do to each person and to those who are missing in it, judged against the institution as it
 * is: preview and applying judge by this alone.
 */
export const judgeRows = (
  readings: readonly RowReading[],
  plan: StaffPlan,
  settings: StaffImportSettings,
  institution: KnownInstitution,
): Judgement => new Judge(plan, settings, institution).run(readings);

/** Codes of rows that are nobody's; they spare nobody from being missing. */
const nobodys: ReadonlySet<string> = new Set(['totals-line', 'headings-repeated']);

class Judge {
  private readonly people = new Map<string, KnownStaff>();
  private readonly byNumber = new Map<string, KnownStaff>();
  private readonly byEmail = new Map<string, KnownStaff>();
  private readonly skillOf: ReadonlyMap<string, { id: string; name: string }>;
  private readonly gradeOf: ReadonlyMap<string, { id: string; name: string }>;
  private readonly tree: UnitTree;
  /** Two of whom a row may mean: neither is missing. */
  private readonly spared = new Set<string>();
  private readonly lastAdministrators = new Set<string>();
  private readonly addedSkills = new Map<Group, Set<string>>();
  private readonly addedAwards = new Map<Group, Set<string>>();
  private readonly headingOf: (field: StaffField) => string | null;

  constructor(
    private readonly plan: StaffPlan,
    private readonly settings: StaffImportSettings,
    private readonly institution: KnownInstitution,
  ) {
    for (const person of institution.people) {
      this.people.set(person.id, person);
      if (person.staffNumber !== null) this.byNumber.set(numberKey(person.staffNumber), person);
      if (person.email !== null) this.byEmail.set(person.email, person);
    }
    this.skillOf = new Map(institution.skills.map((skill) => [skill.name.toLowerCase(), skill]));
    this.gradeOf = new Map(institution.grades.map((grade) => [grade.name.toLowerCase(), grade]));
    this.tree = new UnitTree(institution.units);
    this.headingOf = (field) => {
      const column = plan.at[field];
      return column === null ? null : (plan.headings[column] ?? null);
    };
  }

  run(readings: readonly RowReading[]): Judgement {
    const rows = this.rowsOf(readings);
    const groups = groupRows(rows.atWork, this.plan.kind, {
      number: this.headingOf('staff-number'),
      email: this.headingOf('email'),
    });
    for (const group of groups) this.identify(group);
    for (const row of rows.atWork) this.refuseStranger(row);
    const units = this.unitsOf(rows.atWork);
    const freshGrades = this.gradesOf(rows.atWork);
    this.refuseSkills(rows.atWork);
    const missing = this.missingOf(rows.atWork, groups);
    const leaving = this.refuseLastAdministrators(groups, missing);
    const { managers, later } = judgeManagers({
      rows: rows.atWork,
      groups,
      people: this.people,
      numbers: this.byNumber,
      emails: this.byEmail,
      width: rows.width,
      today: this.institution.today,
      leavingBefore: (person) => leaving.get(person.id) ?? null,
      kind: this.plan.kind,
      headingOf: this.headingOf,
    });
    this.refuseFollowers(groups);
    const judged = rows.atWork.map((row) => this.judged(row, rows.restored, units, managers, later));
    judged.push(...this.leavers(missing));
    this.noteFresh(judged);
    const taken = new Set(
      judged.flatMap(({ outcome, set }) => (outcome !== 'refused' && set.grade ? [set.grade.toLowerCase()] : [])),
    );
    const counts = { new: 0, changed: 0, unchanged: 0, leaver: 0, refused: 0 };
    for (const { outcome } of judged) counts[outcome] += 1;
    return {
      rows: judged,
      counts,
      newUnits: newOnes(judged, ({ set }) => (set.unit && set.unit.id === null ? [pathOf(set.unit)] : [])),
      newSkills: newOnes(judged, ({ skills }) => skills.filter((name) => !this.skillOf.has(name.toLowerCase()))),
      freshGrades: freshGrades.filter((name) => taken.has(name.toLowerCase())),
    };
  }

  /** Rows with their numbers as they were meant. */
  private rowsOf(readings: readonly RowReading[]) {
    const numbers = readings.flatMap(({ staffNumber }) => staffNumber ?? []);
    const known = this.institution.people.flatMap(({ staffNumber }) => staffNumber ?? []);
    const width = usualWidth(numbers, known);
    const restored = new Map<RowAtWork, string>();
    const atWork = readings.map((reading): RowAtWork => {
      const row: RowAtWork = { reading, number: reading.staffNumber, problems: [...reading.problems], group: null };
      if (reading.staffNumber === null) return row;
      const meant = restoreZeros(reading.staffNumber, width, (number) => this.byNumber.has(numberKey(number)));
      if (meant === 'shortened') {
        row.problems.push({
          code: 'staff-number-shortened',
          heading: this.headingOf('staff-number'),
          value: reading.staffNumber,
        });
      } else {
        row.number = meant.number;
        if (meant.restored) restored.set(row, meant.number);
      }
      return row;
    });
    return { atWork, width, restored };
  }

  /** Whom the rows of a group are; refused where number and address are two people's. */
  private identify(group: Group): void {
    const found = new Set<KnownStaff>();
    for (const { number, reading } of group.rows) {
      const byNumber = number === null ? undefined : this.byNumber.get(numberKey(number));
      const byEmail = reading.email === null ? undefined : this.byEmail.get(reading.email);
      if (byNumber) found.add(byNumber);
      if (byEmail) found.add(byEmail);
    }
    const [person, other] = found;
    if (!person) return;
    const numbers = group.rows.flatMap(({ number }) => (number === null ? [] : [numberKey(number)]));
    const another =
      person.staffNumber !== null && numbers.length > 0 && !numbers.includes(numberKey(person.staffNumber));
    if (!other && !another) {
      group.known = person;
      return;
    }
    for (const row of group.rows) {
      row.problems.push({
        code: 'email-taken',
        heading: this.headingOf('email'),
        value: [...found].map((each) => `${nameOf(each)} (${each.staffNumber ?? each.email ?? ''})`).join(', '),
      });
    }
    group.known = person;
    for (const each of found) this.spared.add(each.id);
  }

  /** Files of managers, skills and awards bring nobody new, and nobody back. */
  private refuseStranger(row: RowAtWork): void {
    const { group, reading } = row;
    if (!group || row.problems.length > 0) return;
    const key = row.number ?? reading.email ?? '';
    const heading = this.headingOf(row.number === null ? 'email' : 'staff-number');
    const { today } = this.institution;
    if (this.plan.kind !== 'staff') {
      if (!group.known) row.problems.push({ code: 'person-unknown', heading, value: key });
      else if (!isActive(group.known, today))
        row.problems.push({ code: 'person-left', heading, value: nameOf(group.known) });
      return;
    }
    const leftOn = this.leftOnOf(group);
    if (!group.known && leftOn !== null && leftOn < today) {
      row.problems.push({ code: 'person-left', heading: this.headingOf('left-on'), value: leftOn });
    }
  }

  /** The last day of somebody whose contracts all end; null while one goes on. */
  private leftOnOf(group: Group): string | null {
    const days = group.rows.map(({ reading }) => reading.leftOn);
    return days.reduce((last, day) => (last === null || day === null ? null : day > last ? day : last));
  }

  private unitsOf(rows: readonly RowAtWork[]): Map<RowAtWork, UnitNode> {
    const units = new Map<RowAtWork, UnitNode>();
    for (const row of rows) {
      const { unit, unitCell } = row.reading;
      if (unit === null || row.problems.length > 0 || this.plan.kind !== 'staff') continue;
      const found = this.tree.find(unit, unitCell, this.settings.makeUnits);
      if (found) units.set(row, found);
      else {
        const heading = this.headingOf('unit') ?? this.headingOf('unit-1') ?? this.headingOf('unit-2');
        row.problems.push({ code: 'unit-unknown', heading, value: unit.join(' > ').slice(0, 80) });
      }
    }
    return units;
  }

  /** More grades than anybody could put in order are no grades: another column was taken for them. */
  private gradesOf(rows: readonly RowAtWork[]): string[] {
    const fresh = new Map<string, string>();
    for (const { reading, problems } of rows) {
      const key = reading.grade?.toLowerCase();
      if (key !== undefined && problems.length === 0 && !this.gradeOf.has(key) && !fresh.has(key)) {
        fresh.set(key, reading.grade ?? '');
      }
    }
    if (this.gradeOf.size + fresh.size <= gradesMost) return [...fresh.values()];
    for (const { reading, problems } of rows) {
      if (reading.grade !== null && fresh.has(reading.grade.toLowerCase())) {
        problems.push({ code: 'grade-unknown', heading: this.headingOf('grade'), value: reading.grade });
      }
    }
    return [];
  }

  private refuseSkills(rows: readonly RowAtWork[]): void {
    if (this.settings.makeSkills) return;
    for (const { reading, problems } of rows) {
      const unknown = reading.skills.find((name) => !this.skillOf.has(name.toLowerCase()));
      if (unknown !== undefined) {
        problems.push({ code: 'skill-unknown', heading: this.headingOf('skills'), value: unknown });
      }
    }
  }

  /** Active people with a staff number whom no row names, not even one that is refused. */
  private missingOf(rows: readonly RowAtWork[], groups: readonly Group[]): KnownStaff[] {
    const { today, people } = this.institution;
    if (this.plan.kind !== 'staff' || !this.settings.missingAreLeavers) return [];
    const named = new Set([...this.spared, ...groups.flatMap(({ known }) => known?.id ?? [])]);
    const names = new Set<string>();
    for (const row of rows) {
      if (row.problems.length === 0 || row.problems.some(({ code }) => nobodys.has(code))) continue;
      const { staffNumber, email, givenName, familyName } = row.reading;
      names.add(nameOf({ givenName, familyName }).toLowerCase());
      for (const person of [this.byNumber.get(numberKey(staffNumber ?? '')), this.byEmail.get(email ?? '')]) {
        if (person) named.add(person.id);
      }
    }
    return people.filter(
      (person) =>
        person.staffNumber !== null &&
        !person.externallyFunded &&
        person.leftOn === null &&
        isActive(person, today) &&
        !named.has(person.id) &&
        !names.has(nameOf(person).toLowerCase()),
    );
  }

  private get lastDayOfMissing(): string {
    return this.settings.lastDayOfMissing ?? this.institution.today;
  }

  /**
   * Without an administrator nobody could grant a role any more: where all of them would leave, none of them does.
   * Answers the last day of each who leaves by this file.
   */
  private refuseLastAdministrators(groups: readonly Group[], missing: KnownStaff[]): Map<string, string> {
    const { administrators } = this.institution;
    const leaving = new Map(missing.map(({ id }) => [id, this.lastDayOfMissing]));
    for (const group of groups) {
      const day = this.leftOnOf(group);
      if (group.known && day !== null && this.plan.kind === 'staff') leaving.set(group.known.id, day);
    }
    const all = administrators.size > 0 && [...administrators].every((id) => leaving.has(id));
    if (!all) return leaving;
    for (const id of administrators) {
      leaving.delete(id);
      this.lastAdministrators.add(id);
    }
    for (const group of groups) {
      if (!group.known || !administrators.has(group.known.id)) continue;
      for (const row of group.rows) {
        row.problems.push({
          code: 'last-administrator',
          heading: this.headingOf('left-on'),
          value: row.reading.leftOn ?? '',
        });
      }
    }
    return leaving;
  }

  /** Where a new person's own row is refused, their other rows are nobody's. */
  private refuseFollowers(groups: readonly Group[]): void {
    for (const { known, rows } of groups) {
      const [first] = rows;
      if (known || !first || first.problems.length === 0) continue;
      const [problem] = first.problems;
      for (const row of rows.slice(1)) if (row.problems.length === 0 && problem) row.problems.push(problem);
    }
  }

  private judged(
    row: RowAtWork,
    restored: ReadonlyMap<RowAtWork, string>,
    units: ReadonlyMap<RowAtWork, UnitNode>,
    managers: ReadonlyMap<RowAtWork, ManagerRef>,
    later: ReadonlyMap<RowAtWork, string>,
  ): JudgedRow {
    const { reading, group } = row;
    const known = group?.known ?? null;
    const readName = nameOf(reading);
    const judged: JudgedRow = {
      line: reading.line,
      outcome: 'refused',
      name: readName || (known ? nameOf(known) : ''),
      email: reading.email ?? known?.email ?? null,
      staffNumber: row.number ?? known?.staffNumber ?? null,
      known,
      group,
      changes: [],
      set: {},
      skills: [],
      award: null,
      problems: row.problems,
      notes: [],
    };
    const zeros = restored.get(row);
    if (zeros !== undefined) judged.notes.push({ code: 'zeros-restored', value: zeros });
    if (row.problems.length > 0 || !group) return judged;
    const first = group.rows.find(({ problems }) => problems.length === 0);
    if (first === row || !first)
      this.compareFirst(judged, row, group, units.get(row) ?? null, managers.get(row) ?? null);
    else {
      this.noteFollower(judged, first, row);
      judged.outcome = 'unchanged';
    }
    const managerLater = later.get(row);
    if (managerLater !== undefined) judged.notes.push({ code: 'manager-later', value: managerLater });
    if (judged.outcome === 'refused') return judged;
    this.addSkills(judged, group, reading);
    this.addAward(judged, group, reading);
    if (judged.outcome === 'unchanged' && judged.changes.length > 0) judged.outcome = 'changed';
    return judged;
  }

  private compareFirst(
    judged: JudgedRow,
    row: RowAtWork,
    group: Group,
    unit: UnitNode | null,
    manager: ManagerRef | null,
  ): void {
    const result: Judged = compareStaff({
      kind: this.plan.kind,
      reading: row.reading,
      number: row.number,
      known: group.known,
      unit,
      grade: row.reading.grade === null ? null : (this.gradeOf.get(row.reading.grade.toLowerCase()) ?? null),
      manager,
      leftOn: this.leftOnOf(group),
      settings: this.settings,
      institution: this.institution,
      nameOfPerson: (id) => {
        const person = this.people.get(id);
        return person ? nameOf(person) : null;
      },
      nameOfGrade: (id) => this.institution.grades.find((grade) => grade.id === id)?.name ?? null,
      unitOf: (id) => this.tree.known(id),
      numbersOfPerson: group.rows.flatMap(({ number }) => (number === null ? [] : [numberKey(number)])),
    });
    judged.outcome = result.outcome;
    judged.changes = result.changes;
    judged.set = result.set;
    judged.notes.push(...result.notes);
  }

  private noteFollower(judged: JudgedRow, first: RowAtWork, row: RowAtWork): void {
    if (this.plan.kind === 'skills' || this.plan.kind === 'awards') return;
    const same = contentOf(first.reading) === contentOf(row.reading);
    judged.notes.push({ code: same ? 'repeated-row' : 'second-contract', value: String(first.reading.line) });
  }

  private addSkills(judged: JudgedRow, group: Group, reading: RowReading): void {
    const held = (judged.known && this.institution.skillsHeld.get(judged.known.id)) ?? null;
    const added = this.addedSkills.get(group) ?? new Set<string>();
    this.addedSkills.set(group, added);
    for (const name of reading.skills) {
      const skill = this.skillOf.get(name.toLowerCase());
      if (added.has(name.toLowerCase()) || (skill && held?.has(skill.id))) continue;
      added.add(name.toLowerCase());
      judged.skills.push(skill?.name ?? name);
    }
    if (judged.skills.length > 0) judged.changes.push({ field: 'skills', from: null, to: judged.skills.join('; ') });
  }

  private addAward(judged: JudgedRow, group: Group, { award }: RowReading): void {
    if (!award) return;
    const key = awardKey(award);
    const added = this.addedAwards.get(group) ?? new Set<string>();
    this.addedAwards.set(group, added);
    const held = judged.known ? this.institution.awardsHeld.get(judged.known.id) : undefined;
    if (added.has(key) || held?.has(key)) return;
    added.add(key);
    judged.award = award;
    judged.changes.push({ field: 'award', from: null, to: `${award.award} (${award.body}), ${award.awardedOn}` });
  }

  private leavers(missing: readonly KnownStaff[]): JudgedRow[] {
    const day = this.lastDayOfMissing;
    return [...missing]
      .sort((a, b) => a.familyName.localeCompare(b.familyName) || a.givenName.localeCompare(b.givenName))
      .map((person): JudgedRow => {
        const last = this.lastAdministrators.has(person.id);
        return {
          line: null,
          outcome: last ? 'refused' : 'leaver',
          name: nameOf(person),
          email: person.email,
          staffNumber: person.staffNumber,
          known: person,
          group: null,
          changes: last ? [] : [{ field: 'left-on', from: person.leftOn, to: day }],
          set: last ? {} : { leftOn: day },
          skills: [],
          award: null,
          problems: last ? [{ code: 'last-administrator', heading: null, value: nameOf(person) }] : [],
          notes: [],
        };
      });
  }

  private noteFresh(rows: readonly JudgedRow[]): void {
    for (const row of rows) {
      if (row.outcome === 'refused') continue;
      if (row.set.unit && row.set.unit.id === null) row.notes.push({ code: 'unit-new', value: pathOf(row.set.unit) });
      const { grade } = row.set;
      if (grade !== undefined && !this.gradeOf.has(grade.toLowerCase()))
        row.notes.push({ code: 'grade-new', value: grade });
      for (const name of row.skills) {
        if (!this.skillOf.has(name.toLowerCase())) row.notes.push({ code: 'skill-new', value: name });
      }
    }
  }
}

const contentOf = ({ line: _line, problems: _problems, ...content }: RowReading): string => JSON.stringify(content);

/** Each once, whatever its case, in the spelling that comes first. */
const newOnes = (rows: readonly JudgedRow[], namesOf: (row: JudgedRow) => string[]): string[] => {
  const names = new Map<string, string>();
  for (const row of rows) {
    if (row.outcome === 'refused') continue;
    for (const name of namesOf(row)) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
};
