// What `npm test` runs. Plain Node 20: it comes before the install.
import { ensureInstalled, runTool } from '../up/installation.mjs';

await ensureInstalled();
await runTool('tools/checks/test.ts', process.argv.slice(2));
