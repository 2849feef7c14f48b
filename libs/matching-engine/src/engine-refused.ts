/** Where in the input: which list, which entry (from 0), which field. */
export interface EnginePosition<List extends string = string, Field extends string = string> {
  readonly list: List;
  readonly index: number;
  readonly field: Field;
  /** The earlier entry that this one repeats, where it is a repetition. */
  readonly firstIndex?: number;
}

/**
 * An input that the engine will not work on. `name` is the refusal, for the caller to word; each part of the engine
 * refuses by a class of its own with the names it knows.
 */
export class EngineRefused<
  Name extends string = string,
  Position extends EnginePosition = EnginePosition,
> extends Error {
  override readonly name: Name;
  readonly at: Position;

  constructor(name: Name, at: Position, message: string) {
    super(message);
    this.name = name;
    this.at = at;
  }
}
