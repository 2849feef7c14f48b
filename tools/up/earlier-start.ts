import type { KeptState } from './kept-state.ts';
import { identify, pidOf, stillRuns, stopProcess } from './process-table.ts';

const services = ['api', 'worker'] as const;
export type ServiceName = (typeof services)[number];

/**
 * Ends what an earlier start from this folder left running: the whole of it, or the services alone
 * when their keeper was killed. Then notes this process as the one in charge.
 */
export async function takeOver(running: KeptState, say: (line: string) => void): Promise<void> {
  const noted = running.read();
  const keeper = noted['keeper'];
  if (typeof keeper === 'string' && stillRuns(keeper)) {
    say(`Waymark already runs from this folder (process ${pidOf(keeper)}): stopping it first…`);
    await stopProcess(keeper, [
      ['SIGTERM', 12_000],
      ['SIGKILL', 1_000],
    ]);
  }
  for (const name of services) {
    const identity = noted[name];
    if (typeof identity !== 'string' || !stillRuns(identity)) continue;
    say(`Stopping the ${name} that an earlier start left behind (process ${pidOf(identity)})…`);
    await stopProcess(identity, [
      ['SIGTERM', 3_000],
      ['SIGKILL', 1_000],
    ]);
  }
  running.change({ keeper: identify(process.pid), api: undefined, worker: undefined });
}
