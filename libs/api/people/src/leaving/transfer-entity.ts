import type { TransferCard, TransferStatus, TransferToCard } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Shared by two institutions: see share_tenant_table in 0008-leaving.sql. */
@Entity('transfer')
export class Transfer {
  /** The institution that the person leaves. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'transfer_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'transfer_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('uuid') toInstitutionId!: string;
  @Column('text') status!: TransferStatus;
  @Column('date') lastDay!: string;
  @Column('date') firstDay!: string;
  /** With the name of the institution that is asked, for when no network tells it any more. */
  @Column('jsonb') card!: TransferCard & { to?: string };
  @Column('uuid') startedBy!: string;
  @Column('timestamptz') startedAt!: Date;
  @Column('timestamptz', { nullable: true }) markedAt!: Date | null;
  @Column('uuid', { nullable: true }) toPersonId!: string | null;
  @Column('jsonb', { nullable: true }) toCard!: TransferToCard | null;
  @Column('uuid', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('integer') version!: number;
}
