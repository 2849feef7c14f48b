import type { FilePurpose, FileType } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/*
 * Entities are for writes, and say columns and keys alone. Foreign keys, checks, indexes and policies stand in the SQL
 * migrations; the committed catalogue snapshot keeps them (docs/decisions/0004-entities-and-drift.md).
 */

@Entity('institution')
export class Institution {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'institution_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('text') nation!: string;
  @Column('text') timeZone!: string;
  @Column('boolean', { default: false }) demonstration!: boolean;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer', { default: 365 }) mailKeptDays!: number;
  @Column('integer', { default: 90 }) importFilesKeptDays!: number;
  @Column('integer', { default: 30 }) commandsKeptDays!: number;
  @Column('integer', { default: 30 }) sessionsKeptDays!: number;
  @Column('integer', { default: 180 }) jobsKeptDays!: number;
  @Column('integer', { default: 730 }) leaversKeptDays!: number;
  @Column('integer', { default: 1 }) version!: number;
}

@Entity('network')
export class Network {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'network_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('timestamptz') createdAt!: Date;
}

@Entity('membership')
export class Membership {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'membership_pk' }) networkId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'membership_pk' }) institutionId!: string;
  @Column('timestamptz') joinedAt!: Date;
}

@Entity('network_invitation')
export class NetworkInvitation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'network_invitation_pk' }) id!: string;
  @Column('uuid') networkId!: string;
  @Column('uuid') institutionId!: string;
  @Column('text') institutionName!: string;
  @Column('text') email!: string;
  @Column('text') status!: 'open' | 'accepted' | 'declined' | 'withdrawn';
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('uuid', { nullable: true }) answeredByInstitutionId!: string | null;
}

@Entity('account')
export class Account {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_pk' }) id!: string;
  @Column('text') email!: string;
  @Column('text', { nullable: true }) passwordHash!: string | null;
  @Column('timestamptz') createdAt!: Date;
}

@Entity('session')
export class Session {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_pk' }) id!: string;
  @Column('bytea') tokenHash!: Buffer;
  @Column('uuid') accountId!: string;
  @Column('uuid') institutionId!: string;
  @Column('uuid') personId!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  /** Whom the session's owner acts for, and until when: both or neither. */
  @Column('uuid', { nullable: true }) actingForId!: string | null;
  @Column('timestamptz', { nullable: true }) actingUntil!: Date | null;
}

@Entity('token')
export class Token {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'token_pk' }) id!: string;
  @Column('bytea') tokenHash!: Buffer;
  @Column('text') purpose!: 'invitation' | 'reset';
  @Column('uuid') accountId!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) usedAt!: Date | null;
}

@Entity('rate_limit')
export class RateLimit {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_limit_pk' }) key!: string;
  @Column('timestamptz') windowStart!: Date;
  @Column('integer') attempts!: number;
}

@Entity('audit_entry')
export class AuditEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_entry_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_entry_pk' }) id!: string;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { nullable: true }) actorPersonId!: string | null;
  @Column('text') act!: string;
  @Column('text') subjectKind!: string;
  @Column('uuid') subjectId!: string;
  @Column('jsonb') details!: Record<string, string | number | boolean | null>;
  @Column('text', { nullable: true }) correlationId!: string | null;
  @Column('uuid', { nullable: true }) onBehalfOf!: string | null;
}

@Entity('audit_unsealed')
export class AuditUnsealed {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_unsealed_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_unsealed_pk' }) entryId!: string;
}

@Entity('audit_seal')
export class AuditSeal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_seal_pk' }) institutionId!: string;
  /** A bigint, which the driver gives as text. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_seal_pk' }) number!: string;
  @Column('uuid') entryId!: string;
  @Column('bytea') hash!: Buffer;
}

@Entity('audit_head')
export class AuditHead {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_head_pk' }) institutionId!: string;
  @Column('bigint') number!: string;
  @Column('bytea') hash!: Buffer;
  @Column('timestamptz') sealedAt!: Date;
  @Column('bigint') keptNumber!: string;
  @Column('timestamptz', { nullable: true }) keptAt!: Date | null;
}

@Entity('audit_verification')
export class AuditVerification {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_verification_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_verification_pk' }) id!: string;
  @Column('uuid') askedBy!: string;
  @Column('timestamptz') askedAt!: Date;
  @Column('text') status!: 'running' | 'valid' | 'faulty' | 'failed' | 'cancelled';
  @Column('uuid') jobId!: string;
  @Column('bigint', { nullable: true }) entries!: string | null;
  @Column('integer', { nullable: true }) heads!: number | null;
  @Column('text', { nullable: true }) fault!: string | null;
  @Column('bigint', { nullable: true }) faultNumber!: string | null;
  @Column('uuid', { nullable: true }) faultEntryId!: string | null;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
}

@Entity('outbox')
export class OutboxEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'outbox_pk' }) id!: string;
  @Column('uuid') institutionId!: string;
  @Column('text') topic!: string;
  @Column('jsonb') payload!: Record<string, unknown>;
  @Column('timestamptz') at!: Date;
}

@Entity('command')
export class CommandDone {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'command_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'command_pk' }) accountId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'command_pk' }) key!: string;
  @Column('bytea') bodyHash!: Buffer;
  @Column('jsonb', { nullable: true }) answer!: unknown;
  @Column('timestamptz') at!: Date;
}

@Entity('job')
export class Job {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'job_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'job_pk' }) id!: string;
  @Column('text') kind!: string;
  @Column('text') status!: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  @Column('text') stage!: string;
  @Column('integer') percent!: number;
  @Column('uuid') subjectId!: string;
  @Column('uuid') requestedBy!: string;
  /** Who asked for it on behalf of `requestedBy`. */
  @Column('uuid', { nullable: true }) byPersonId!: string | null;
  @Column('boolean') cancelAsked!: boolean;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('text', { nullable: true }) correlationId!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
}

@Entity('mail_message')
export class MailMessage {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_message_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_message_pk' }) id!: string;
  /** Set by the database from the address: see migration 0009. */
  @Column('uuid', { nullable: true }) personId!: string | null;
  @Column('text') recipient!: string;
  @Column('text') subject!: string;
  @Column('text') body!: string;
  @Column('text') status!: 'queued' | 'sent' | 'kept' | 'failed';
  @Column('integer') attempts!: number;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) sentAt!: Date | null;
}

/** See migration 0015. */
@Entity('stored_file')
export class StoredFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stored_file_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stored_file_pk' }) id!: string;
  @Column('text') purpose!: FilePurpose;
  @Column('text') name!: string;
  @Column('text') mediaType!: FileType;
  @Column('integer') sizeBytes!: number;
  @Column('bytea') sha256!: Buffer;
  @Column('bytea') content!: Buffer;
  @Column('uuid') uploadedBy!: string;
  @Column('timestamptz') uploadedAt!: Date;
}

/** Written by the demonstration's process alone. */
@Entity('demonstration_load')
export class DemonstrationLoad {
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'demonstration_load_pk' }) startedAt!: Date;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
}

export const platformEntities = [
  DemonstrationLoad,
  Institution,
  Network,
  Membership,
  NetworkInvitation,
  Account,
  Session,
  Token,
  RateLimit,
  AuditEntry,
  AuditUnsealed,
  AuditSeal,
  AuditHead,
  AuditVerification,
  OutboxEntry,
  CommandDone,
  Job,
  MailMessage,
  StoredFile,
];
