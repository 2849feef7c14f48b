import type { EntryKind, PotStatus } from '@waymark/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { allocationEntities } from './allocation/entities';
import { applicationsEntities } from './applications/entities';
import { awardsEntities } from './awards/entities';
import { callsEntities } from './calls/entities';
import { endorsementsEntities } from './endorsements/entities';
import { panelEntities } from './panel/entities';

/* For writes; see docs/decisions/0004-entities-and-drift.md. */

@Entity('cost_code')
export class CostCode {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'cost_code_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'cost_code_pk' }) id!: string;
  @Column('text') code!: string;
  @Column('text') name!: string;
  @Column('boolean') active!: boolean;
  @Column('integer') version!: number;
}

/** Its balances follow from the ledger by trigger: the application can write none of them. */
@Entity('pot')
export class Pot {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pot_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pot_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('integer') financialYear!: number;
  @Column('uuid') costCodeId!: string;
  @Column('text') status!: PotStatus;
  @Column('uuid', { nullable: true }) rolledFrom!: string | null;
  /** Text, as pg reads a bigint: figures on screens come from `pot_figures`. */
  @Column({ type: 'bigint', insert: false, update: false, default: 0 }) availablePence!: string;
  @Column({ type: 'bigint', insert: false, update: false, default: 0 }) committedPence!: string;
  @Column({ type: 'bigint', insert: false, update: false, default: 0 }) spentPence!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('uuid') createdBy!: string;
  @Column('integer') version!: number;
}

@Entity('ledger_entry')
export class LedgerEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_entry_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_entry_pk' }) id!: string;
  @Column('text') kind!: EntryKind;
  @Column('timestamptz') at!: Date;
  @Column('date') day!: string;
  @Column('text') reason!: string;
  @Column('uuid', { nullable: true }) madeBy!: string | null;
  @Column('uuid', { nullable: true }) corrects!: string | null;
  /** The award, and of it the claim, whose money moves; null: the pot's own. */
  @Column('uuid', { nullable: true }) awardId!: string | null;
  @Column('uuid', { nullable: true }) claimId!: string | null;
}

@Entity('ledger_line')
export class LedgerLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_line_pk' }) institutionId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_line_pk' }) entryId!: string;
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'ledger_line_pk' }) number!: number;
  @Column('uuid') potId!: string;
  @Column('text') account!: string;
  @Column('uuid') costCodeId!: string;
  @Column('bigint') amountPence!: string;
}

export const fundingEntities = [
  ...[CostCode, Pot, LedgerEntry, LedgerLine],
  ...callsEntities,
  ...applicationsEntities,
  ...endorsementsEntities,
  ...panelEntities,
  ...allocationEntities,
  ...awardsEntities,
];
