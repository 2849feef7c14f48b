// What `npm start` runs. Plain Node 20: it comes before the install.
import { ensureInstalled, runTool } from './installation.mjs';

await ensureInstalled();
await runTool('tools/up/up.ts', process.argv.slice(2));
