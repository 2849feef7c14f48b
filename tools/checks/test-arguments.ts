/** What a person asked of `npm test`. */
export interface TestArguments {
  readonly parts: readonly string[];
  readonly isPart: boolean;
  /** Files for Jest: those whose path matches one of them. */
  readonly patterns: readonly string[];
}

/**
 * `--only jest PATTERN…`, `--only lint,types`; nothing for everything. A part by itself does not
 * build: browser tests take what `dist` holds, unless `build` is named too.
 */
export function readTestArguments(words: readonly string[], checks: readonly string[]): TestArguments {
  const all = [...checks, 'jest'];
  if (words.length === 0) return { parts: all, isPart: false, patterns: [] };
  const [option, list = '', ...patterns] = words;
  const parts = list.split(',');
  const known = parts.every((part) => all.includes(part));
  if (option !== '--only' || !known || (patterns.length > 0 && !parts.includes('jest'))) {
    throw new Error(`npm test -- --only PART[,PART…] [FILE PATTERN…], where a part is one of ${all.join(', ')}`);
  }
  return { parts, isPart: true, patterns };
}
