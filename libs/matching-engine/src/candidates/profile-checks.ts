import { MAX_PEOPLE, MAX_PLACES, MAX_SCORE } from '../assign/assign-types.ts';
import { MAX_GRADE, MAX_VALUE, type ProfilePeople, type ProfileTable } from './profile-types.ts';
import { type ProfilesPosition, type ProfilesRefusal, ProfilesRefused } from './profiles-refused.ts';

/** Throws `ProfilesRefused` at the first fault: rules, then mentees, then mentors, then forbidden pairs. O(input). */
export function checkProfiles(table: ProfileTable): void {
  checkRules(table);
  checkPeople('mentees', table.mentees, table.rules.attributes.length);
  checkPeople('mentors', table.mentors, table.rules.attributes.length);
  checkScores(table);
  const { forbiddenMentee, forbiddenMentor } = table;
  if (forbiddenMentee.length !== forbiddenMentor.length) {
    refuse('lists-differ-in-length', 'forbidden', 0, 'mentor', 'columns of forbidden pairs differ in length');
  }
  for (let index = 0; index < forbiddenMentee.length; index++) {
    if (!isWhole(forbiddenMentee[index]!, table.mentees.ids.length - 1))
      refuse('mentee-unknown', 'forbidden', index, 'mentee', 'the mentee of a forbidden pair is not among the mentees');
    if (!isWhole(forbiddenMentor[index]!, table.mentors.ids.length - 1))
      refuse('mentor-unknown', 'forbidden', index, 'mentor', 'the mentor of a forbidden pair is not among the mentors');
  }
}

function checkRules({ rules }: ProfileTable): void {
  rules.attributes.forEach((rule, index) => {
    checkPoints('attributes', index, rule.pointsOnce);
    checkPoints('attributes', index, rule.pointsEach ?? 0);
    if (rule.must !== undefined && rule.must !== 'share' && rule.must !== 'differ')
      refuse('attribute-not-known', 'attributes', index, 'must', `${String(rule.must)} is neither share nor differ`);
  });
  const seen = new Map<number, number>();
  rules.gradePoints.forEach(({ steps, points }, index) => {
    checkSteps('gradePoints', index, 'steps', steps);
    checkPoints('gradePoints', index, points);
    const firstIndex = seen.get(steps);
    if (firstIndex !== undefined) {
      throw new ProfilesRefused(
        'steps-repeated',
        { list: 'gradePoints', index, field: 'steps', firstIndex },
        `points for ${steps} steps are given twice`,
      );
    }
    seen.set(steps, index);
  });
  if (!rules.gradeSteps) return;
  const { from, to } = rules.gradeSteps;
  checkSteps('gradeSteps', 0, 'from', from);
  checkSteps('gradeSteps', 0, 'from', to);
  if (from > to) refuse('grade-range-reversed', 'gradeSteps', 0, 'from', `allowed steps go from ${from} to ${to}`);
}

function checkSteps(list: 'gradePoints' | 'gradeSteps', index: number, field: 'steps' | 'from', steps: number): void {
  if (Number.isInteger(steps) && Math.abs(steps) <= MAX_GRADE) return;
  refuse('steps-not-whole', list, index, field, `steps must be a whole number within ${MAX_GRADE}, not ${steps}`);
}

function checkPoints(list: ProfilesPosition['list'], index: number, points: number): void {
  if (!Number.isInteger(points)) refuse('points-not-whole', list, index, 'points', `points must be whole: ${points}`);
  if (points < 0) refuse('points-negative', list, index, 'points', `points are below 0: ${points}`);
  if (points > MAX_SCORE) refuse('score-too-high', list, index, 'points', `points are above ${MAX_SCORE}: ${points}`);
}

function checkPeople(list: 'mentees' | 'mentors', people: ProfilePeople, attributes: number): void {
  const { ids, places, grade, values } = people;
  if (ids.length > MAX_PEOPLE) refuse('too-many-people', list, MAX_PEOPLE, 'id', `more than ${MAX_PEOPLE} ${list}`);
  const differ = (field: 'places' | 'grade' | 'values', index: number) =>
    refuse('lists-differ-in-length', list, index, field, `ids and ${field} of ${list} differ in length`);
  if (places.length !== ids.length) differ('places', 0);
  if (grade.length !== ids.length) differ('grade', 0);
  if (values.length !== attributes) differ('values', values.length);
  values.forEach(({ start, value }, attribute) => {
    if (start.length !== ids.length + 1 || start[0] !== 0 || start[ids.length] !== value.length) {
      differ('values', attribute);
    }
  });
  for (let index = 0; index < ids.length; index++) {
    if (typeof ids[index] !== 'string' || ids[index] === '')
      refuse('id-empty', list, index, 'id', `an entry of ${list} has no id`);
    const own = places[index]!;
    if (!isWhole(own, MAX_PLACES)) {
      const name = !Number.isInteger(own) ? 'places-not-whole' : own < 0 ? 'places-negative' : 'places-too-high';
      refuse(name, list, index, 'places', `places must be a whole number from 0 to ${MAX_PLACES}, not ${own}`);
    }
    if (grade[index] !== -1 && !isWhole(grade[index]!, MAX_GRADE))
      refuse('grade-not-known', list, index, 'grade', `a grade is a whole number from 0 to ${MAX_GRADE}, or -1`);
    for (const { start, value } of values) {
      if (!(start[index]! <= start[index + 1]!)) differ('values', index);
      for (let at = start[index]!; at < start[index + 1]!; at++) {
        if (!isWhole(value[at]!, MAX_VALUE))
          refuse('value-not-known', list, index, 'values', `a value is a whole number from 0 to ${MAX_VALUE}`);
      }
    }
  }
}

/** The highest score that the rules could give must be one that `assign` takes. */
function checkScores({ rules, mentees }: ProfileTable): void {
  if (mentees.points.length !== mentees.ids.length) {
    refuse('lists-differ-in-length', 'mentees', 0, 'points', 'ids and points of mentees differ in length');
  }
  const grade = rules.gradePoints.reduce((most, { points }) => Math.max(most, points), 0);
  for (let index = 0; index < mentees.ids.length; index++) {
    checkPoints('mentees', index, mentees.points[index]!);
    let most = grade + mentees.points[index]!;
    rules.attributes.forEach(({ pointsOnce, pointsEach = 0 }, attribute) => {
      const { start } = mentees.values[attribute]!;
      const own = start[index + 1]! - start[index]!;
      if (own > 0) most += pointsOnce + own * pointsEach;
    });
    if (most > MAX_SCORE)
      refuse('score-too-high', 'mentees', index, 'points', `a pair could score ${most}, above ${MAX_SCORE}`);
  }
}

function isWhole(value: number, highest: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= highest;
}

function refuse(
  name: ProfilesRefusal,
  list: ProfilesPosition['list'],
  index: number,
  field: ProfilesPosition['field'],
  text: string,
): never {
  throw new ProfilesRefused(name, { list, index, field }, text);
}
