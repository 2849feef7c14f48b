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
  | 'pin-without-place';

/** Where in the input: which list, which entry (from 0), which field. */
export interface InputPosition {
  readonly list: 'mentees' | 'mentors' | 'pairs' | 'pinned' | 'order';
  readonly index: number;
  readonly field: 'id' | 'places' | 'mentee' | 'mentor' | 'score' | 'order' | 'pair';
  /** The earlier entry that this one repeats, where it is a repetition. */
  readonly firstIndex?: number;
}

/** An input that the engine will not work on. `name` is the refusal, for the caller to word. */
export class AssignRefused extends Error {
  override readonly name: AssignRefusal;
  readonly at: InputPosition;

  constructor(name: AssignRefusal, at: InputPosition, message: string) {
    super(message);
    this.name = name;
    this.at = at;
  }
}
