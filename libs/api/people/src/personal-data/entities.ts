import type {
  CorrectionField,
  CorrectionStatus,
  ErasureReason,
  ErasureStatus,
  ExportFormat,
  ExportStatus,
} from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('data_export')
export class DataExport {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'data_export_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'data_export_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('uuid') requestedBy!: string;
  @Column('text') status!: ExportStatus;
  @Column('uuid') jobId!: string;
  @Column('timestamptz') askedAt!: Date;
  @Column('timestamptz', { nullable: true }) readyAt!: Date | null;
  @Column('timestamptz', { nullable: true }) keptUntil!: Date | null;
  @Column('timestamptz', { nullable: true }) fetchedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('data_export_file')
export class DataExportFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'data_export_file_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'data_export_file_pk' }) exportId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'data_export_file_pk' }) format!: ExportFormat;
  @Column('bytea') content!: Buffer;
}

@Entity('correction')
export class Correction {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'correction_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'correction_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('text') field!: CorrectionField;
  @Column('text') shouldBe!: string;
  @Column('text') why!: string;
  @Column('text') status!: CorrectionStatus;
  @Column('timestamptz') askedAt!: Date;
  @Column('uuid', { nullable: true }) answeredBy!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('integer') version!: number;
}

@Entity('erasure')
export class ErasureAsked {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erasure_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erasure_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('text') reason!: ErasureReason;
  @Column('text') status!: ErasureStatus;
  @Column('uuid') jobId!: string;
  @Column('uuid') askedBy!: string;
  @Column('timestamptz') askedAt!: Date;
  @Column('timestamptz', { nullable: true }) erasedAt!: Date | null;
  @Column('jsonb', { nullable: true }) summary!: Record<string, number> | null;
  @Column('integer') version!: number;
}

export const personalDataEntities = [DataExport, DataExportFile, Correction, ErasureAsked];
