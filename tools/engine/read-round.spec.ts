import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IdIndex } from './id-index.ts';
import { readRound } from './read-round.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const MENTORS = ['x', 'y, the second', 'é', 'a mentor of a longer name'];

async function read(pairs: string) {
  const files = { pairs: path.join(folder, 'pairs.csv'), places: path.join(folder, 'places.csv') };
  writeFileSync(files.pairs, pairs);
  writeFileSync(files.places, `mentor,places\n${MENTORS.map((id) => `"${id}",1`).join('\n')}\n`);
  const { table, locate } = await readRound(files);
  const listed = Array.from(table.pairMentee, (mentee, at) => [
    table.menteeIds[mentee],
    table.mentorIds[table.pairMentor[at] ?? -1],
    table.pairScore[at],
  ]);
  return { listed, table, locate };
}

describe('pairs read from a file', () => {
  /** One pair as a line in one of the ways it can be written; plain where it must be read byte by byte. */
  const lines = fc.array(
    fc.record({
      mentee: fc.constantFrom('a', 'b b', 'ø', 'mentee, quoted', 'tab\there', '"', 'l\nbreak'),
      mentor: fc.constantFrom(...MENTORS),
      score: fc.nat({ max: 1000 }),
      spaces: fc.boolean(),
      blank: fc.constantFrom('', '', '\n'),
      end: fc.constantFrom('\n', '\r\n'),
    }),
    { maxLength: 12 },
  );
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  it('are those written, whichever lines are plain and whichever are not, and their lines are known', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (written, end, closed) => {
        let text = `mentee,mentor,score${end}`;
        const lineOf: number[] = [];
        for (const { mentee, mentor, score, spaces, blank } of written) {
          text += blank === '' ? '' : end;
          lineOf.push(text.split('\n').length);
          text += `${quoted(mentee)},${spaces ? ' ' : ''}${quoted(mentor)},${score}${end}`;
        }
        const { listed, locate } = await read(closed ? text : text.trimEnd());
        expect(listed).toEqual(written.map(({ mentee, mentor, score }) => [mentee, mentor, score]));
        lineOf.forEach((line, index) => {
          const fault = locate({ name: 'n', message: 'm', at: { list: 'pairs', index, field: 'score' } } as never);
          expect(fault.message).toContain(`line ${line}, `);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('may be many more than fit into one piece, cut anywhere', async () => {
    const count = 30_000;
    const text = Array.from(
      { length: count },
      (_, at) => `mentee-${at % 700},${at % 3 === 0 ? 'é' : 'x'},${at % 1001}`,
    );
    const { listed, table } = await read(
      `score,mentor,mentee\n${text.map((line) => line.split(',').toReversed()).join('\n')}`,
    );
    expect(listed.map((pair) => pair.join(','))).toEqual(text);
    expect(table.menteeIds).toHaveLength(700);
    expect(table.pairScore).toBeInstanceOf(Int32Array);
  });

  it('are at fault in their own line, after thousands that were not', async () => {
    const before = 'a,x,1\n'.repeat(20_000);
    for (const [line, message] of [
      ['a,nobody,1', 'mentor-unknown line 20002, column 2'],
      ['a,x,-1', 'score-negative line 20002, column 3'],
      ['a,x', 'line-not-complete line 20002, column 3'],
      ['a,"x,1', 'csv-malformed line 20002'],
    ] as const) {
      const fault = await read(`mentee,mentor,score\n${before}${line}\n`).catch((error: Error) => error);
      expect(fault).toMatchObject({ name: message.split(' ')[0] });
      expect(String(fault)).toContain(message.slice(message.indexOf('line 2')));
    }
  });
});

describe('an index of ids', () => {
  it('finds each by its bytes, and no other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 600 }),
        (ids) => {
          const known = ids.filter((id) => id.isWellFormed());
          const index = new IdIndex();
          expect(known.map((id) => index.findText(id))).toEqual(known.map(() => -1));
          known.forEach((id) => index.addText(id));
          expect(known.map((id) => index.findText(id))).toEqual(known.map((_, at) => at));
          expect(index.ids).toEqual(known);
        },
      ),
    );
  });
});
