import type { ObligationSource, ObligationStatus } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('obligation')
export class Obligation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'obligation_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'obligation_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('text') sourceKind!: ObligationSource;
  @Column('uuid') sourceId!: string;
  @Column('text') subject!: string;
  @Column('date') eventEndsOn!: string;
  @Column('date') dueOn!: string;
  @Column('text') status!: ObligationStatus;
  @Column('timestamptz', { nullable: true }) changesAskedAt!: Date | null;
  @Column('text', { nullable: true }) waivedBecause!: 'left' | 'reason' | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

export const reportBackEntities = [Obligation];
