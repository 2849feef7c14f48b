import { drawLots } from '../lots.ts';
import { checkProfiles } from './profile-checks.ts';
import type { AttributeRule, ProfileTable, ValueLists } from './profile-types.ts';
import { ProfilesRefused } from './profiles-refused.ts';

/**
 * Checked profiles, packed for scoring. People in canonical order (ids by code unit). Mentors with places stand in a
 * circle ("seats") in the order of lots drawn from seed and id; every mentee begins at a seat drawn in the same way,
 * and among mentors of equal score the first on the way round comes first.
 */
export interface ProfileIndex {
  readonly table: ProfileTable;
  readonly menteeIds: readonly string[];
  /** Listed position by canonical position. */
  readonly menteeListed: Int32Array;
  readonly menteePlaces: Int32Array;
  readonly menteeGrade: Int32Array;
  readonly menteePoints: Int32Array;
  readonly fromSeat: Int32Array;
  readonly mentorIds: readonly string[];
  readonly mentorListed: Int32Array;
  readonly mentorPlaces: Int32Array;
  /** Mentor (canonical position) by seat, and the inverse (-1: no places, no seat). */
  readonly seatMentor: Int32Array;
  readonly mentorSeat: Int32Array;
  readonly seatGrade: Int32Array;
  readonly attributes: readonly IndexedAttribute[];
  /** Bit sets of seats, `words` long each: seat s is bit s mod 32 of word s / 32. */
  readonly sets: Int32Array;
  readonly words: number;
  /** Forbidden seats by mentee. */
  readonly barredStart: Int32Array;
  readonly barredSeat: Int32Array;
  /** Mentees with the same grade and the same values of the attributes in the group, one after another. */
  readonly byGroup: Int32Array;
  readonly groupOf: Int32Array;
}

export interface IndexedAttribute {
  readonly rule: AttributeRule;
  /** How it is taken in scoring: laid out for a group of mentees, mentee by mentee, or not at all. */
  readonly use: 'in-group' | 'scored' | 'unscored';
  /** A mentee's values that some seat has too, each once: `value[start[i]]` up to `value[start[i + 1]]`. */
  readonly start: Int32Array;
  readonly value: Int32Array;
  /** Seats by value, ascending. */
  readonly postingStart: Int32Array;
  readonly posting: Int32Array | Uint16Array;
  /** Values that many have are bit sets of seats too: where in the index's `sets` that of a value begins; -1: a list alone. */
  readonly setOf: Int32Array;
  /** The most values of one mentee. */
  readonly mostValues: number;
}

/** Mentees in one group on average, at least: what a group shares is then laid out for few. */
const GROUP_AT_LEAST = 8;
/** Adding one seat from a list takes about as long as so many words of a bit set. */
const LISTED_WORDS = 2;

/** O(values + people log people) time and space. Throws `ProfilesRefused`. */
export function indexProfiles(table: ProfileTable, seed: string): ProfileIndex {
  checkProfiles(table);
  const mentees = canonical('mentees', table.mentees.ids);
  const mentors = canonical('mentors', table.mentors.ids);
  const places = Int32Array.from(mentors.order, (listed) => table.mentors.places[listed]!);
  const circle = circleOf(seed, mentees.ids, mentors.ids, places);
  const seatListed = Int32Array.from(circle.seatMentor, (mentor) => mentors.order[mentor]!);
  const menteeGrade = Int32Array.from(mentees.order, (listed) => table.mentees.grade[listed]!);
  const attributes = table.rules.attributes.map((rule, at) => ({
    rule,
    ...indexAttribute(table.mentees.values[at]!, mentees.order, table.mentors.values[at]!, seatListed),
  }));
  const groups = groupMentees(menteeGrade, attributes);
  return {
    table,
    menteeIds: mentees.ids,
    menteeListed: mentees.order,
    menteePlaces: Int32Array.from(mentees.order, (listed) => table.mentees.places[listed]!),
    menteeGrade,
    menteePoints: Int32Array.from(mentees.order, (listed) => table.mentees.points[listed]!),
    fromSeat: circle.fromSeat,
    mentorIds: mentors.ids,
    mentorListed: mentors.order,
    mentorPlaces: places,
    seatMentor: circle.seatMentor,
    mentorSeat: circle.mentorSeat,
    seatGrade: Int32Array.from(seatListed, (listed) => table.mentors.grade[listed]!),
    ...withSets(attributes, groups.isIn, Math.ceil(seatListed.length / 32)),
    ...barredSeats(table, mentees.rank, mentors.rank, circle.mentorSeat),
    byGroup: groups.byGroup,
    groupOf: groups.groupOf,
  };
}

