import type {
  AllocationMethod,
  AllocationOutcome,
  ScenarioComputing,
  ScenarioParameters,
  ScenarioReason,
  ScenarioStatus,
} from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('scenario')
export class Scenario {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_pk' }) id!: string;
  @Column('uuid') callId!: string;
  @Column('text') name!: string;
  @Column('text') status!: ScenarioStatus;
  @Column('text') method!: AllocationMethod;
  @Column('jsonb') parameters!: ScenarioParameters;
  @Column('text') computing!: ScenarioComputing;
  @Column('uuid', { nullable: true }) jobId!: string | null;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('text', { nullable: true }) engineVersion!: string | null;
  @Column('text', { nullable: true }) inputHash!: string | null;
  @Column('jsonb', { nullable: true }) result!: Record<string, string | number | boolean | null> | null;
  @Column('timestamptz', { nullable: true }) computedAt!: Date | null;
  @Column('uuid') madeBy!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('uuid', { nullable: true }) proposedBy!: string | null;
  @Column('timestamptz', { nullable: true }) proposedAt!: Date | null;
  @Column('uuid', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) rejectedBecause!: string | null;
  @Column('timestamptz', { nullable: true }) publishedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) remindedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('scenario_line')
export class ScenarioLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_line_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_line_pk' }) scenarioId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_line_pk' }) applicationId!: string;
  @Column('integer') rank!: number;
  @Column('integer') score!: number;
  @Column('bigint') askedPence!: string;
  @Column('bigint') leastPence!: string;
  @Column('text') outcome!: AllocationOutcome;
  @Column('bigint') amountPence!: string;
  @Column('integer', { nullable: true }) reserveRank!: number | null;
  @Column('jsonb') reason!: ScenarioReason;
  @Column('boolean', { default: false }) belowBar!: boolean;
  @Column('boolean') overridden!: boolean;
  @Column('jsonb', { nullable: true }) computed!: unknown;
}

@Entity('scenario_override')
export class ScenarioOverride {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_override_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_override_pk' }) id!: string;
  @Column('uuid') scenarioId!: string;
  @Column('uuid') applicationId!: string;
  @Column('text') outcome!: string;
  @Column('bigint') amountPence!: string;
  @Column('text') reason!: string;
  @Column('uuid') madeBy!: string;
  @Column('timestamptz') madeAt!: Date;
}

export const allocationEntities = [Scenario, ScenarioLine, ScenarioOverride];
