import type { SharedCard } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether the two of a pair wish to go on when one of them moves; null: not answered. */
@Entity('pair_going_on')
export class PairGoingOn {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pair_going_on_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pair_going_on_pk' }) transferId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pair_going_on_pk' }) pairId!: string;
  @Column('boolean', { nullable: true }) mentorAnswer!: boolean | null;
  @Column('boolean', { nullable: true }) menteeAnswer!: boolean | null;
  @Column('timestamptz') askedAt!: Date;
}

/** A pair across two institutions, shared by both; its pair stands under the same id where it was agreed. */
@Entity('shared_pair')
export class SharedPair {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'shared_pair_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'shared_pair_pk' }) id!: string;
  @Column('uuid') transferId!: string;
  @Column('uuid') otherInstitutionId!: string;
  @Column('uuid') staysId!: string;
  @Column('uuid') movedId!: string;
  @Column('text') movedSide!: 'mentor' | 'mentee';
  @Column('text') status!: 'active' | 'ended';
  @Column('text') goals!: string;
  @Column('timestamptz') agreedAt!: Date;
  @Column('date') endsOn!: string;
  @Column('jsonb') staysCard!: SharedCard;
  @Column('jsonb') movedCard!: SharedCard;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('integer') version!: number;
}

export const leavingEntities = [PairGoingOn, SharedPair];
