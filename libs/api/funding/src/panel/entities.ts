import type { ReviewScores, ReviewStatus } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('declaration_of_interest')
export class DeclarationOfInterest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'declaration_of_interest_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'declaration_of_interest_pk' }) id!: string;
  @Column('uuid') callId!: string;
  @Column('uuid') panelistId!: string;
  @Column('uuid') applicantId!: string;
  @Column('text') because!: string;
  @Column('timestamptz') declaredAt!: Date;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
}

@Entity('review')
export class Review {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'review_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'review_pk' }) id!: string;
  @Column('uuid') callId!: string;
  @Column('uuid') applicationId!: string;
  @Column('uuid') panelistId!: string;
  @Column('text') status!: ReviewStatus;
  @Column('jsonb') scores!: ReviewScores;
  @Column('integer', { nullable: true }) score!: number | null;
  @Column('text') commentToApplicant!: string;
  @Column('text') privateComment!: string;
  @Column('text', { nullable: true }) recusedBecause!: string | null;
  @Column('uuid', { nullable: true }) replaces!: string | null;
  @Column('timestamptz') assignedAt!: Date;
  @Column('uuid', { nullable: true }) assignedBy!: string | null;
  @Column('timestamptz', { nullable: true }) openedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) remindedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('moderation_note')
export class ModerationNote {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'moderation_note_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'moderation_note_pk' }) applicationId!: string;
  @Column('text') words!: string;
  @Column('uuid') writtenBy!: string;
  @Column('timestamptz') writtenAt!: Date;
  @Column('integer') version!: number;
}

export const panelEntities = [DeclarationOfInterest, Review, ModerationNote];
