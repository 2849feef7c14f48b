// Starts everything and keeps it running until it is told to stop. `npm start` comes here by way of
// start.mjs, with the project's own Node.
import { accountLines } from './demonstration-accounts.ts';
import { Progress } from './progress.ts';
import { projectRoot } from './project-root.ts';
import { readArguments, usage } from './up-arguments.ts';
import type { UpArguments } from './up-arguments.ts';
import { StoppedMeanwhile, Waymark } from './waymark.ts';

const progress = new Progress();

function main(): void {
  // Whoever read our output may be gone (a closed terminal, `| head`): no reason to fall over.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const asked = argumentsOrExit();
  if (asked.help) {
    console.log(usage);
    return;
  }
  const waymark = new Waymark(projectRoot(), asked, progress, (error) => void end(1, error.message));
  let ending = false;

  const end = async (status: number, why: string) => {
    if (ending) return;
    ending = true;
    if (status === 0) progress.say(why);
    else console.error(`\nWaymark stopped: ${why}`);
    setTimeout(() => process.exit(status || 1), 15_000).unref(); // should something hang after all
    try {
      await waymark.stop();
      if (status === 0) progress.say('Stopped.');
    } catch (error) {
      console.error(messageOf(error));
      process.exit(1);
    }
    process.exit(status);
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end(0, 'Stopping…'));
  }
  endWithLauncher(() => void end(1, 'the process that started it is gone'));

  waymark.start().then(
    () => announce(waymark),
    (error: unknown) => {
      if (!(error instanceof StoppedMeanwhile)) void end(1, messageOf(error));
    },
  );
}

async function announce(waymark: Waymark): Promise<void> {
  const accounts = accountLines(await waymark.accounts());
  console.log(`\nWaymark is ready after ${progress.elapsedSeconds()} s:\n\n  ${waymark.url}\n`);
  if (accounts.length > 0) console.log(`${accounts.map((line) => `  ${line}`).join('\n')}\n`);
  console.log('Ctrl-C stops it.\n');
}

/** A launcher that was killed cannot pass its signal on: its end is ours. */
function endWithLauncher(end: () => void): void {
  const launcher = Number(process.env['WAYMARK_LAUNCHER']);
  if (launcher !== process.ppid) return;
  const watch = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

function argumentsOrExit(): UpArguments {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(messageOf(error));
    process.exit(2);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main();
