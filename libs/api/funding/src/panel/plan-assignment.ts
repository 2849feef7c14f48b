import { assignTable, type AssignResult } from '@waymark/matching-engine';
import { createHash } from 'node:crypto';

/** Who reads what: plain data in, plain data out. Identifiers are compared by code unit. */
export interface PlanInput {
  /** `wanted`: how many readers each needs, by the terms it was submitted under. */
  applications: readonly {
    id: string;
    applicantId: string;
    unitId: string | null;
    skills: readonly string[];
    wanted: number;
  }[];
  panelists: readonly {
    id: string;
    unitId: string | null;
    skills: readonly string[];
    mostReviews: number | null;
  }[];
  /** Reviews that stay as they are; also of people who are not, or no longer, among the panelists. */
  kept: readonly { applicationId: string; panelistId: string }[];
  /** `<panelist> <applicant>`. */
  inConflict: { has(key: string): boolean };
  /** `<application> <panelist>` who gave it back once. */
  gaveBack: { has(key: string): boolean };
  /** Draws lots among plans that are equally good. */
  seed: string;
}

export interface PlannedReview {
  applicationId: string;
  panelistId: string;
  sharesSkill: boolean;
  otherUnit: boolean;
}

export interface PlanShort {
  applicationId: string;
  missing: number;
  because: 'interests' | 'full';
  couldRead: number;
  inConflict: number;
}

export interface Plan {
  /** To be written anew, by application and panelist. */
  added: PlannedReview[];
  short: PlanShort[];
  shortReviews: number;
}

/** Points for expertise: any shared skill, up to two more, and a reader from elsewhere. Whole, so that totals are exact. */
const firstSkill = 4;
const skillsCounted = 3;
const elsewhere = 3;

export const sharedSkills = (one: readonly string[], other: ReadonlySet<string>): number =>
  one.reduce((count, skill) => count + (other.has(skill) ? 1 : 0), 0);

export const pairPoints = (shared: number, otherUnit: boolean): number =>
  (shared === 0 ? 0 : firstSkill + Math.min(shared, skillsCounted) - 1) + (otherUnit ? elsewhere : 0);

/** Units that are not known are not the same one. */
export const unitsDiffer = (one: string | null, other: string | null): boolean => one === null || one !== other;

interface Pairs {
  application: number[];
  panelist: number[];
  points: number[];
}

/**
 * Plans a call's reviews. In this order: as many reviews as there can be without an interest; as even a load as there can be;
 * the most points for expertise (see `pairPoints`), all of them exact by the engine's `assign` with places on both sides, which
 * lets no panelist read an application twice.
 *
 * Even means: nobody has more than the least load L at which nothing more could be assigned, at first ⌈reviews ÷ panelists⌉ with
 * those who take fewer filled to what they take. So that nobody stays far below it, L − 1 is filled first and the last place
 * of each is given after, unless that would lose a review: then all is solved at L at once. Expertise is the most within each
 * of the two steps.
 */
export const planAssignment = (input: PlanInput): Plan => {
  const { applications, panelists } = input;
  const keptOf = new Map<string, Set<string>>();
  const loadOf = new Map<string, number>();
  for (const { applicationId, panelistId } of input.kept) {
    keptOf.set(applicationId, (keptOf.get(applicationId) ?? new Set()).add(panelistId));
    loadOf.set(panelistId, (loadOf.get(panelistId) ?? 0) + 1);
  }
  const wanted = applications.map(({ id, wanted: all }) => Math.max(0, all - (keptOf.get(id)?.size ?? 0)));
  const demand = wanted.reduce((sum, each) => sum + each, 0);
  const { pairs, conflicts, open } = pairsOf(input, keptOf, wanted);
  const loads = panelists.map(({ id }) => loadOf.get(id) ?? 0);
  const most = panelists.map(({ mostReviews }) => mostReviews ?? applications.length);
  const placesAt = (level: number) => most.map((each, at) => Math.max(0, Math.min(each, level) - (loads[at] ?? 0)));
  const solve = (needs: readonly number[], places: readonly number[], among: Pairs) =>
    assignTable(
      {
        menteeIds: applications.map(({ id }) => id),
        menteePlaces: Int32Array.from(needs),
        mentorIds: panelists.map(({ id }) => id),
        mentorPlaces: Int32Array.from(places),
        pairMentee: Int32Array.from(among.application),
        pairMentor: Int32Array.from(among.panelist),
        pairScore: Int32Array.from(among.points),
      },
      'pairs-total',
      input.seed,
    );
  const made = planLevels({ demand, wanted, pairs, placesAt, solve, ids: input, ceiling: Math.max(0, ...most) });
  return planOf(input, made, wanted, conflicts, open);
};

interface Levels {
  demand: number;
  wanted: readonly number[];
  pairs: Pairs;
  placesAt: (level: number) => number[];
  solve: (needs: readonly number[], places: readonly number[], among: Pairs) => AssignResult;
  ids: Pick<PlanInput, 'applications' | 'panelists'>;
  /** Above it nobody takes more. */
  ceiling: number;
}

interface Made {
  mentee: string;
  mentor: string;
}

