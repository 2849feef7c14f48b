import { MAX_PEOPLE, MAX_PLACES } from '../assign/assign-types.ts';
import { StableRefused } from './stable-refused.ts';
import { type ChoiceColumns, MAX_RANK, type StableTable } from './stable-types.ts';

/** Throws `StableRefused` at the first fault that can be seen without sorting. O(people + listed choices). */
export function checkTable(table: StableTable): void {
  const { menteeIds, menteePlaces, mentorIds, mentorPlaces, menteeChoices, mentorChoices } = table;
  checkPeople('mentees', menteeIds, menteePlaces);
  checkPeople('mentors', mentorIds, mentorPlaces);
  checkChoices('menteeChoices', menteeChoices, menteeIds.length, mentorIds.length);
  checkChoices('mentorChoices', mentorChoices, mentorIds.length, menteeIds.length);
}

function checkPeople(list: 'mentees' | 'mentors', ids: readonly string[], places: ArrayLike<number>): void {
  if (ids.length > MAX_PEOPLE) {
    const at = { list, index: MAX_PEOPLE, field: 'id' } as const;
    throw new StableRefused('too-many-people', at, `at most ${MAX_PEOPLE} ${list} are possible`);
  }
  if (ids.length !== places.length) {
    const at = { list, index: Math.min(ids.length, places.length), field: 'places' } as const;
    throw new StableRefused('lists-differ-in-length', at, `columns of ${list} differ in length`);
  }
  for (let index = 0; index < ids.length; index++) {
    if (typeof ids[index] !== 'string' || ids[index] === '') {
      throw new StableRefused('id-empty', { list, index, field: 'id' }, `an entry of ${list} has no id`);
    }
    const value = places[index]!;
    if (Number.isInteger(value) && value >= 0 && value <= MAX_PLACES) continue;
    throw new StableRefused(
      !Number.isInteger(value) ? 'places-not-whole' : value < 0 ? 'places-negative' : 'places-too-high',
      { list, index, field: 'places' },
      `places must be a whole number from 0 to ${MAX_PLACES}, not ${value}`,
    );
  }
}

function checkChoices(
  list: 'menteeChoices' | 'mentorChoices',
  { person, choice, rank }: ChoiceColumns,
  personCount: number,
  choiceCount: number,
): void {
  if (person.length !== choice.length || person.length !== rank.length) {
    const index = Math.min(person.length, choice.length, rank.length);
    throw new StableRefused('lists-differ-in-length', { list, index, field: 'rank' }, 'columns of choices differ');
  }
  for (let index = 0; index < person.length; index++) {
    if (!isPosition(person[index]!, personCount)) {
      const side = list === 'menteeChoices' ? 'mentees' : 'mentors';
      throw new StableRefused('person-unknown', { list, index, field: 'person' }, `not one of the ${side}`);
    }
    if (!isPosition(choice[index]!, choiceCount)) {
      const side = list === 'menteeChoices' ? 'mentors' : 'mentees';
      throw new StableRefused('choice-unknown', { list, index, field: 'choice' }, `not one of the ${side}`);
    }
    const value = rank[index]!;
    if (Number.isInteger(value) && value >= 1 && value <= MAX_RANK) continue;
    throw new StableRefused(
      !Number.isInteger(value) ? 'rank-not-whole' : value < 1 ? 'rank-too-low' : 'rank-too-high',
      { list, index, field: 'rank' },
      `a rank must be a whole number from 1 to ${MAX_RANK}, not ${value}`,
    );
  }
}

function isPosition(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}
