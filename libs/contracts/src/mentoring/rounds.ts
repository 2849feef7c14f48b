import { z } from 'zod';
import { id, instant, pageOf, pageQuery, queryFlag, requiredText, text, version } from '../platform/fields';
import { jobView } from '../platform/jobs';
import { personCard } from '../people/people';
import { matchingMethods, roundRules } from './rules';

export const roundStatuses = ['draft', 'open', 'matching', 'review', 'released', 'closed', 'cancelled'] as const;
export type RoundStatus = (typeof roundStatuses)[number];
export const runStatuses = ['queued', 'matching', 'done', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const startRound = z.strictObject({ name: requiredText(120) });
export type StartRound = z.infer<typeof startRound>;

export const changeRound = z.strictObject({ version, name: requiredText(120), rules: roundRules });
export type ChangeRound = z.infer<typeof changeRound>;

/** A command on a round as it was seen. */
export const onRound = z.strictObject({ version });
export type OnRound = z.infer<typeof onRound>;

/** Matches the round; by another method than its own where one is named. */
export const startRun = z.strictObject({ version, method: z.enum(matchingMethods).optional() });
export type StartRun = z.infer<typeof startRun>;

export const roundRow = z.object({
  id,
  name: z.string(),
  status: z.enum(roundStatuses),
  mentees: z.int(),
  mentors: z.int(),
  places: z.int(),
  /** Of the newest finished run, or the released one. */
  paired: z.int().nullable(),
  createdAt: instant,
});
export type RoundRow = z.infer<typeof roundRow>;
export const roundsPage = pageOf(roundRow);
export type RoundsPage = z.infer<typeof roundsPage>;
export const roundsQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(roundStatuses).optional(),
  search: text(100).optional(),
});
export type RoundsQuery = z.infer<typeof roundsQuery>;
/** The whole list as a file, by the same filters. */
export const roundsExportQuery = z.strictObject({
  status: z.enum(roundStatuses).optional(),
  search: text(100).optional(),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type RoundsExportQuery = z.infer<typeof roundsExportQuery>;

/**
 * A run's result. Scores that are shown leave out the identity points: what people say of their identity is used to
 * match and for nothing else. `total` counts them and is null where fewer than 8 pairs, or all but fewer than 8, had
 * them, so that nobody's answer can be worked out.
 */
export const runView = z.object({
  id,
  roundId: id,
  number: z.int(),
  status: z.enum(runStatuses),
  /** As the run was made, its method included. */
  rules: roundRules,
  method: z.enum(matchingMethods),
  mentees: z.int(),
  mentors: z.int(),
  places: z.int(),
  /** Number of pairs; with several proposals for a mentee it may exceed `menteesPaired`. */
  count: z.int().nullable(),
  menteesPaired: z.int().nullable(),
  leftOut: z.int().nullable(),
  total: z.int().nullable(),
  shownTotal: z.int().nullable(),
  lowest: z.int().nullable(),
  highest: z.int().nullable(),
  /** The most points a pair could have by the rules, the identity points left out. */
  of: z.int(),
  longestWait: z.int().nullable(),
  /**
   * Method `pairs-floor-total`: so many pairs at most if every pair had more than the lowest score, fewer than `count`. Null
   * for other methods, and where identity counts.
   */
  pairsAboveLowest: z.int().nullable(),
  /** Method `stable`: what it costs against most pairs and then most points. Points are null where identity counts. */
  stability: z.object({ pairsFewer: z.int(), pointsFewer: z.int().nullable() }).nullable(),
  engineVersion: z.string().nullable(),
  /**
   * SHA-256 of what the engine was given. Null where identity gives points: whoever knows all the rest could find out by
   * trying what somebody answered.
   */
  inputHash: z.string().nullable(),
  /** Solving alone. */
  elapsedMs: z.number().nullable(),
  /** The coordinators' choices that the run was made with. */
  choices: z.object({ pinned: z.int(), forbidden: z.int() }),
  /** Pins that could not be kept: somebody has no place, is not in the round any more, or a rule keeps the two apart. */
  pinsNotKept: z.int().nullable(),
  job: jobView.nullable(),
  startedAt: instant,
  startedBy: z.string(),
  /** Who stopped it, where somebody did. */
  stoppedBy: z.string().nullable(),
});
export type RunView = z.infer<typeof runView>;

export const roundView = z.object({
  id,
  name: z.string(),
  status: z.enum(roundStatuses),
  rules: roundRules,
  version: z.int(),
  mentees: z.int(),
  mentors: z.int(),
  places: z.int(),
  /** Open requests and active mentors of the institution that are not in this round yet. */
  couldJoin: z.object({ mentees: z.int(), mentors: z.int() }),
  /** Attributes that people of this round have, for the rules' screen. */
  attributes: z.array(z.object({ name: z.string(), mentees: z.int(), mentors: z.int() })),
  /** Whether at least 8 mentees and 8 mentors have said something of their identity: below, it is not matched on. */
  identity: z.object({ enough: z.boolean() }),
  runs: z.array(runView),
  /** Pairs that coordinators pinned or forbade, as they stand now. */
  choices: z.object({ pinned: z.int(), forbidden: z.int() }),
  releasedRunId: id.nullable(),
  releasedAt: instant.nullable(),
  /** What the person asking may do now, by role and status. */
  may: z.object({
    change: z.boolean(),
    /** Pin two people or forbid them. */
    choose: z.boolean(),
    load: z.boolean(),
    run: z.boolean(),
    release: z.boolean(),
    cancel: z.boolean(),
    close: z.boolean(),
  }),
  /** Proposals by status once released. */
  proposals: z
    .object({ proposed: z.int(), accepted: z.int(), agreed: z.int(), declined: z.int(), other: z.int() })
    .nullable(),
});
export type RoundView = z.infer<typeof roundView>;

/** A mentor or a mentee of a round. */
export const participantRow = personCard.extend({
  /** Mentors: places offered in this round. Mentees: rounds waited. */
  count: z.int(),
  /** A mentor who is asked nobody at present: paused themself, or because proposals lapsed unanswered. */
  paused: z.enum(['self', 'silence']).nullable(),
  attributes: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
});
export type ParticipantRow = z.infer<typeof participantRow>;
export const participantsPage = pageOf(participantRow);
export type ParticipantsPage = z.infer<typeof participantsPage>;
export const participantsQuery = z.strictObject({ ...pageQuery, search: text(100).optional() });
export type ParticipantsQuery = z.infer<typeof participantsQuery>;
export const participantParams = z.strictObject({ id, personId: id });

/** A part of a score, in fixed order: grade, the shared attributes as the rules list them, waiting. Never identity. */
export const scorePart = z.object({
  part: z.enum(['grade', 'shared', 'waiting']),
  attribute: z.string().nullable(),
  /** The values in common, or the number of grades apart. */
  because: z.array(z.string()),
  points: z.int(),
  of: z.int(),
});
export type ScorePart = z.infer<typeof scorePart>;

export const runPairRow = z.object({
  mentee: personCard,
  mentor: personCard,
  score: z.int(),
  parts: z.array(scorePart),
  /** Put together by a coordinator before anything was solved. */
  pinned: z.boolean(),
});
export type RunPairRow = z.infer<typeof runPairRow>;
export const runPairsPage = pageOf(runPairRow);
export type RunPairsPage = z.infer<typeof runPairsPage>;
export const runPairsQuery = z.strictObject({
  ...pageQuery,
  search: text(100).optional(),
  unit: text(120).optional(),
  below: z.coerce.number().int().min(0).max(100_000).optional(),
  /** Pinned pairs alone. */
  pinned: queryFlag.optional(),
  sort: z.enum(['score', '-score', 'mentee', 'mentor']).default('score'),
});
export type RunPairsQuery = z.infer<typeof runPairsQuery>;

/** How well the worst-off fare: who has the lowest score, and how many people have at least so many points. */
export const floorView = z.object({
  /** The lowest score shown; null: nobody is paired. */
  lowest: z.int().nullable(),
  /** Who has it: at most ten are listed. */
  pairs: z.array(z.object({ mentee: personCard, mentor: personCard })),
  pairsCount: z.int(),
  /** A quarter, a half and three quarters of the most points there could be, and how many mentees have a pair with as many. */
  reached: z.array(z.object({ points: z.int(), people: z.int() })),
  /** All mentees of the run, those left out included. */
  people: z.int(),
});
export type FloorView = z.infer<typeof floorView>;

/** Whether a kept run, computed again from the people and rules as they are now, comes to the same. */
export const replayView = z.object({
  /** The engine is given the very same as then; false: people, places or earlier pairs have changed since. */
  sameInput: z.boolean(),
  /** The very same pairs come out; null where the input is another. */
  sameResult: z.boolean().nullable(),
  /** The engine of the run and today's. */
  engineVersion: z.object({ run: z.string(), now: z.string() }),
  elapsedMs: z.number(),
});
export type ReplayView = z.infer<typeof replayView>;

/** Points that are lacking on the pair with this mentor: with as many more it comes to lots, with one more it is certain. */
const pointsShort = z.object({ points: z.int(), mentor: personCard }).nullable().default(null);

/** Why somebody is left out, and which rules keep how many mentors from them. */
export const leftOutRow = z.object({
  mentee: personCard,
  waited: z.int(),
  reason: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('no-mentor-allowed') }),
    z.object({ kind: z.literal('no-places') }),
    /** So many people compete for so many places. `short` is null where identity counts, here and below. */
    z.object({
      kind: z.literal('competition'),
      people: z.int(),
      places: z.int(),
      mentors: z.array(personCard),
      short: pointsShort,
    }),
    /** Every mentor allowed would score less than the lowest score that the result reaches. */
    z.object({ kind: z.literal('below-floor'), mentor: personCard.nullable() }),
    /** There would be a way to pair them, with fewer points for the whole round. */
    z.object({ kind: z.literal('fewer-points'), short: pointsShort }),
    /** Method `stable`: the mentors allowed have people with more points. */
    z.object({ kind: z.literal('others-preferred'), short: pointsShort }),
  ]),
  /** Of all mentors in the run: how many each rule keeps away, the first that applies in this order. */
  blocked: z.object({
    allowed: z.int(),
    managementChain: z.int(),
    sameUnit: z.int(),
    gradeSteps: z.int(),
    /** By a coordinator, in this round; runs from before there was such a thing have none. */
    forbidden: z.int().default(0),
    /** Paired before, a proposal between them, a review, or an exclusion: together, so that none can be told apart. */
    other: z.int(),
    noPlaces: z.int(),
  }),
});
export type LeftOutRow = z.infer<typeof leftOutRow>;
export const leftOutPage = pageOf(leftOutRow);
export type LeftOutPage = z.infer<typeof leftOutPage>;
export const leftOutQuery = z.strictObject({ ...pageQuery, search: text(100).optional() });
export type LeftOutQuery = z.infer<typeof leftOutQuery>;

