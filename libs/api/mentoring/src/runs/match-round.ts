import { Injectable } from '@nestjs/common';
import { type JobContext, type JobHandler, move, Transactions, type Tx } from '@waymark/api-platform';
import { Round, Run } from '../entities';
import { roundTable, runTable } from '../statuses';
import { matchInThread } from './match-in-thread';
import { MatchingInputs } from './read-matching-input';
import type { RunResult } from './run-result';

/** Rows written in one statement. */
const batch = 2000;

/**
 * Matches a round: reads in one short transaction, computes in none, and writes the whole result in another together
 * with the job's end. A worker that dies has left nothing; the next one begins again and comes to the same result, for
 * the round's id is the seed.
 */
@Injectable()
export class MatchRound implements JobHandler {
  readonly kind = 'mentoring.match-round';

  constructor(
    private readonly transactions: Transactions,
    private readonly inputs: MatchingInputs,
  ) {}

  async run(context: JobContext): Promise<void> {
    const runId = context.subjectId;
    await context.progress('reading', 5);
    const read = await this.transactions.run(context.scope, async (tx) => {
      const run = await tx.lock(Run, runId);
      // Given up with its round, or ended by another worker.
      if (run.status !== 'queued' && run.status !== 'matching') return null;
      await tx.update(Run, run, { status: move(runTable, run.status, 'matching') });
      return { run, input: await this.inputs.read(tx, run.roundId, run.rules) };
    });
    if (!read) return context.finish(() => Promise.resolve());
    const { run, input } = read;
    const result = await matchInThread({ input, rules: run.rules, roundId: run.roundId }, ({ stage, percent }) =>
      context.progress(stage, percent),
    );
    await context.progress('writing', 90);
    await context.finish((tx) => this.write(tx, run.roundId, runId, result));
  }

  async ended(tx: Tx, runId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const { roundId } = await this.runOf(tx, runId);
    const round = await tx.lock(Round, roundId);
    const run = await tx.lock(Run, runId);
    // Given up with its round already.
    if (run.status !== 'queued' && run.status !== 'matching') return;
    await tx.update(Run, run, { status: move(runTable, run.status, end) });
    const [finished] = await tx.query(
      `select id from run where institution_id = $1 and round_id = $2 and status = 'done' limit 1`,
      [tx.scope.institutionId, roundId],
    );
    // Without a result the round is open again; with one from before it is in review again, to be released as it stands.
    await tx.update(Round, round, { status: move(roundTable, round.status, finished ? 'review' : 'open') });
    await tx.audit('run.end', { kind: 'run', id: runId }, { end, roundId });
  }

  private async write(tx: Tx, roundId: string, runId: string, result: RunResult): Promise<void> {
    const round = await tx.lock(Round, roundId);
    const run = await tx.lock(Run, runId);
    if (run.status !== 'matching') return;
    const { institutionId } = tx.scope;
    for (const rows of batches(result.pairs)) {
      await tx.query(
        `insert into run_pair (institution_id, run_id, request_id, enrolment_id, score, shown_score, parts, pinned)
         select $1, $2, "requestId", "enrolmentId", score, "shownScore", parts, pinned
         from jsonb_to_recordset($3) as pair ("requestId" uuid, "enrolmentId" uuid, score int, "shownScore" int, parts jsonb, pinned boolean)`,
        [institutionId, runId, JSON.stringify(rows)],
      );
    }
    for (const rows of batches(result.leftOut)) {
      await tx.query(
        `insert into run_left_out (institution_id, run_id, request_id, reason, blocked)
         select $1, $2, "requestId", reason, blocked
         from jsonb_to_recordset($3) as one ("requestId" uuid, reason jsonb, blocked jsonb)`,
        [institutionId, runId, JSON.stringify(rows)],
      );
    }
    for (const rows of batches(result.unlocks)) {
      await tx.query(
        `insert into run_unlock (institution_id, run_id, enrolment_id, serves_count, serves)
         select $1, $2, "enrolmentId", "servesCount", array(select jsonb_array_elements_text(serves)::uuid)
         from jsonb_to_recordset($3) as one ("enrolmentId" uuid, "servesCount" int, serves jsonb)`,
        [institutionId, runId, JSON.stringify(rows)],
      );
    }
    await tx.query(
      `insert into run_new_mentor (institution_id, run_id, position, attribute, value, grades, serves_count, serves)
       select $1, $2, position, attribute, value, array(select jsonb_array_elements_text(grades)), "servesCount", array(select jsonb_array_elements_text(serves)::uuid)
       from jsonb_to_recordset($3) as one (position int, attribute text, value text, grades jsonb, "servesCount" int, serves jsonb)`,
      [institutionId, runId, JSON.stringify(result.newMentors.map((one, position) => ({ ...one, position })))],
    );
    await tx.update(Run, run, { status: move(runTable, run.status, 'done'), summary: result.summary });
    await tx.update(Round, round, { status: move(roundTable, round.status, 'review') });
    const { count, leftOut, inputHash, engineVersion } = result.summary;
    await tx.audit(
      'run.finish',
      { kind: 'run', id: runId },
      // As in `RunView`: the audit and its export are read by people who must not find an answer out by trying.
      { roundId, count, leftOut, ...(run.rules.points.identity === 0 ? { inputHash } : {}), engineVersion },
    );
  }

  private async runOf(tx: Tx, runId: string): Promise<{ roundId: string }> {
    const [run] = await tx.find(Run, { id: runId });
    if (!run) throw new Error('a matching job without its run');
    return run;
  }
}

const batches = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / batch) }, (_, at) => rows.slice(at * batch, (at + 1) * batch));