/** Everybody's point on the circle depends on the seed and their own id alone. */
function circleOf(seed: string, menteeIds: readonly string[], mentorIds: readonly string[], places: Int32Array) {
  const mentorLot = drawLots(`${seed}\u0000circle`, [''], mentorIds);
  const menteeLot = drawLots(`${seed}\u0000circle`, menteeIds, ['']);
  const point = Int32Array.from(mentorIds, (_, mentor) => mentorLot(0, mentor, 0));
  const seatMentor = Int32Array.from(mentorIds, (_, mentor) => mentor)
    .filter((mentor) => places[mentor]! > 0)
    .sort((a, b) => point[a]! - point[b]! || a - b);
  const mentorSeat = new Int32Array(mentorIds.length).fill(-1);
  seatMentor.forEach((mentor, seat) => (mentorSeat[mentor] = seat));
  const fromSeat = Int32Array.from(menteeIds, (_, mentee) => {
    const wanted = menteeLot(mentee, 0, 0);
    let low = 0;
    let high = seatMentor.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point[seatMentor[middle]!]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low === seatMentor.length ? 0 : low;
  });
  return { seatMentor, mentorSeat, fromSeat };
}

function indexAttribute(ofMentees: ValueLists, menteeOrder: Int32Array, ofMentors: ValueLists, seatListed: Int32Array) {
  let highest = -1;
  for (const value of Int32Array.from(ofMentors.value)) highest = Math.max(highest, value);
  const numberOf = new Int32Array(highest + 1).fill(-1);
  const bySeat = rowsOf(ofMentors, seatListed, (value) => value);
  let values = 0;
  for (const value of bySeat.value) if (numberOf[value] === -1) numberOf[value] = values++;
  const postingStart = new Int32Array(values + 1);
  for (const value of bySeat.value) postingStart[numberOf[value]! + 1]!++;
  for (let value = 0; value < values; value++) postingStart[value + 1]! += postingStart[value]!;
  const next = postingStart.slice();
  const posting = new (seatListed.length <= 65_536 ? Uint16Array : Int32Array)(bySeat.value.length);
  for (let seat = 0; seat < seatListed.length; seat++) {
    for (let at = bySeat.start[seat]!; at < bySeat.start[seat + 1]!; at++) {
      posting[next[numberOf[bySeat.value[at]!]!]!++] = seat;
    }
  }
  const byMentee = rowsOf(ofMentees, menteeOrder, (value) => (value <= highest ? numberOf[value]! : -1));
  return { ...byMentee, postingStart, posting };
}

/** The lists of the people in `order`, renumbered, each value once and ascending, those below 0 left out. */
function rowsOf({ start, value }: ValueLists, order: Int32Array, renumbered: (value: number) => number) {
  const rowStart = new Int32Array(order.length + 1);
  const rows = new Int32Array(value.length);
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const from = count;
    for (let entry = start[order[at]!]!; entry < start[order[at]! + 1]!; entry++) {
      const number = renumbered(value[entry]!);
      if (number < 0) continue;
      let to = count;
      while (to > from && rows[to - 1]! > number) to--;
      if (to > from && rows[to - 1] === number) continue;
      rows.copyWithin(to + 1, to, count++);
      rows[to] = number;
    }
    rowStart[at + 1] = count;
  }
  return { start: rowStart, value: rows.slice(0, count) };
}

type Packed = Pick<IndexedAttribute, 'rule' | 'start' | 'value' | 'postingStart' | 'posting'>;

function withSets(attributes: readonly Packed[], isInGroup: readonly boolean[], words: number) {
  let size = 0;
  const withRoom = attributes.map((one, at): IndexedAttribute => {
    const { rule, start, postingStart } = one;
    const isScored = rule.must !== 'differ' && rule.pointsOnce + (rule.pointsEach ?? 0) > 0;
    const setOf = new Int32Array(postingStart.length - 1).fill(-1);
    for (let value = 0; value < setOf.length; value++) {
      if ((postingStart[value + 1]! - postingStart[value]!) * LISTED_WORDS < words) continue;
      setOf[value] = size;
      size += words;
    }
    let mostValues = 0;
    for (let i = 0; i + 1 < start.length; i++) mostValues = Math.max(mostValues, start[i + 1]! - start[i]!);
    return { ...one, use: isInGroup[at] ? 'in-group' : isScored ? 'scored' : 'unscored', setOf, mostValues };
  });
  const sets = new Int32Array(size);
  for (const { setOf, postingStart, posting } of withRoom) {
    for (let value = 0; value < setOf.length; value++) {
      if (setOf[value]! < 0) continue;
      for (let entry = postingStart[value]!; entry < postingStart[value + 1]!; entry++) {
        sets[setOf[value]! + (posting[entry]! >> 5)]! |= 1 << posting[entry]!;
      }
    }
  }
  return { attributes: withRoom, sets, words };
}

