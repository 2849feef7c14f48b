import { z } from 'zod';
import { id, instant, pageOf, pageQuery, queryFlag, requiredText, text, version } from '../platform/fields';
import { jobView } from '../platform/jobs';
import { personCard } from '../people/people';
import { roundRules } from './rules';

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
  rules: roundRules,
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
  engineVersion: z.string().nullable(),
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

/** Why somebody is left out, and which rules keep how many mentors from them. */
export const leftOutRow = z.object({
  mentee: personCard,
  waited: z.int(),
  reason: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('no-mentor-allowed') }),
    z.object({ kind: z.literal('no-places') }),
    /** So many people compete for so many places. */
    z.object({ kind: z.literal('competition'), people: z.int(), places: z.int(), mentors: z.array(personCard) }),
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

/** One more place with this mentor would serve one of these people. */
export const unlocksView = z.object({
  unlocks: z.array(z.object({ mentor: personCard, serves: z.array(personCard), servesCount: z.int() })),
  total: z.int(),
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
      /** The round solved again with these two together; null where it is too large to do so at once. */
      forced: z
        .object({
          /** Pins that would have to give way, where the places of either are pinned. */
          pinsGivingWay: z.int(),
          /** Pairs of the whole round fewer; below 0: more, which only a pin that gives way can bring. */
          pairsLost: z.int(),
          /** Points of the whole round fewer, at as many pairs; null where identity counts in the round, or pairs are lost. */
          pointsLost: z.int().nullable(),
          /** Who would have another mentor, or none, or one at last; at most ten are listed. */
          moves: z.array(z.object({ mentee: personCard, from: z.array(personCard), to: z.array(personCard) })),
          moved: z.int(),
          /** Nothing is lost: another result is just as good, and the lots decided. */
          byLot: z.boolean(),
          /** One more place with this mentor would put the two together. */
          onePlaceMore: z.boolean(),
        })
        .nullable(),
    }),
  ]),
});
export type WhyNotView = z.infer<typeof whyNotView>;
