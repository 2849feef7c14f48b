import { existsSync } from 'node:fs';
import type { Section } from './section.ts';

const names = ['reference', 'assign', 'reasons', 'candidates', 'stable', 'exchange', 'fund', 'equal-shares'];

/** Every section in the order of the page; with `only`, those whose file's name begins so. */
export async function sections(only = ''): Promise<Section[]> {
  const found: Section[] = [];
  for (const name of names.filter((each) => each.startsWith(only))) {
    const file = new URL(`./${name}-section.ts`, import.meta.url);
    if (!existsSync(file)) continue;
    const module = (await import(file.href)) as Record<string, Section | undefined>;
    for (const each of Object.values(module)) if (each && typeof each.run === 'function') found.push(each);
  }
  return found;
}
