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
  @Column('text') recipient!: string;
  @Column('text') subject!: string;
  @Column('text') body!: string;
  @Column('text') status!: 'queued' | 'sent' | 'kept' | 'failed';
  @Column('integer') attempts!: number;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) sentAt!: Date | null;
}

export const platformEntities = [
  Institution,
  Network,
  Membership,
  Account,
  Session,
  Token,
  RateLimit,
  AuditEntry,
  OutboxEntry,
  CommandDone,
  Job,
  MailMessage,
];
