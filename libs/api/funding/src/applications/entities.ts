import type {
  AppealKind,
  ApplicationDocument,
  ApplicationDraft,
  ApplicationStatus,
  RuleResult,
} from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('application')
export class Application {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_pk' }) id!: string;
  @Column('uuid') callId!: string;
  @Column('uuid') personId!: string;
  @Column('text') reference!: string;
  @Column('text') status!: ApplicationStatus;
  @Column('boolean') onlyOne!: boolean;
  @Column('jsonb') draft!: ApplicationDraft;
  @Column('integer') draftVersion!: number;
  @Column('timestamptz') draftSavedAt!: Date;
  @Column('integer', { nullable: true }) submissionNumber!: number | null;
  @Column('text', { nullable: true, array: true }) failedRules!: string[] | null;
  @Column('text', { nullable: true }) decidedReason!: string | null;
  @Column('integer', { nullable: true }) reserveRank!: number | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

@Entity('application_submission')
export class ApplicationSubmission {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_submission_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_submission_pk' }) applicationId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'application_submission_pk' }) number!: number;
  @Column('jsonb') document!: ApplicationDocument;
  @Column('integer') termsNumber!: number;
  @Column('bigint') askedPence!: string;
  @Column('bigint') leastPence!: string;
  @Column('text') eventName!: string;
  @Column('date') eventStartsOn!: string;
  @Column('date') eventEndsOn!: string;
  @Column('jsonb') judged!: RuleResult[];
  @Column('timestamptz') submittedAt!: Date;
  @Column('uuid') submittedBy!: string;
}

@Entity('application_file')
export class ApplicationFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_file_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_file_pk' }) applicationId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_file_pk' }) fileId!: string;
  @Column('timestamptz') addedAt!: Date;
}

@Entity('application_reference_count')
export class ApplicationReferenceCount {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_reference_count_pk' }) institutionId!: string;
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'application_reference_count_pk' }) year!: number;
  @Column('integer') last!: number;
}

@Entity('application_submission_file')
export class ApplicationSubmissionFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_submission_file_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_submission_file_pk' }) applicationId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'application_submission_file_pk' }) number!: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_submission_file_pk' }) fileId!: string;
}

@Entity('application_event')
export class ApplicationEvent {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_event_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_event_pk' }) id!: string;
  @Column('uuid') applicationId!: string;
  @Column('text') kind!: string;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { nullable: true }) byPerson!: string | null;
  @Column('jsonb') facts!: unknown;
}

@Entity('application_appeal')
export class ApplicationAppeal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_appeal_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_appeal_pk' }) applicationId!: string;
  @Column('text') kind!: AppealKind;
  @Column('text') asked!: string;
  @Column('timestamptz') askedAt!: Date;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('uuid', { nullable: true }) answeredBy!: string | null;
  @Column('integer') version!: number;
}

export const applicationsEntities = [
  Application,
  ApplicationSubmission,
  ApplicationFile,
  ApplicationSubmissionFile,
  ApplicationReferenceCount,
  ApplicationEvent,
  ApplicationAppeal,
];
