import type { Tx } from '@waymark/api-platform';
import type { Allocation } from './allocation-work';

/** Rows in one statement. */
const batch = 5000;

/** Writes the lines of a scenario that has none. */
export const writeLines = async (tx: Tx, scenarioId: string, { lines }: Allocation): Promise<void> => {
  for (let from = 0; from < lines.length; from += batch) {
    await tx.query(
      `insert into scenario_line (institution_id, scenario_id, application_id, rank, score, asked_pence, least_pence, outcome,
         amount_pence, reserve_rank, reason, below_bar, overridden)
       select $1, $2, l."applicationId", l.rank, l.score, l.asked, l.least, l.outcome, l.amount, l."reserveRank", l.reason,
         l."belowBar", false
       from jsonb_to_recordset($3::jsonb) as l("applicationId" uuid, rank int, score int, asked bigint, least bigint, outcome text,
         amount bigint, "reserveRank" int, reason jsonb, "belowBar" boolean)`,
      [tx.scope.institutionId, scenarioId, JSON.stringify(lines.slice(from, from + batch))],
    );
  }
};
