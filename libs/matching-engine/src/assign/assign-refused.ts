import { type EnginePosition, EngineRefused } from '../engine-refused.ts';

/** Why an input was refused. */
export type AssignRefusal =
  | 'order-not-known'
  | 'id-empty'
  | 'mentee-duplicate'
  | 'mentor-duplicate'
  | 'mentee-unknown'
  | 'mentor-unknown'
  | 'pair-duplicate'
  | 'score-not-whole'
  | 'score-negative'
  | 'score-too-high'
  | 'places-not-whole'
  | 'places-negative'
  | 'places-too-high'
  | 'lists-differ-in-length'
  | 'too-many-people'
  | 'pin-unknown'
  | 'pin-duplicate'
  | 'pin-without-place'
  | 'dissatisfaction-not-known'
  | 'dissatisfaction-not-with-total'
  | 'ceiling-wrong'
  | 'ceiling-not-wanted'
  | 'score-above-ceiling'
  | 'scores-too-far-apart';

export type InputPosition = EnginePosition<
  'mentees' | 'mentors' | 'pairs' | 'pinned' | 'order' | 'dissatisfaction' | 'ceiling',
  'id' | 'places' | 'mentee' | 'mentor' | 'score' | 'order' | 'pair' | 'dissatisfaction' | 'ceiling'
>;

/** An input that `assign` will not work on. */
export class AssignRefused extends EngineRefused<AssignRefusal, InputPosition> {}
