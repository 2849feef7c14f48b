/**
 * Whether to run with the demonstration network: what is asked now, else what was chosen for this
 * database before, else yes.
 */
export function demonstrationChoice(asked: { empty: boolean; reset: boolean }, remembered: unknown): boolean {
  if (asked.empty && !asked.reset && remembered === true) {
    throw new Error(
      'This database already holds the demonstration network. "npm start -- --reset --empty" throws it away and starts empty.',
    );
  }
  if (asked.empty) return false;
  return asked.reset || remembered !== false;
}
