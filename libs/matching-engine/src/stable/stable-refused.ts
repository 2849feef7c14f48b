import { type EnginePosition, EngineRefused } from '../engine-refused.ts';

/** Why an input was refused. */
export type StableRefusal =
  | 'id-empty'
  | 'mentee-duplicate'
  | 'mentor-duplicate'
  | 'person-unknown'
  | 'choice-unknown'
  | 'choice-duplicate'
  | 'rank-not-whole'
  | 'rank-too-low'
  | 'rank-too-high'
  | 'places-not-whole'
  | 'places-negative'
  | 'places-too-high'
  | 'lists-differ-in-length'
  | 'too-many-people';

export type StablePosition = EnginePosition<
  'mentees' | 'mentors' | 'menteeChoices' | 'mentorChoices',
  'id' | 'places' | 'person' | 'choice' | 'rank'
>;

/** An input that `stable` will not work on. */
export class StableRefused extends EngineRefused<StableRefusal, StablePosition> {}
