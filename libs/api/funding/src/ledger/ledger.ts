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
  /** Whose money it is, where it is an award's; its claim, where it is a claim's. */
  awardId?: string;
  claimId?: string;
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
 * no balance of a pot and nothing of an award falls below zero (`pot-overdrawn`, `award-overdrawn`), a call gives away no more
 * than its budget (`call-budget-spent`), a closed pot takes nothing (`pot-closed`), and what is posted stays. Pots are locked
 * by their lines, in the order of their identifiers, so that no two entries wait for one another.
 */
export const post = async (tx: Tx, entry: NewEntry): Promise<string> => {
  const [id = ''] = await postAll(tx, [entry]);
  return id;
};

/** The same for any number of entries, in two statements: each pot moves once. Answers their identifiers in the order given. */
export const postAll = async (tx: Tx, entries: readonly NewEntry[]): Promise<string[]> => {
  if (entries.length === 0) return [];
  const { institutionId, personId } = tx.scope;
  const { timeZone } = await whereaboutsOf(tx);
  const made = entries.map((entry) => ({ ...entry, id: tx.newId() }));
  await tx.query(
    `insert into ledger_entry (institution_id, id, kind, at, day, reason, made_by, corrects, award_id, claim_id)
     select $1, e.id, e.kind, $2, $3, e.reason, $4, e.corrects, e."awardId", e."claimId"
     from jsonb_to_recordset($5::jsonb) as e(id uuid, kind text, reason text, corrects uuid, "awardId" uuid, "claimId" uuid)`,
    [
      ...[institutionId, tx.now, dayIn(timeZone, tx.now), personId],
      JSON.stringify(made.map(({ lines: _, ...entry }) => entry)),
    ],
  );
  await tx.query(
    `insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
     select $1, l."entryId", l.number, l."potId", l.account, coalesce(l."costCodeId", p.cost_code_id), l."amountPence"
     from jsonb_to_recordset($2::jsonb)
       as l("entryId" uuid, number smallint, "potId" uuid, account text, "costCodeId" uuid, "amountPence" bigint)
     join pot p on p.institution_id = $1 and p.id = l."potId"`,
    [
      institutionId,
      JSON.stringify(
        made.flatMap(({ id, lines }) => lines.map((line, at) => ({ ...line, entryId: id, number: at + 1 }))),
      ),
    ],
  );
  return made.map(({ id }) => id);
};
