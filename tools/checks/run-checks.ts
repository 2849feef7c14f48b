import { lastLines } from '../up/program-run.ts';
import type { Check } from './checks.ts';
import type { Tally } from './tally.ts';

/** Runs the checks, two at a time for two cores, and says of each as it ends; a failed one in full. */
export async function runChecks(root: string, checks: readonly Check[]): Promise<Tally> {
  const waiting = [...checks];
  let [passed, failed] = [0, 0];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (await runOne(root, check)) passed += 1;
      else failed += 1;
    }
  };
  await Promise.all([lane(), lane()]);
  return { passed, failed, skipped: 0 };
}

async function runOne(root: string, check: Check): Promise<boolean> {
  const from = performance.now();
  const { status, output } = await check.run(root).catch((error: unknown) => ({ status: 1, output: String(error) }));
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (status === 0) console.log(`passed  ${check.name} (${seconds} s)`);
  else console.log(`FAILED  ${check.name} (${seconds} s)\n${lastLines(output, 300)}\n`);
  return status === 0;
}