/**
 * What one more would change. `unlocks`: one more place with this mentor would serve one of these people. `newMentors`: one
 * place with a mentor who is not there yet, of whom only this is known, would serve one of these people.
 */
export const unlocksView = z.object({
  unlocks: z.array(z.object({ mentor: personCard, serves: z.array(personCard), servesCount: z.int() })),
  total: z.int(),
  newMentors: z.array(
    z.object({
      /** What they would share with those they serve, as `skills` and `Welding`; null: nothing in particular. */
      attribute: z.string().nullable(),
      value: z.string().nullable(),
      /** Of which grades they could be, one as good as the other, where the rules limit grades; else none. */
      grades: z.array(z.string()),
      servesCount: z.int(),
      serves: z.array(personCard),
    }),
  ),
});
export type UnlocksView = z.infer<typeof unlocksView>;

export const releaseRound = z.strictObject({ version, runId: id });
export type ReleaseRound = z.infer<typeof releaseRound>;

/** Two people whom a coordinator has pinned or forbidden in a round. */
export const choiceKinds = ['pin', 'forbid'] as const;
export type ChoiceKind = (typeof choiceKinds)[number];
export const roundChoice = z.object({
  id,
  kind: z.enum(choiceKinds),
  mentee: personCard,
  mentor: personCard,
  /** For coordinators alone; null to the others who see rounds. */
  reason: z.string().nullable(),
  madeAt: instant,
  madeBy: z.string(),
});
export type RoundChoice = z.infer<typeof roundChoice>;
export const roundChoicesPage = pageOf(roundChoice);
export type RoundChoicesPage = z.infer<typeof roundChoicesPage>;
export const roundChoicesQuery = z.strictObject({ ...pageQuery, kind: z.enum(choiceKinds).optional() });
export type RoundChoicesQuery = z.infer<typeof roundChoicesQuery>;
export const chooseTwo = z.strictObject({
  version,
  kind: z.enum(choiceKinds),
  menteeId: id,
  mentorId: id,
  reason: requiredText(500),
});
export type ChooseTwo = z.infer<typeof chooseTwo>;
export const roundChoiceParams = z.strictObject({ id, choiceId: id });