const planLevels = ({ demand, wanted, pairs, placesAt, solve, ids, ceiling }: Levels): readonly Made[] => {
  if (demand === 0 || pairs.application.length === 0) return [];
  const sum = (places: readonly number[]) => places.reduce((all, each) => all + each, 0);
  const least = leastLevel(ceiling, (level) => sum(placesAt(level)) >= demand);
  const evenly = inTwoSteps(least);
  if (evenly.length === demand) return evenly;
  const possible = solve(wanted, placesAt(ceiling), pairs).count;
  if (evenly.length === possible) return evenly;
  const level = leastLevel(ceiling, (each) => each >= least && solve(wanted, placesAt(each), pairs).count === possible);
  const again = inTwoSteps(level);
  return again.length === possible ? again : solve(wanted, placesAt(level), pairs).pairs;

  function inTwoSteps(upTo: number): readonly Made[] {
    const all = placesAt(upTo);
    // Every place is needed: one step fills them all.
    if (sum(all) === demand || upTo === 0) return solve(wanted, all, pairs).pairs;
    const first = solve(wanted, placesAt(upTo - 1), pairs).pairs;
    const menteeAt = new Map(ids.applications.map(({ id }, at) => [id, at]));
    const mentorAt = new Map(ids.panelists.map(({ id }, at) => [id, at]));
    const needs = [...wanted];
    const places = [...all];
    const taken = new Set<number>();
    for (const { mentee, mentor } of first) {
      const application = menteeAt.get(mentee) ?? -1;
      const panelist = mentorAt.get(mentor) ?? -1;
      needs[application] = (needs[application] ?? 0) - 1;
      places[panelist] = (places[panelist] ?? 0) - 1;
      taken.add(application * ids.panelists.length + panelist);
    }
    const rest: Pairs = { application: [], panelist: [], points: [] };
    for (let at = 0; at < pairs.application.length; at += 1) {
      const application = pairs.application[at] ?? 0;
      const panelist = pairs.panelist[at] ?? 0;
      if ((needs[application] ?? 0) === 0 || taken.has(application * ids.panelists.length + panelist)) continue;
      rest.application.push(application);
      rest.panelist.push(panelist);
      rest.points.push(pairs.points[at] ?? 0);
    }
    return rest.application.length === 0 ? first : [...first, ...solve(needs, places, rest).pairs];
  }
};

/** The least level up to the ceiling that will do, or the ceiling. What does at one level does at every higher one. */
const leastLevel = (ceiling: number, does: (level: number) => boolean): number => {
  let low = 0;
  let high = ceiling;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (does(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Every allowed pair with its points, and for each application how many are in conflict and how many could read it. */
const pairsOf = (
  { applications, panelists, inConflict, gaveBack }: PlanInput,
  keptOf: ReadonlyMap<string, ReadonlySet<string>>,
  wanted: readonly number[],
): { pairs: Pairs; conflicts: number[]; open: number[] } => {
  const pairs: Pairs = { application: [], panelist: [], points: [] };
  const conflicts = applications.map(() => 0);
  const open = applications.map(() => 0);
  const readers = panelists.map(({ skills }) => new Set(skills));
  applications.forEach(({ id, applicantId, unitId, skills }, application) => {
    if (wanted[application] === 0) return;
    const kept = keptOf.get(id);
    panelists.forEach((panelist, at) => {
      if (kept?.has(panelist.id)) return;
      const apart = inConflict.has(`${panelist.id} ${applicantId}`) || gaveBack.has(`${id} ${panelist.id}`);
      if (apart) {
        conflicts[application] = (conflicts[application] ?? 0) + 1;
        return;
      }
      open[application] = (open[application] ?? 0) + 1;
      pairs.application.push(application);
      pairs.panelist.push(at);
      const shared = sharedSkills(skills, readers[at] ?? new Set());
      pairs.points.push(pairPoints(shared, unitsDiffer(unitId, panelist.unitId)));
    });
  });
  return { pairs, conflicts, open };
};

const planOf = (
  { applications, panelists }: PlanInput,
  made: readonly Made[],
  wanted: readonly number[],
  conflicts: readonly number[],
  open: readonly number[],
): Plan => {
  const panelistOf = new Map(panelists.map((panelist) => [panelist.id, panelist]));
  const applicationOf = new Map(applications.map((application) => [application.id, application]));
  const got = new Map<string, number>();
  const added = made.map(({ mentee, mentor }): PlannedReview => {
    got.set(mentee, (got.get(mentee) ?? 0) + 1);
    const application = applicationOf.get(mentee);
    const panelist = panelistOf.get(mentor);
    return {
      applicationId: mentee,
      panelistId: mentor,
      sharesSkill: sharedSkills(application?.skills ?? [], new Set(panelist?.skills)) > 0,
      otherUnit: unitsDiffer(application?.unitId ?? null, panelist?.unitId ?? null),
    };
  });
  added.sort((a, b) => compare(a.applicationId, b.applicationId) || compare(a.panelistId, b.panelistId));
  const short = applications.flatMap(({ id }, at): PlanShort[] => {
    const missing = (wanted[at] ?? 0) - (got.get(id) ?? 0);
    if (missing === 0) return [];
    const couldRead = open[at] ?? 0;
    const because = couldRead < (wanted[at] ?? 0) ? 'interests' : 'full';
    return [{ applicationId: id, missing, because, couldRead, inConflict: conflicts[at] ?? 0 }];
  });
  return { added, short, shortReviews: short.reduce((sum, { missing }) => sum + missing, 0) };
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** SHA-256 of all that confirming would do, so that nobody confirms another plan than the one they saw. */
export const hashOfPlan = (plan: Plan, kept: readonly string[], movedOn: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const { applicationId, panelistId } of plan.added) hash.update(`${applicationId} ${panelistId}\n`);
  hash.update('kept\n');
  for (const id of [...kept].sort()) hash.update(`${id}\n`);
  hash.update('moved on\n');
  for (const id of [...movedOn].sort()) hash.update(`${id}\n`);
  return hash.digest('hex');
};