function barredSeats(table: ProfileTable, menteeRank: Int32Array, mentorRank: Int32Array, mentorSeat: Int32Array) {
  const { forbiddenMentee, forbiddenMentor } = table;
  const barredStart = new Int32Array(menteeRank.length + 1);
  for (const mentee of Int32Array.from(forbiddenMentee)) barredStart[menteeRank[mentee]! + 1]!++;
  for (let i = 0; i < menteeRank.length; i++) barredStart[i + 1]! += barredStart[i]!;
  const next = barredStart.slice();
  const barredSeat = new Int32Array(forbiddenMentee.length);
  for (let at = 0; at < forbiddenMentee.length; at++) {
    barredSeat[next[menteeRank[forbiddenMentee[at]!]!]!++] = mentorSeat[mentorRank[forbiddenMentor[at]!]!]!;
  }
  return { barredStart, barredSeat };
}

/** Takes attributes into the group, those with fewest different lists first, while groups stay large enough. */
function groupMentees(
  menteeGrade: Int32Array,
  attributes: readonly Pick<IndexedAttribute, 'rule' | 'start' | 'value'>[],
) {
  const mentees = menteeGrade.length;
  const isIn = attributes.map(() => false);
  let groups = numbered(mentees, (mentee) => menteeGrade[mentee]! + 1);
  const kinds = attributes
    .map(({ start, value, rule }, attribute) => ({ attribute, rule, ...kindsOf(start, value) }))
    .sort((a, b) => a.count - b.count || a.attribute - b.attribute);
  for (const { attribute, rule, of, count } of kinds) {
    if (rule.must === 'differ') continue;
    const { of: before } = groups;
    const finer = numbered(mentees, (mentee) => before[mentee]! * count + of[mentee]!);
    if (finer.count * GROUP_AT_LEAST > mentees && rule.must !== 'share') continue;
    groups = finer;
    isIn[attribute] = true;
  }
  const groupStart = new Int32Array(groups.count + 1);
  for (const group of groups.of) groupStart[group + 1]!++;
  for (let group = 0; group < groups.count; group++) groupStart[group + 1]! += groupStart[group]!;
  const byGroup = new Int32Array(mentees);
  groups.of.forEach((group, mentee) => (byGroup[groupStart[group]!++] = mentee));
  return { isIn, byGroup, groupOf: groups.of };
}

/** A number for every different list of values. */
function kindsOf(start: Int32Array, value: Int32Array) {
  const values = value.reduce((most, own) => Math.max(most, own), 0) + 1;
  const longer = new Map<number, number>();
  let kinds = 1;
  const prefix = new Int32Array(start.length - 1);
  for (let mentee = 0; mentee + 1 < start.length; mentee++) {
    let kind = 0;
    for (let at = start[mentee]!; at < start[mentee + 1]!; at++) {
      const key = kind * values + value[at]!;
      kind = longer.get(key) ?? 0;
      if (kind === 0) longer.set(key, (kind = kinds++));
    }
    prefix[mentee] = kind;
  }
  return { of: prefix, count: kinds };
}

function numbered(length: number, keyOf: (at: number) => number) {
  const numbers = new Map<number, number>();
  const of = new Int32Array(length);
  for (let at = 0; at < length; at++) {
    const key = keyOf(at);
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    of[at] = number;
  }
  return { of, count: numbers.size };
}

/** `ids` sorted; `order[rank]` is the listed position, `rank[listed]` its inverse. */
function canonical(list: 'mentees' | 'mentors', listedIds: readonly string[]) {
  const order = Int32Array.from(listedIds, (_, at) => at).sort((a, b) => {
    const [first, second] = [listedIds[a]!, listedIds[b]!];
    return first < second ? -1 : first > second ? 1 : a - b;
  });
  const rank = new Int32Array(order.length);
  let repeated = -1;
  order.forEach((listed, at) => {
    rank[listed] = at;
    const repeats = at > 0 && listedIds[order[at - 1]!] === listedIds[listed];
    if (repeats && (repeated === -1 || listed < repeated)) repeated = listed;
  });
  if (repeated >= 0) {
    throw new ProfilesRefused(
      list === 'mentees' ? 'mentee-duplicate' : 'mentor-duplicate',
      { list, index: repeated, field: 'id', firstIndex: listedIds.indexOf(listedIds[repeated]!) },
      `${JSON.stringify(listedIds[repeated])} is listed twice among the ${list}`,
    );
  }
  return { ids: Array.from(order, (listed) => listedIds[listed]!), order, rank };
}
