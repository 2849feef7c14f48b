import type {
  AbstractStatus,
  FundAwardStatus,
  BatchStatus,
  ClaimKind,
  ClaimLine,
  ClaimStatus,
} from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('award')
export class Award {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'award_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'award_pk' }) id!: string;
  @Column('uuid') applicationId!: string;
  @Column('uuid') callId!: string;
  @Column('uuid') personId!: string;
  @Column('uuid') potId!: string;
  @Column('text') status!: FundAwardStatus;
  @Column('bigint') amountPence!: string;
  @Column('text') abstract!: AbstractStatus;
  @Column('text') eventName!: string;
  @Column('date') eventStartsOn!: string;
  @Column('date') eventEndsOn!: string;
  @Column('timestamptz') offeredAt!: Date;
  @Column('timestamptz') answerBy!: Date;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('timestamptz', { nullable: true }) answerRemindedAt!: Date | null;
  @Column('date', { nullable: true }) claimRemindedOn!: string | null;
  @Column('date') claimBy!: string;
  @Column('jsonb', { nullable: true }) change!: unknown;
  @Column('text', { nullable: true }) cancelledBecause!: string | null;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('payment_batch')
export class PaymentBatch {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_batch_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_batch_pk' }) id!: string;
  @Column('integer') number!: number;
  @Column('text') status!: BatchStatus;
  @Column('uuid') madeBy!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('timestamptz', { nullable: true }) paidAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('claim')
export class Claim {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'claim_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'claim_pk' }) id!: string;
  @Column('uuid') awardId!: string;
  @Column('integer') number!: number;
  @Column('text') kind!: ClaimKind;
  @Column('boolean') last!: boolean;
  @Column('text') status!: ClaimStatus;
  @Column('jsonb') lines!: ClaimLine[];
  @Column('bigint') claimedPence!: string;
  @Column('bigint') settlesPence!: string;
  @Column('uuid', { nullable: true }) costCodeId!: string | null;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('uuid', { nullable: true }) submittedBy!: string | null;
  @Column('uuid', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { nullable: true }) batchId!: string | null;
  @Column('timestamptz', { nullable: true }) paidAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

@Entity('claim_file')
export class ClaimFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'claim_file_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'claim_file_pk' }) claimId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'claim_file_pk' }) fileId!: string;
  @Column('timestamptz') addedAt!: Date;
}

@Entity('payment')
export class Payment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_pk' }) id!: string;
  @Column('uuid') batchId!: string;
  @Column('uuid') claimId!: string;
  @Column('uuid') costCodeId!: string;
  @Column('bigint') amountPence!: string;
  @Column('timestamptz') paidAt!: Date;
  @Column('timestamptz', { nullable: true }) rejectedAt!: Date | null;
}

export const awardsEntities = [Award, PaymentBatch, Claim, ClaimFile, Payment];
