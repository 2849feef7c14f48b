import { type Command, oneOf, optionsOf, timed } from './command.ts';
import {
  costOfStability,
  deferAcceptance,
  rankInstance,
  StableRefused,
  stableResultOf,
  type StableResult,
} from './matching-engine.ts';
import { readRanked } from './read-ranked.ts';

const COSTS = ['auto', 'ranks', 'none'] as const;
/** Pairs up to which the cost of stability is worked out unasked: it takes `assign`, which is slower. */
const COST_UNASKED = 500_000;

const usage =
  'stable --mentees m.csv --mentors o.csv --places places.csv ' +
  `[--cost ${COSTS.join('|')}] [--seed text] [--repeat times]`;

/**
 * Timed: breaking ties and deferring acceptance; not reading, checking and sorting, nor reasons, hash and cost.
 * `cost`, in the points of the ranks, is null where it was not worked out.
 */
export const stableCommand: Command = {
  usage,
  async run(args, clock, fileAt) {
    const options = optionsOf(args, usage, {
      required: ['mentees', 'mentors', 'places'],
      optional: { cost: 'auto', seed: '0' },
    });
    const cost = oneOf('cost', COSTS, options.cost ?? 'auto', 'cost-not-known');
    const seed = options.seed ?? '0';
    const round = await readRanked({
      mentees: fileAt(options.mentees),
      mentors: fileAt(options.mentors),
      places: fileAt(options.places),
    });
    try {
      const instance = rankInstance(round.table);
      const { result, times } = await timed(options.repeat, clock, () => deferAcceptance(instance, seed));
      const isAsked = cost === 'ranks' || (cost === 'auto' && instance.mentee.length <= COST_UNASKED);
      return {
        ...printable(stableResultOf(instance, result, seed)),
        cost: isAsked ? costOfStability(instance, result) : null,
        ...times,
      };
    } catch (error) {
      throw error instanceof StableRefused ? round.locate(error) : error;
    }
  },
};

function printable({ pairs, engineVersion, ...result }: StableResult): object {
  return { pairs: pairs.map(({ mentee, mentor }) => [mentee, mentor]), ...result, engine: engineVersion };
}
