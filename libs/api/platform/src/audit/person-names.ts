import type { Scope } from '../actor';

/**
 * Names of people for the audit, which itself holds identifiers alone: looked up at each reading, so that whoever was
 * erased is nobody's name. People provides it.
 */
export abstract class PersonNames {
  /** Of these identifiers, those of people with a name; whoever was erased, and what is no person, is left out. */
  abstract of(scope: Pick<Scope, 'institutionId'>, ids: readonly string[]): Promise<Map<string, string>>;
}
