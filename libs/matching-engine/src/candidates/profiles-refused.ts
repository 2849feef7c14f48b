import { type EnginePosition, EngineRefused } from '../engine-refused.ts';

/** Why profiles or their rules were refused. */
export type ProfilesRefusal =
  | 'id-empty'
  | 'mentee-duplicate'
  | 'mentor-duplicate'
  | 'too-many-people'
  | 'lists-differ-in-length'
  | 'places-not-whole'
  | 'places-negative'
  | 'places-too-high'
  | 'grade-not-known'
  | 'value-not-known'
  | 'attribute-not-known'
  | 'points-not-whole'
  | 'points-negative'
  | 'score-too-high'
  | 'steps-not-whole'
  | 'steps-repeated'
  | 'grade-range-reversed'
  | 'mentee-unknown'
  | 'mentor-unknown'
  | 'count-not-whole';

export type ProfilesPosition = EnginePosition<
  'mentees' | 'mentors' | 'forbidden' | 'attributes' | 'gradePoints' | 'gradeSteps' | 'count',
  'id' | 'places' | 'grade' | 'values' | 'points' | 'steps' | 'must' | 'mentee' | 'mentor' | 'from' | 'count'
>;

/** Profiles or rules that `candidates` and `assignProfiles` will not work on. */
export class ProfilesRefused extends EngineRefused<ProfilesRefusal, ProfilesPosition> {}
