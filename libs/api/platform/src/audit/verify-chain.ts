import type { ChainFault } from '@waymark/contracts';
import type { Head } from './kept-heads';
import { genesis, hashOfSeal } from './seal-hash';

/** One seal as it is stored, with the row it seals as `entryText` writes it; null where that row is gone. */
export interface SealRow {
  number: number;
  hash: string;
  entryId: string;
  entry: string | null;
}

/** The chain of one institution as verification reads it: each call a short transaction, never a million rows at once. */
export interface ChainSource {
  /** What the database says its newest seal is, and the highest number there is, of one moment; null: no head. */
  head(): Promise<{ head: { number: number; hash: string } | null; last: number }>;
  /** The seals with these numbers, both included, in their order. */
  seals(first: number, last: number): Promise<SealRow[]>;
  hashOf(number: number): Promise<string | null>;
  /** A row that should have a seal by now: older than a minute and still without one. */
  unsealed(): Promise<string | null>;
}

export interface Verified {
  /** Rows that were read and are right. */
  entries: number;
  /** Heads kept outside that were compared and are right. */
  heads: number;
  fault: { kind: ChainFault; number: number | null; entryId: string | null } | null;
}

/** Seals read at once: small, so that what was read is forgotten before it grows old in memory. */
const batch = 1000;
/** Batches on their way while one is hashed: the database works meanwhile. */
const ahead = 3;

class Faulty extends Error {
  constructor(
    readonly kind: ChainFault,
    readonly number: number | null,
    readonly entryId: string | null = null,
  ) {
    super(kind);
  }
}

/**
 * Verifies an institution's chain from its first seal to the newest, in constant memory: every hash is worked out anew
 * from the row it seals, numbers have no gap, the database's head is the last seal, every head kept outside it is the
 * seal of that number, and no row waits for its seal longer than a minute. Stops at the first fault. The next batches are
 * fetched while one is hashed. What is sealed meanwhile is left to the next verification.
 *
 * @param progress is told the share done, 0 to 1, after each batch; what it throws ends the verification.
 */
export const verifyChain = async (
  institutionId: string,
  chain: ChainSource,
  keptHeads: AsyncIterable<Head>,
  progress: (share: number) => Promise<void>,
): Promise<Verified> => {
  let entries = 0;
  let heads = 0;
  const kept = keptHeads[Symbol.asyncIterator]();
  try {
    const { head, last } = await chain.head();
    const end = head?.number ?? 0;
    if (end !== last) throw new Faulty('head-differs', Math.min(end, last) + 1);
    let before = genesis;
    let waiting = await kept.next();
    const compare = async (head: Head, hash: string | null) => {
      if (head.hash !== hash) throw new Faulty('kept-head-differs', head.number);
      heads += 1;
      waiting = await kept.next();
    };
    const coming: Promise<SealRow[]>[] = [];
    let fetchedTo = 0;
    const fetchAhead = () => {
      while (fetchedTo < end && coming.length < ahead) {
        const rows = chain.seals(fetchedTo + 1, Math.min(fetchedTo + batch, end));
        // Should a batch before it be faulty, nobody waits for this one.
        rows.catch(() => undefined);
        coming.push(rows);
        fetchedTo += batch;
      }
    };
    for (let first = 1; first <= end; first += batch) {
      fetchAhead();
      const rows = (await coming.shift()) ?? [];
      fetchAhead();
      for (const row of rows) {
        const number = entries + 1;
        if (row.number !== number) throw new Faulty('gap', number);
        if (row.entry === null) throw new Faulty('row-missing', number, row.entryId);
        if (hashOfSeal(before, institutionId, number, row.entry) !== row.hash) {
          throw await changed(institutionId, chain, row, head?.hash ?? genesis, end);
        }
        before = row.hash;
        entries += 1;
        while (!waiting.done && waiting.value.number === number) await compare(waiting.value, row.hash);
      }
      if (rows.length < Math.min(batch, end - first + 1)) throw new Faulty('gap', first + rows.length);
      await progress(entries / end);
    }
    if (head && head.hash !== before) throw new Faulty('head-differs', end);
    // Lines out of order, and heads of seals that came after the moment of the head above; one beyond the chain's end
    // speaks of rows that were cut off.
    while (!waiting.done) await compare(waiting.value, await chain.hashOf(waiting.value.number));
    const unsealed = await chain.unsealed();
    if (unsealed) throw new Faulty('unsealed', null, unsealed);
    return { entries, heads, fault: null };
  } catch (error) {
    if (!(error instanceof Faulty)) throw error;
    return { entries, heads, fault: { kind: error.kind, number: error.number, entryId: error.entryId } };
  } finally {
    await kept.return?.();
  }
};

/** A hash that is wrong: where the next seal still stands on it, the row was changed, else the seal was. */
const changed = async (
  institutionId: string,
  chain: ChainSource,
  row: SealRow,
  headHash: string,
  end: number,
): Promise<Faulty> => {
  const [next] = row.number < end ? await chain.seals(row.number + 1, row.number + 1) : [];
  const stands =
    next && next.entry !== null
      ? hashOfSeal(row.hash, institutionId, next.number, next.entry) === next.hash
      : row.hash === headHash;
  return new Faulty(stands ? 'row-changed' : 'seal-changed', row.number, row.entryId);
};
