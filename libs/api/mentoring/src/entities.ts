import type {
  Agreement,
  ChoiceKind,
  ColumnMapping,
  DeclineReason,
  ImportRow,
  ImportView,
  LeftOutRow,
  MatchingMethod,
  ProposalStatus,
  RoundRules,
  RoundStatus,
  RunStatus,
  ScorePart,
  Side,
} from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { leavingEntities } from './leaving/entities';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

export type EnrolmentStatus = 'draft' | 'active' | 'paused' | 'retired';
export type RequestStatus = 'open' | 'matched' | 'closed' | 'withdrawn';
export type PairStatus = 'agreed' | 'active' | 'completed' | 'ended';
export type ImportStatus = ImportView['status'];

/** What people state to be matched on, by attribute: `{ profession: ['Policy'] }`. Never identity. */
export type Attributes = Record<string, string[]>;

/** A run's result in figures; `total` counts identity points, the shown ones do not. */
export interface RunSummary {
  mentees: number;
  mentors: number;
  places: number;
  count: number;
  menteesPaired: number;
  leftOut: number;
  total: number;
  shownTotal: number;
  /** How many pairs had the identity points: decides whether `total` may be shown. */
  identityPairs: number;
  lowest: number | null;
  highest: number | null;
  of: number;
  longestWait: number | null;
  /** Pins that could not be kept; runs from before there were pins have none. */
  pinsNotKept?: number;
  /** See the contract's run view, where identity is left out. */
  pairsAboveLowest?: number | null;
  stability?: { pairsFewer: number; pointsFewer: number } | null;
  /** Identity gave points in this run, so nothing may be shown from which an answer could be read. */
  identityCounts?: boolean;
  engineVersion: string;
  inputHash: string;
  elapsedMs: number;
}

/** A coordinator's choice as a run keeps it. */
export interface StoredChoice {
  kind: ChoiceKind;
  requestId: string;
  enrolmentId: string;
}

/** As in the contract's `leftOutRow`, with enrolments instead of names. */
export type StoredLeftOutReason =
  | { kind: 'no-mentor-allowed' }
  | { kind: 'no-places' }
  | ({ kind: 'competition'; people: number; places: number; enrolmentIds: string[] } & StoredShort)
  | { kind: 'below-floor'; with?: string }
  | ({ kind: 'fewer-points' | 'others-preferred' } & StoredShort);

/** Points lacked on the pair with this enrolment. Runs from before there was such a thing, and those in which identity counts, have none. */
export interface StoredShort {
  pointsShort?: number;
  with?: string;
}

/** What a preview found; the fresh grades, in the file's order, are what the coordinator puts in place. */
export type StoredPreview = NonNullable<ImportView['preview']> & { freshGrades: string[] };

@Entity('enrolment')
export class Enrolment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'enrolment_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'enrolment_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('text') status!: EnrolmentStatus;
  @Column('integer') capacity!: number;
  @Column('jsonb') attributes!: Attributes;
  @Column('timestamptz') createdAt!: Date;
  @Column('boolean', { default: false }) pausedForSilence!: boolean;
  @Column('timestamptz', { nullable: true }) silencesFrom!: Date | null;
  @Column('integer') version!: number;
}

@Entity('request')
export class Request {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'request_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'request_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('text') status!: RequestStatus;
  @Column('jsonb') attributes!: Attributes;
  @Column('integer') roundsWaited!: number;
  @Column('timestamptz') askedAt!: Date;
  @Column('integer') version!: number;
}

@Entity('identity_answer')
export class IdentityAnswer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_answer_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_answer_pk' }) personId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'identity_answer_pk' }) side!: 'mentor' | 'mentee';
  @Column('text', { array: true }) answers!: string[];
}

@Entity('exclusion')
export class Exclusion {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'exclusion_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'exclusion_pk' }) personId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'exclusion_pk' }) excludedPersonId!: string;
}

@Entity('round')
export class Round {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('text') status!: RoundStatus;
  @Column('jsonb') rules!: RoundRules;
  @Column('uuid', { nullable: true }) releasedRunId!: string | null;
  @Column('timestamptz', { nullable: true }) releasedAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('uuid') createdBy!: string;
  @Column('integer') version!: number;
}

@Entity('round_mentee')
export class RoundMentee {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_mentee_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_mentee_pk' }) roundId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_mentee_pk' }) requestId!: string;
}

@Entity('round_mentor')
export class RoundMentor {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_mentor_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_mentor_pk' }) roundId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_mentor_pk' }) enrolmentId!: string;
}

@Entity('round_choice')
export class RoundChoice {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_choice_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_choice_pk' }) id!: string;
  @Column('uuid') roundId!: string;
  @Column('uuid') requestId!: string;
  @Column('uuid') enrolmentId!: string;
  @Column('text') kind!: ChoiceKind;
  @Column('text') reason!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('uuid') madeBy!: string;
}

@Entity('run')
export class Run {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_pk' }) id!: string;
  @Column('uuid') roundId!: string;
  @Column('integer') number!: number;
  @Column('text') status!: RunStatus;
  @Column('jsonb') rules!: RoundRules;
  @Column('text', { default: 'pairs-total' }) method!: MatchingMethod;
  @Column('jsonb', { default: [] }) choices!: StoredChoice[];
  @Column('uuid') jobId!: string;
  @Column('jsonb', { nullable: true }) summary!: RunSummary | null;
  @Column('timestamptz') startedAt!: Date;
  @Column('uuid') startedBy!: string;
}

