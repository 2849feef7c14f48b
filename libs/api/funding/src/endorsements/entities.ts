import type { EndorsementPurpose, EndorsementStatus } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('endorsement')
export class Endorsement {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'endorsement_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'endorsement_pk' }) id!: string;
  @Column('uuid') applicationId!: string;
  @Column('integer') submissionNumber!: number;
  @Column('text') purpose!: EndorsementPurpose;
  @Column('text') status!: EndorsementStatus;
  @Column('uuid') askedOf!: string;
  @Column('text') askedAs!: string;
  @Column('uuid', { nullable: true }) inPlaceOf!: string | null;
  @Column('timestamptz') askedAt!: Date;
  @Column('timestamptz') passesOnAt!: Date;
  @Column('timestamptz', { nullable: true }) remindedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('uuid', { nullable: true }) answeredBy!: string | null;
  @Column('text', { nullable: true }) answeredThrough!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('integer') version!: number;
}

@Entity('endorsement_link')
export class EndorsementLink {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'endorsement_link_pk' }) tokenHash!: Buffer;
  @Column('uuid') institutionId!: string;
  @Column('uuid') endorsementId!: string;
  @Column('uuid') personId!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) usedAt!: Date | null;
}

export const endorsementsEntities = [Endorsement, EndorsementLink];
