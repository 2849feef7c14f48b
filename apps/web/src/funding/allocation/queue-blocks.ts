import { type AllocationOutcome, allocationOutcomes, type ScenarioQueue } from '@waymark/contracts';
import { figure } from '../../shell/words';

export type Move = 'gains' | 'loses' | 'changes';

/** One application in the queue. */
export interface Queued {
  readonly rank: number;
  readonly askedPence: number;
  readonly amountPence: number;
  readonly outcome: AllocationOutcome;
  readonly belowBar: boolean;
  /** Against what is kept, while something else is tried. */
  readonly move: Move | null;
}

/** Whether two queues are of the same applications in the same order: only then can they be compared place by place. */
const sameQueue = (a: ScenarioQueue, b: ScenarioQueue): boolean =>
  a.askedPence.length === b.askedPence.length && a.askedPence.every((pence, at) => pence === b.askedPence[at]);

const moveFrom = (was: number, is: number): Move | null => {
  if (was === is) return null;
  if (was === 0) return 'gains';
  return is === 0 ? 'loses' : 'changes';
};

/** The columns of a queue as applications, the first of rank 1, each with how it moves against another queue. O(n). */
export const queueOf = (queue: ScenarioQueue, kept: ScenarioQueue | null = null): readonly Queued[] => {
  const before = kept !== null && kept !== queue && sameQueue(queue, kept) ? kept : null;
  return queue.askedPence.map((askedPence, at) => {
    const amountPence = queue.awardPence[at] ?? 0;
    return {
      rank: at + 1,
      askedPence,
      amountPence,
      outcome: allocationOutcomes[queue.outcome[at] ?? 3] ?? 'unsuccessful',
      belowBar: queue.belowBar[at] === 1,
      move: before ? moveFrom(before.awardPence[at] ?? 0, amountPence) : null,
    };
  });
};

export type BlockState = 'got' | 'part' | 'some' | 'none' | 'below';

/** A piece of the queue as it is drawn: one application, or a run of them where there are too many to tell apart. */
export interface QueueBlock {
  readonly key: number;
  readonly state: BlockState;
  readonly fromPence: number;
  readonly pence: number;
  readonly label: string;
  readonly firstRank: number;
  readonly lastRank: number;
  readonly move: Move | null;
}

/** More applications than this are drawn as runs. */
const drawnEach = 60;
/** In how many pieces a long queue is looked at; finer than this nobody sees. */
const pieces = 160;

const stateOf = ({ outcome, belowBar }: Queued): BlockState => {
  if (outcome === 'awarded') return 'got';
  if (outcome === 'part-awarded') return 'part';
  return belowBar ? 'below' : 'none';
};

const each = (queue: readonly Queued[], total: number): QueueBlock[] => {
  const blocks: QueueBlock[] = [];
  let from = 0;
  for (const queued of queue) {
    const { rank, askedPence: pence, amountPence } = queued;
    const wide = pence / total > 0.017;
    const of = { firstRank: rank, lastRank: rank, move: queued.move };
    if (queued.outcome === 'part-awarded') {
      // What it gets, and what it asked beyond that.
      blocks.push({
        ...of,
        key: blocks.length,
        state: 'part',
        fromPence: from,
        pence: amountPence,
        label: wide ? figure(rank) : '',
      });
      blocks.push({
        ...of,
        move: null,
        key: blocks.length,
        state: 'none',
        fromPence: from + amountPence,
        pence: pence - amountPence,
        label: '',
      });
    } else {
      blocks.push({
        ...of,
        key: blocks.length,
        state: stateOf(queued),
        fromPence: from,
        pence,
        label: wide ? figure(rank) : '',
      });
    }
    from += pence;
  }
  return blocks;
};

const asRuns = (queue: readonly Queued[], total: number): QueueBlock[] => {
  const runs: Omit<QueueBlock, 'key' | 'label'>[] = [];
  let from = 0;
  let at = 0;
  while (at < queue.length) {
    const start = from;
    const first = queue[at];
    if (!first) break;
    const states = new Set<BlockState>();
    const edge = (Math.floor((from / total) * pieces) + 1) * (total / pieces);
    let lastRank = first.rank;
    // At least one, and as many as begin within the piece.
    for (let next: Queued | undefined = first; next && (from < edge || next === first); next = queue[at]) {
      states.add(stateOf(next));
      lastRank = next.rank;
      from += next.askedPence;
      at += 1;
    }
    const [only] = states;
    const state: BlockState = states.size === 1 && only ? only : 'some';
    const before = runs.at(-1);
    if (before && before.state === state) {
      runs[runs.length - 1] = { ...before, pence: before.pence + from - start, lastRank };
    } else runs.push({ state, fromPence: start, pence: from - start, firstRank: first.rank, lastRank, move: null });
  }
  return runs.map((run, key) => ({
    ...run,
    key,
    label: run.pence / total > 0.09 ? `${figure(run.firstRank)}–${figure(run.lastRank)}` : '',
  }));
};

/** The queue laid end to end by what each asks, in rank order. O(n). */
export const queueBlocks = (queue: readonly Queued[]): readonly QueueBlock[] => {
  const total = queue.reduce((sum, { askedPence }) => sum + askedPence, 0);
  if (total === 0) return [];
  return queue.length <= drawnEach ? each(queue, total) : asRuns(queue, total);
};