@Entity('run_pair')
export class RunPair {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_pair_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_pair_pk' }) runId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_pair_pk' }) requestId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_pair_pk' }) enrolmentId!: string;
  @Column('integer') score!: number;
  @Column('integer') shownScore!: number;
  @Column('jsonb') parts!: ScorePart[];
  @Column('boolean', { default: false }) pinned!: boolean;
}

@Entity('run_left_out')
export class RunLeftOut {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_left_out_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_left_out_pk' }) runId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_left_out_pk' }) requestId!: string;
  @Column('jsonb') reason!: StoredLeftOutReason;
  @Column('jsonb') blocked!: LeftOutRow['blocked'];
}

@Entity('run_unlock')
export class RunUnlock {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_unlock_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_unlock_pk' }) runId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_unlock_pk' }) enrolmentId!: string;
  @Column('integer') servesCount!: number;
  @Column('uuid', { array: true }) serves!: string[];
}

@Entity('run_new_mentor')
export class RunNewMentor {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_new_mentor_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'run_new_mentor_pk' }) runId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'run_new_mentor_pk' }) position!: number;
  @Column('text', { nullable: true }) attribute!: string | null;
  @Column('text', { nullable: true }) value!: string | null;
  @Column('text', { array: true }) grades!: string[];
  @Column('integer') servesCount!: number;
  @Column('uuid', { array: true }) serves!: string[];
}

@Entity('proposal')
export class Proposal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'proposal_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'proposal_pk' }) id!: string;
  @Column('uuid') roundId!: string;
  @Column('uuid') requestId!: string;
  @Column('uuid') enrolmentId!: string;
  @Column('uuid') menteeId!: string;
  @Column('uuid') mentorId!: string;
  @Column('text') status!: ProposalStatus;
  @Column('jsonb') parts!: ScorePart[];
  @Column('timestamptz') proposedAt!: Date;
  @Column('timestamptz', { nullable: true }) answerBy!: Date | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('text', { nullable: true }) declineReason!: DeclineReason | null;
  @Column('text', { nullable: true }) declineNote!: string | null;
  @Column('jsonb', { nullable: true }) agreement!: Agreement | null;
  @Column('uuid', { nullable: true }) agreementBy!: string | null;
  @Column('timestamptz', { nullable: true }) agreementAt!: Date | null;
  @Column('uuid', { nullable: true }) forwardedFrom!: string | null;
  @Column('timestamptz', { nullable: true }) remindedAt!: Date | null;
  @Column('boolean', { default: false }) unanswered!: boolean;
  @Column('text', { nullable: true }) question!: string | null;
  @Column('timestamptz', { nullable: true }) questionAt!: Date | null;
  @Column('text', { nullable: true }) questionAnswer!: string | null;
  @Column('timestamptz', { nullable: true }) questionClosedAt!: Date | null;
  @Column('integer', { nullable: true }) daysLeft!: number | null;
  @Column('integer') version!: number;
}

@Entity('pair')
export class Pair {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pair_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pair_pk' }) id!: string;
  @Column('uuid') proposalId!: string;
  @Column('uuid') requestId!: string;
  @Column('uuid') enrolmentId!: string;
  @Column('uuid') menteeId!: string;
  @Column('uuid') mentorId!: string;
  @Column('text') status!: PairStatus;
  @Column('text') goals!: string;
  @Column('text') rhythm!: string;
  @Column('text') mode!: string;
  @Column('timestamptz') agreedAt!: Date;
  @Column('date') endsOn!: string;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) endReason!: 'left' | 'chosen' | null;
  @Column('integer') version!: number;
}

@Entity('round_import')
export class RoundImport {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_import_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_import_pk' }) id!: string;
  @Column('uuid') roundId!: string;
  @Column('text') side!: Side;
  @Column('text') fileName!: string;
  @Column('text') status!: ImportStatus;
  @Column('text') encoding!: string;
  @Column('text') separator!: string;
  @Column('text', { array: true }) headings!: string[];
  @Column('integer') rowCount!: number;
  @Column('jsonb') mapping!: ColumnMapping[];
  @Column('integer') placesDefault!: number;
  @Column('text', { nullable: true, array: true }) gradeOrder!: string[] | null;
  @Column('jsonb', { nullable: true }) preview!: StoredPreview | null;
  @Column('uuid', { nullable: true }) jobId!: string | null;
  @Column('timestamptz') uploadedAt!: Date;
  @Column('uuid') uploadedBy!: string;
  @Column('integer') version!: number;
}

@Entity('round_import_row')
export class RoundImportRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_import_row_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'round_import_row_pk' }) importId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'round_import_row_pk' }) line!: number;
  @Column('text', { array: true }) cells!: string[];
  @Column('text', { nullable: true }) outcome!: ImportRow['outcome'] | null;
  @Column('jsonb', { nullable: true }) reading!: unknown;
}

export const mentoringEntities = [
  ...leavingEntities,
  Enrolment,
  Request,
  IdentityAnswer,
  Exclusion,
  Round,
  RoundMentee,
  RoundMentor,
  RoundChoice,
  Run,
  RunPair,
  RunLeftOut,
  RunUnlock,
  RunNewMentor,
  Proposal,
  Pair,
  RoundImport,
  RoundImportRow,
];
