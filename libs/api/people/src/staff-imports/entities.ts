import type {
  StaffColumn,
  StaffFileKind,
  StaffImportSettings,
  StaffImportStatus,
  StaffImportView,
} from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

/** What a preview, or applying, found over all rows. */
export type Summary = Pick<StaffImportView, 'problems' | 'changes' | 'newUnits' | 'newSkills'> & {
  counts: NonNullable<StaffImportView['counts']>;
  freshGrades: string[];
};

/** Units, skills and grades that an import made, by their ids. */
export interface Made {
  units: string[];
  skills: string[];
  grades: string[];
}

/** What undoing did, in people. */
export interface UndoFigures {
  removed: number;
  deactivated: number;
  putBack: number;
  leftAlone: number;
}

@Entity('staff_import')
export class StaffImport {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_pk' }) id!: string;
  @Column('text') kind!: StaffFileKind;
  @Column('text') fileName!: string;
  @Column('text') status!: StaffImportStatus;
  @Column('integer') bytes!: number;
  @Column('integer') rowCount!: number;
  @Column('text', { nullable: true }) encoding!: string | null;
  @Column('text', { nullable: true }) separator!: StaffImportView['separator'];
  @Column('text', { nullable: true }) sheet!: string | null;
  @Column('text', { array: true }) headings!: string[];
  @Column('jsonb') mapping!: StaffColumn[];
  @Column('boolean') mappingRemembered!: boolean;
  @Column('jsonb') settings!: StaffImportSettings;
  @Column('text', { array: true, nullable: true }) gradeOrder!: string[] | null;
  @Column('jsonb', { nullable: true }) summary!: Summary | null;
  @Column('integer', { nullable: true }) leaversConfirmed!: number | null;
  @Column('jsonb', { nullable: true }) made!: Made | null;
  @Column('jsonb', { nullable: true }) undo!: UndoFigures | null;
  @Column('uuid', { nullable: true }) jobId!: string | null;
  @Column('timestamptz') uploadedAt!: Date;
  @Column('uuid') uploadedBy!: string;
  @Column('timestamptz', { nullable: true }) appliedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) undoneAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('staff_import_chunk')
export class StaffImportChunk {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_chunk_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_chunk_pk' }) importId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'staff_import_chunk_pk' }) n!: number;
  @Column('bytea') data!: Buffer;
  @Column('timestamptz') at!: Date;
}

@Entity('staff_import_line')
export class StaffImportLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_line_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_line_pk' }) importId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'staff_import_line_pk' }) line!: number;
  @Column('json') cells!: string[];
}

@Entity('staff_import_row')
export class StaffImportRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_row_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_row_pk' }) importId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'staff_import_row_pk' }) n!: number;
  @Column('integer', { nullable: true }) line!: number | null;
  @Column('text') outcome!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { nullable: true }) staffNumber!: string | null;
  @Column('uuid', { nullable: true }) personId!: string | null;
  @Column('text', { array: true }) fields!: string[];
  @Column('text', { array: true }) problems!: string[];
  @Column('json') detail!: unknown;
}

@Entity('staff_import_effect')
export class StaffImportEffect {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_effect_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_effect_pk' }) importId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_effect_pk' }) personId!: string;
  @Column('text') kind!: 'added' | 'changed';
  @Column('jsonb') before!: unknown;
  @Column('jsonb') after!: unknown;
  @Column('uuid', { array: true }) skillIds!: string[];
  @Column('uuid', { array: true }) awardIds!: string[];
}

@Entity('staff_import_mapping')
export class StaffImportMapping {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_import_mapping_pk' }) institutionId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'staff_import_mapping_pk' }) kind!: StaffFileKind;
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'staff_import_mapping_pk' }) headingsHash!: Buffer;
  @Column('jsonb') mapping!: StaffColumn[];
  @Column('jsonb') settings!: StaffImportSettings;
  @Column('timestamptz') at!: Date;
}

export const staffImportEntities = [
  StaffImport,
  StaffImportChunk,
  StaffImportLine,
  StaffImportRow,
  StaffImportEffect,
  StaffImportMapping,
];
