import { type EnginePosition, EngineRefused } from '../engine-refused.ts';

/** Why an input was refused. */
export type ExchangeRefusal =
  | 'id-empty'
  | 'offer-duplicate'
  | 'offer-unknown'
  | 'request-duplicate'
  | 'home-differs'
  | 'institution-duplicate'
  | 'days-not-whole'
  | 'days-too-low'
  | 'days-too-high'
  | 'score-not-whole'
  | 'score-negative'
  | 'score-too-high'
  | 'places-not-whole'
  | 'places-negative'
  | 'places-too-high'
  | 'balance-not-whole'
  | 'balance-too-high'
  | 'delta-not-whole'
  | 'delta-negative'
  | 'delta-too-high'
  | 'order-not-known'
  | 'exchange-too-large';

export type ExchangePosition = EnginePosition<
  'requests' | 'offers' | 'balances' | 'delta' | 'order',
  | 'id'
  | 'host'
  | 'places'
  | 'visitor'
  | 'home'
  | 'offer'
  | 'days'
  | 'score'
  | 'institution'
  | 'balance'
  | 'delta'
  | 'order'
>;

/** An input that `exchange` will not work on. */
export class ExchangeRefused extends EngineRefused<ExchangeRefusal, ExchangePosition> {}
