import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const by = 'Each section is written by its own benchmark in tools/bench.';
const heads = {
  'docs/benchmarks/people.md': `# Figures of people at full strength\n\n${by}\n`,
  'docs/benchmarks/fund.md': `# Figures of the development fund\n\n${by}\n`,
};

/** Prints a section of a page and puts it there, in the place of the one with that heading. */
export const writeSection = (
  heading: string,
  text: string,
  page: keyof typeof heads = 'docs/benchmarks/people.md',
): void => {
  const head = heads[page];
  const before = existsSync(page) ? readFileSync(page, 'utf8') : head;
  const sections = before.split(/^(?=## )/m);
  const mine = `## ${heading}\n\n${text.trim()}\n\n`;
  const at = sections.findIndex((section) => section.startsWith(`## ${heading}\n`));
  const after =
    at === -1 ? [...sections.map(ended), mine] : sections.map((section, index) => (index === at ? mine : section));
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, `${after.join('').trimEnd()}\n`);
  console.log(`\n${mine}`);
};

/** With an empty line after it. */
const ended = (section: string): string => `${section.trimEnd()}\n\n`;
