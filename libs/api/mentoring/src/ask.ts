import { type ReadQuery, type Reads, type Scope, type Tx } from '@waymark/api-platform';

/**
 * Asks several queries and gets the rows of each. A view is read through it both ways: by itself in one round trip, and
 * at the end of the transaction that changed it, which keeps the answer for a repetition of the command.
 */
export type Ask = (queries: ReadQuery[]) => Promise<unknown[][]>;

export const askReads =
  (reads: Reads, scope: Pick<Scope, 'institutionId'>): Ask =>
  (queries) =>
    reads.all<unknown[]>(scope, queries);

export const askTx =
  (tx: Tx): Ask =>
  async (queries) => {
    const answers: unknown[][] = [];
    for (const query of queries) answers.push(await tx.query(query.text, query.values));
    return answers;
  };
