import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { assignCommand } from './assign-command.ts';
import type { Command } from './command.ts';
import { exchangeCommand } from './exchange-command.ts';
import { fundCommand } from './fund-command.ts';
import { stableCommand } from './stable-command.ts';

const commands: Readonly<Record<string, Command>> = {
  assign: assignCommand,
  stable: stableCommand,
  exchange: exchangeCommand,
  fund: fundCommand,
};

interface Block {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

const blocksOf = (page: string): Block[] =>
  [...readFileSync(page, 'utf8').matchAll(/^```(\w*) ?(\S*)\n(.*?)^```$/gms)].map(
    ([, language = '', file = '', text = '']) => ({ language, file, text }),
  );

const examples = ['README.md', 'docs/engine.md'].flatMap((page) =>
  blocksOf(page).flatMap(({ language, text }, at, blocks) => {
    const [, command = '', typed = ''] = /^npm run -s engine -- (\S+) (.*)/s.exec(text.replaceAll('\\\n', ' ')) ?? [];
    if (language !== 'sh' || command === '') return [];
    return [{ page, command, args: typed.trim().split(/\s+/), answer: blocks[at + 1]?.text ?? '' }];
  }),
);

describe('the guide', () => {
  it('shows each command at least once', () => {
    expect(new Set(examples.map(({ command }) => command))).toEqual(new Set(Object.keys(commands)));
  });

  it.each(examples)('$page is right about $command $args', async ({ command, args, answer }) => {
    expect(
      await commands[command]?.run(
        args,
        () => 0,
        (file) => file,
      ),
    ).toMatchObject(JSON.parse(answer) as object);
  });

  it.each(blocksOf('docs/engine.md').filter(({ file }) => file !== ''))('shows $file as it is', ({ file, text }) => {
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});
