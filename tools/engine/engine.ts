import { resolve } from 'node:path';
import { assignCommand } from './assign-command.ts';
import type { Command } from './command.ts';
import { exchangeCommand } from './exchange-command.ts';
import { fundCommand } from './fund-command.ts';
import { InputFault } from './input-fault.ts';
import { stableCommand } from './stable-command.ts';

/**
 * The engine from the command line: JSON alone on stdout; what is wrong goes to stderr, with exit status 2 where the
 * input is at fault.
 */
const commands: Readonly<Record<string, Command>> = {
  assign: assignCommand,
  stable: stableCommand,
  exchange: exchangeCommand,
  fund: fundCommand,
};
const usage = Object.values(commands)
  .map((command) => `\n  npm run -s engine -- ${command.usage}`)
  .join('');

// `npm run` changes to the project's root; paths are meant from where the person stands.
const standsAt = process.env['npm_lifecycle_event'] === 'engine' ? process.env['INIT_CWD'] : undefined;
const fileAt = (typed: string) => (standsAt === undefined ? typed : resolve(standsAt, typed));

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new InputFault('command-not-known', `${name === '' ? 'no command given' : name}; usage:${usage}`);
  const answer = await command.run(args, () => performance.now(), fileAt);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
} catch (error) {
  if (error instanceof InputFault) {
    process.stderr.write(`${error.name}: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
