import { type Command, oneOf, optionsOf, timed, wholeOption } from './command.ts';
import {
  EXCHANGE_ORDERS,
  exchangeInstance,
  ExchangeRefused,
  exchangeResultOf,
  type ExchangeResult,
  MAX_BALANCE,
  solveExchange,
} from './matching-engine.ts';
import { readExchange } from './read-exchange.ts';

const usage =
  'exchange --requests r.csv --offers o.csv --delta days [--balances b.csv] ' +
  `[--order ${EXCHANGE_ORDERS.join('|')}] [--seed text] [--repeat times]`;

/**
 * Timed: the solving, lots included; not reading, checking and sorting, nor reasons, proof and hash. `balance` is of this
 * cycle, what was carried in apart.
 */
export const exchangeCommand: Command = {
  usage,
  async run(args, clock, fileAt) {
    const options = optionsOf(args, usage, {
      required: ['requests', 'offers', 'delta'],
      optional: { balances: undefined, order: 'visits-total', seed: '0' },
    });
    const delta = wholeOption('delta', options.delta, MAX_BALANCE);
    const order = oneOf('order', EXCHANGE_ORDERS, options.order ?? 'visits-total', 'order-not-known');
    const seed = options.seed ?? '0';
    const cycle = await readExchange({
      requests: fileAt(options.requests),
      offers: fileAt(options.offers),
      balances: options.balances === undefined ? undefined : fileAt(options.balances),
    });
    try {
      const instance = exchangeInstance({ ...cycle.input, delta, order, seed });
      const { result, times } = await timed(options.repeat, clock, () => solveExchange(instance, seed));
      return { ...printable(exchangeResultOf(instance, result, seed)), ...times };
    } catch (error) {
      throw error instanceof ExchangeRefused ? cycle.locate(error) : error;
    }
  },
};

function printable({ visits, engineVersion, ...result }: ExchangeResult): object {
  return {
    visits: visits.map(({ visitor, offer }) => [visitor, offer]),
    balance: Object.fromEntries(
      result.institutions.map(({ institution, hosted, sent }) => [institution, hosted - sent]),
    ),
    ...result,
    byLot: visits.filter((visit) => visit.byLot).length,
    engine: engineVersion,
  };
}