/** What keeps two people apart. `other` is one of several private or past things, which are never told apart. */
export const keptApartBy = ['managementChain', 'sameUnit', 'gradeSteps', 'forbidden', 'other', 'noPlaces'] as const;
export type KeptApartBy = (typeof keptApartBy)[number];

/** Two runs of a round, mentee by mentee: what the first has that the other had not. */
export const comparisonChanges = ['gained', 'lost', 'moved'] as const;
export type ComparisonChange = (typeof comparisonChanges)[number];
const mentorsOfRun = z.array(z.object({ mentor: personCard, score: z.int(), pinned: z.boolean() }));
export const comparisonRow = z.object({
  mentee: personCard,
  change: z.enum(comparisonChanges),
  before: mentorsOfRun,
  now: mentorsOfRun,
  /** Shown points now less those before. */
  difference: z.int(),
});
export type ComparisonRow = z.infer<typeof comparisonRow>;
export const comparisonView = pageOf(comparisonRow).extend({
  counts: z.object({ gained: z.int(), lost: z.int(), moved: z.int(), same: z.int() }),
  /** Of the mentees who have a mentor in both: whose shown points are more, and whose fewer. */
  points: z.object({ more: z.int(), fewer: z.int() }),
  /** Pins and forbidden pairs that one of the two runs had and the other had not. */
  choices: z.array(
    z.object({ kind: z.enum(choiceKinds), in: z.enum(['now', 'before']), mentee: personCard, mentor: personCard }),
  ),
});
export type ComparisonView = z.infer<typeof comparisonView>;
const comparisonFilters = {
  /** The run compared with. */
  with: id,
  change: z.enum(comparisonChanges).optional(),
  search: text(100).optional(),
};
export const comparisonQuery = z.strictObject({
  ...pageQuery,
  ...comparisonFilters,
  sort: z.enum(['mentee', 'difference', '-difference']).default('mentee'),
});
export type ComparisonQuery = z.infer<typeof comparisonQuery>;
export const comparisonExportQuery = z.strictObject({
  ...comparisonFilters,
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type ComparisonExportQuery = z.infer<typeof comparisonExportQuery>;

/** Why a run did not put these two together. Scores are as shown: nothing of identity, and exclusions are not told. */
export const whyNotQuery = z.strictObject({ menteeId: id, mentorId: id });
export type WhyNotQuery = z.infer<typeof whyNotQuery>;
const scoreOfTwo = z.object({ score: z.int(), parts: z.array(scorePart) });
export const whyNotView = z.object({
  mentee: personCard,
  mentor: personCard,
  /** False: people or choices have changed since the run, and the answer is of the round as it is now. */
  asRun: z.boolean(),
  answer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('paired'), score: scoreOfTwo }),
    /** Not in the round, or not to be asked at present: they left, are matched, have paused. */
    z.object({ kind: z.literal('not-in-round'), side: z.enum(['mentee', 'mentor']) }),
    z.object({ kind: z.literal('kept-apart'), by: z.enum(keptApartBy) }),
    z.object({
      kind: z.literal('allowed'),
      score: scoreOfTwo,
      /** Whom the mentee has instead. */
      instead: z.array(scoreOfTwo.extend({ mentor: personCard })),
      /** Who has the mentor's places, lowest score first; at most ten are listed. */
      holders: z.array(scoreOfTwo.extend({ mentee: personCard, pinned: z.boolean() })),
      /** What the round would be with these two together, against what it is. */
      forced: z.object({
        /** Pins that would have to give way, where the places of either are pinned. */
        pinsGivingWay: z.int(),
        /** Pairs of the whole round fewer; below 0: more, which only a pin that gives way or method `total` can bring. */
        pairsLost: z.int(),
        /**
         * Points of the whole round fewer; null where identity counts in the round, and where pairs are lost by a method that
         * puts pairs first.
         */
        pointsLost: z.int().nullable(),
        /**
         * The lowest score of the whole round, now and as the moves below have it; another result just as good may have
         * another, but by method `pairs-floor-total`. Null where identity counts, or nobody is paired.
         */
        floor: z.object({ now: z.int(), then: z.int() }).nullable(),
        /** Who would have another mentor, or none, or one at last; at most ten are listed. */
        moves: z.array(z.object({ mentee: personCard, from: z.array(personCard), to: z.array(personCard) })),
        moved: z.int(),
        /** The moves in turn: each takes the place that the one before gives up. */
        inTurn: z.boolean(),
        /** The result with the two together is just as good by the method, and the lots decided. */
        byLot: z.boolean(),
        /** One more place with this mentor would put the two together. */
        onePlaceMore: z.boolean(),
      }),
    }),
  ]),
});
export type WhyNotView = z.infer<typeof whyNotView>;
