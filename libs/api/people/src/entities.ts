import type { AwardRejection, GrantableRole } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { personalDataEntities } from './personal-data/entities';
import { staffImportEntities } from './staff-imports/entities';
import { Transfer } from './leaving/transfer-entity';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

export type RelationshipKind = 'paired-with' | 'buddy-of' | 'reviews' | 'assesses' | 'declared';

@Entity('unit')
export class Unit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'unit_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'unit_pk' }) id!: string;
  @Column('uuid', { nullable: true }) parentId!: string | null;
  @Column('text') name!: string;
  @Column('integer', { default: 1 }) version!: number;
}

@Entity('grade')
export class Grade {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'grade_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'grade_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('integer') position!: number;
}

@Entity('person')
export class Person {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_pk' }) id!: string;
  @Column('text') givenName!: string;
  @Column('text') familyName!: string;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { nullable: true }) staffNumber!: string | null;
  @Column('text', { nullable: true }) jobTitle!: string | null;
  @Column('uuid', { nullable: true }) unitId!: string | null;
  @Column('uuid', { nullable: true }) gradeId!: string | null;
  @Column('uuid', { nullable: true }) lineManagerId!: string | null;
  @Column('boolean') technician!: boolean;
  @Column('date', { nullable: true }) leftOn!: string | null;
  @Column('date', { nullable: true }) leftTold!: string | null;
  @Column('date', { nullable: true }) contractUntil!: string | null;
  @Column('boolean', { default: false }) externallyFunded!: boolean;
  @Column('timestamptz', { nullable: true }) erasedAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

@Entity('account_person')
export class AccountPerson {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_person_pk' }) accountId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_person_pk' }) institutionId!: string;
  @Column('uuid') personId!: string;
  @Column('timestamptz', { default: () => 'now()' }) linkedAt!: Date;
}

@Entity('role_held')
export class RoleHeld {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_held_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_held_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('text') role!: GrantableRole;
  @Column('date') heldFrom!: string;
  @Column('date', { nullable: true }) heldUntil!: string | null;
  @Column('uuid', { nullable: true }) grantedBy!: string | null;
}

@Entity('relationship')
export class Relationship {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'relationship_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'relationship_pk' }) id!: string;
  @Column('text') kind!: RelationshipKind;
  @Column('uuid') subjectId!: string;
  @Column('uuid') objectId!: string;
  @Column('timestamptz') since!: Date;
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  @Column('uuid') sourceId!: string;
}

@Entity('award_held')
export class AwardHeld {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'award_held_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'award_held_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('text') body!: string;
  @Column('text') award!: string;
  @Column('text', { nullable: true }) number!: string | null;
  @Column('date') awardedOn!: string;
  @Column('date', { nullable: true }) validTo!: string | null;
  @Column('text') status!: 'declared' | 'verified' | 'rejected' | 'lapsed';
  @Column('uuid', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) rejectedFor!: AwardRejection | null;
  @Column('integer', { default: 1 }) version!: number;
}

/** Shown to the world while the row is there. */
@Entity('published_profile')
export class PublishedProfile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'published_profile_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'published_profile_pk' }) personId!: string;
  @Column('text') code!: string;
  @Column('timestamptz') publishedAt!: Date;
}

/** Kept by triggers of `person`; never written here. */
@Entity('person_search')
export class PersonSearch {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_search_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_search_pk' }) personId!: string;
  @Column({ type: 'text', collation: 'C' }) name!: string;
  @Column({ type: 'text', collation: 'C' }) listedAs!: string;
  @Column('date', { nullable: true }) leftOn!: string | null;
  @Column('tsvector') keys!: string;
}

/** Kept by triggers of `person`; never written here. */
@Entity('search_word')
export class SearchWord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'search_word_pk' }) institutionId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'search_word_pk', collation: 'C' }) word!: string;
}

@Entity('skill')
export class Skill {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'skill_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'skill_pk' }) id!: string;
  @Column('text') name!: string;
}

@Entity('person_skill')
export class PersonSkill {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_skill_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_skill_pk' }) personId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_skill_pk' }) skillId!: string;
}

@Entity('delegation')
export class Delegation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delegation_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delegation_pk' }) id!: string;
  @Column('uuid') personId!: string;
  @Column('uuid') delegateId!: string;
  @Column('text') reason!: 'holiday' | 'out-of-office' | 'other';
  @Column('date') startsOn!: string;
  @Column('date') endsOn!: string;
  @Column('uuid') createdBy!: string;
  @Column('timestamptz') createdAt!: Date;
}

@Entity('closure_day')
export class ClosureDay {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'closure_day_pk' }) institutionId!: string;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'closure_day_pk' }) day!: string;
  @Column('text') name!: string;
}

export const peopleEntities = [
  ...personalDataEntities,
  ...staffImportEntities,
  Transfer,
  Unit,
  Grade,
  Person,
  AccountPerson,
  RoleHeld,
  Relationship,
  AwardHeld,
  PublishedProfile,
  PersonSearch,
  SearchWord,
  Skill,
  PersonSkill,
  Delegation,
  ClosureDay,
];
