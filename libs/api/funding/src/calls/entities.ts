import type { CallKind, CallLetters, CallStatus, CallTerms } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('call')
export class Call {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('text') kind!: CallKind;
  @Column('text') status!: CallStatus;
  @Column('uuid') potId!: string;
  @Column('bigint') budgetPence!: string;
  @Column('timestamptz') opensAt!: Date;
  @Column('timestamptz') closesAt!: Date;
  @Column('smallint') returnGraceDays!: number;
  @Column('timestamptz') endorseBy!: Date;
  @Column('date') decideBy!: string;
  @Column('date') reserveUntil!: string;
  @Column('date') claimBy!: string;
  @Column('date', { nullable: true }) nextOpensOn!: string | null;
  @Column('date', { nullable: true }) nextClosesOn!: string | null;
  @Column('integer') termsNumber!: number;
  @Column('jsonb') letters!: CallLetters;
  @Column('uuid') seriesId!: string;
  @Column('uuid', { nullable: true }) copiedFrom!: string | null;
  @Column('date', { nullable: true }) rollsUntil!: string | null;
  @Column('text', { nullable: true }) cancelledBecause!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('uuid') createdBy!: string;
  @Column('integer') version!: number;
}

@Entity('call_terms')
export class TermsOfCall {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_terms_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_terms_pk' }) callId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'call_terms_pk' }) number!: number;
  @Column('jsonb') terms!: CallTerms;
  @Column('timestamptz') createdAt!: Date;
  @Column('uuid') createdBy!: string;
}

@Entity('call_panelist')
export class CallPanelist {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_panelist_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_panelist_pk' }) callId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_panelist_pk' }) personId!: string;
  @Column('boolean') chair!: boolean;
  @Column('integer', { nullable: true }) mostReviews!: number | null;
  @Column('timestamptz') addedAt!: Date;
  @Column('uuid') addedBy!: string;
}

@Entity('call_extension')
export class CallExtension {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_extension_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_extension_pk' }) id!: string;
  @Column('uuid') callId!: string;
  @Column('uuid') personId!: string;
  @Column('timestamptz') until!: Date;
  @Column('text') reason!: string;
  @Column('uuid') grantedBy!: string;
  @Column('timestamptz') grantedAt!: Date;
}

@Entity('call_message')
export class CallMessage {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_message_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_message_pk' }) id!: string;
  @Column('uuid') callId!: string;
  @Column('text') subject!: string;
  @Column('text') body!: string;
  @Column('jsonb') filter!: unknown;
  @Column('integer') recipients!: number;
  @Column('uuid') sentBy!: string;
  @Column('timestamptz') sentAt!: Date;
}

export const callsEntities = [Call, TermsOfCall, CallPanelist, CallExtension, CallMessage];
