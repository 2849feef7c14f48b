import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, type Tx } from '@waymark/api-platform';
import type { EntryKind, LedgerAccount } from '@waymark/contracts';

/** A line before it is posted. Whole pence; what leaves an account is below nothing. */
export interface NewLine {
  potId: string;
  account: LedgerAccount;
  amountPence: number;
  /** The pot's own, where nothing is said. */
  costCodeId?: string;
}

export interface NewEntry {
  kind: EntryKind;
  /** For whoever reads the books later; no names of people. */
  reason: string;
  lines: readonly NewLine[];
  corrects?: string;
}

/** Money that moves between two accounts: out of the first, into the second. */
export const between = (
  amountPence: number,
  from: Pick<NewLine, 'potId' | 'account' | 'costCodeId'>,
  to: Pick<NewLine, 'potId' | 'account' | 'costCodeId'>,
): NewLine[] => [
  { ...from, amountPence: -amountPence },
  { ...to, amountPence },
];

/**
 * Posts one entry of the ledger and answers its identifier. The database keeps what money rests on: lines add up to nothing,
 * no balance falls below zero (`pot-overdrawn`), a closed pot takes nothing (`pot-closed`), and what is posted stays. Pots
 * are locked by their lines, in the order of their identifiers, so that no two entries wait for one another.
 */
export const post = async (tx: Tx, { kind, reason, lines, corrects }: NewEntry): Promise<string> => {
  const { institutionId, personId } = tx.scope;
  const id = tx.newId();
  const { timeZone } = await whereaboutsOf(tx);
  await tx.query(
    `insert into ledger_entry (institution_id, id, kind, at, day, reason, made_by, corrects) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [institutionId, id, kind, tx.now, dayIn(timeZone, tx.now), reason, personId, corrects ?? null],
  );
  await tx.query(
    `insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
     select $1, $2, l.number, l."potId", l.account, coalesce(l."costCodeId", p.cost_code_id), l."amountPence"
     from jsonb_to_recordset($3::jsonb) as l(number smallint, "potId" uuid, account text, "costCodeId" uuid, "amountPence" bigint)
     join pot p on p.institution_id = $1 and p.id = l."potId"
     order by l."potId", l."amountPence" < 0, l.number`,
    [institutionId, id, JSON.stringify(lines.map((line, at) => ({ ...line, number: at + 1 })))],
  );
  return id;
};
