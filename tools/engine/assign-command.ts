import { type Command, oneOf, optionsOf, timed, wholeOption } from './command.ts';
import {
  ASSIGN_ORDERS,
  AssignRefused,
  type AssignResult,
  compressInstance,
  type Dissatisfaction,
  DISSATISFACTIONS,
  MAX_SCORE,
  refuseAboveCeiling,
  resultOf,
  solve,
} from './matching-engine.ts';
import { readRound } from './read-round.ts';

const usage =
  `assign --pairs pairs.csv --places places.csv [--order ${ASSIGN_ORDERS.join('|')}] ` +
  '[--mentee-places mentee-places.csv] ' +
  `[--dissatisfaction ${DISSATISFACTIONS.join('|')} --ceiling points] [--seed text] [--repeat times]`;

/** Only the solving is timed: not reading, checking and sorting, nor reasons and hash. */
export const assignCommand: Command = {
  usage,
  async run(args, clock, fileAt) {
    const options = optionsOf(args, usage, {
      required: ['pairs', 'places'],
      optional: {
        order: undefined,
        'mentee-places': undefined,
        dissatisfaction: 'linear',
        ceiling: undefined,
        seed: '0',
      },
    });
    const order = oneOf('order', ASSIGN_ORDERS, options.order ?? 'pairs-floor-total', 'order-not-known');
    const dissatisfaction: Dissatisfaction = {
      dissatisfaction: oneOf(
        'dissatisfaction',
        DISSATISFACTIONS,
        options.dissatisfaction ?? 'linear',
        'dissatisfaction-not-known',
      ),
      ceiling: options.ceiling === undefined ? undefined : wholeOption('ceiling', options.ceiling, MAX_SCORE),
    };
    const menteePlaces = options['mentee-places'];
    const seed = options.seed ?? '0';
    const round = await readRound({
      pairs: fileAt(options.pairs),
      places: fileAt(options.places),
      menteePlaces: menteePlaces === undefined ? undefined : fileAt(menteePlaces),
    });
    try {
      refuseAboveCeiling(round.table, order, dissatisfaction);
      const instance = compressInstance(round.table, { mayOverwrite: true });
      const { result, times } = await timed(options.repeat, clock, () => solve(instance, order, seed, dissatisfaction));
      return { ...printable(resultOf(instance, result, seed)), ...times };
    } catch (error) {
      throw error instanceof AssignRefused ? round.locate(error) : error;
    }
  },
};

function printable({ pairs, engineVersion, ...result }: AssignResult): object {
  return {
    pairs: pairs.map(({ mentee, mentor, score }) => [mentee, mentor, score]),
    ...result,
    byLot: pairs.filter((pair) => pair.byLot).length,
    engine: engineVersion,
  };
}
