// The memory of the command line, alone in a process; without arguments, of loading it.
//   node memory-command.ts [--pairs .. --places .. --order ..]  ->  {"megabytes":..}
import { assignCommand } from '../../engine/assign-command.ts';
import { peakMegabytes } from './child.ts';

const args = process.argv.slice(2);
if (args.length > 0)
  JSON.stringify(
    await assignCommand.run(
      args,
      () => performance.now(),
      (typed) => typed,
    ),
  );
console.log(JSON.stringify({ megabytes: peakMegabytes() }));
