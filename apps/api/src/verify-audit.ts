import 'reflect-metadata';
import { type Head, KeptHeads, Reads, StoredChain, SystemClock, verifyChain } from '@waymark/api-platform';
import { auditHead, type ChainFault, id } from '@waymark/contracts';
import { readFile } from 'node:fs/promises';
import { ConfigError, readConfig } from './config';

/*
 * Verifies the audit's chains from outside the running product:
 *
 *     DATABASE_URL=… node dist/apps/api/verify-audit.js [--head <file>] [institution …]
 *
 * Without identifiers, of every institution. `--head` names a file of heads (JSON, or one a line) that somebody kept; they
 * are compared besides those in AUDIT_HEADS_DIR. Ends with status 1 where a chain is faulty, 2 where it cannot be asked.
 */
const words: Readonly<Record<ChainFault, string>> = {
  gap: 'a number is missing',
  'row-missing': 'a sealed row is gone',
  'row-changed': 'a row is not the one that was sealed',
  'seal-changed': 'a seal was changed',
  'head-differs': 'the head in the database is not the last seal',
  'kept-head-differs': 'a head kept outside the database is not in the chain: it was written anew, or cut off',
  unsealed: 'a row waits for its seal longer than a minute: is a worker running?',
};

const askedFor = (typed: readonly string[]) => {
  const institutions: string[] = [];
  const files: string[] = [];
  for (let at = 0; at < typed.length; at += 1) {
    const word = typed[at] ?? '';
    if (word === '--head') files.push(typed[(at += 1)] ?? '');
    else institutions.push(id.parse(word));
  }
  return { institutions, files };
};

const headsIn = async (file: string): Promise<Head[]> => {
  const text = await readFile(file, 'utf8');
  try {
    return [auditHead.parse(JSON.parse(text))];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => auditHead.parse(JSON.parse(line)));
  }
};

/** Those of the installation's own folder, and those that were brought. */
async function* together(own: AsyncIterable<Head>, brought: readonly Head[]): AsyncGenerator<Head> {
  yield* own;
  yield* brought;
}

try {
  // It serves nobody, so that no address is needed.
  const config = readConfig({ PUBLIC_URL: 'http://localhost', ...process.env });
  const { institutions, files } = askedFor(process.argv.slice(2));
  const brought = (await Promise.all(files.map(headsIn))).flat();
  const reads = new Reads(config);
  const every = await reads.global<{ id: string }>({
    name: 'institutions',
    text: 'select id from institutions_of_this_installation() as id',
    values: [],
  });
  const chosen = institutions.length > 0 ? institutions : every.map((row) => row.id);
  let faulty = 0;
  for (const institutionId of chosen) {
    const began = performance.now();
    const held = brought.filter((head) => head.institutionId === institutionId);
    const { entries, heads, fault } = await verifyChain(
      institutionId,
      new StoredChain(reads, new SystemClock(), institutionId),
      together(new KeptHeads(config).of(institutionId), held),
      () => Promise.resolve(),
    );
    if (fault) faulty += 1;
    const outcome = fault
      ? `FAULTY at ${fault.number ?? 'the end'}: ${words[fault.kind]}${fault.entryId ? ` (row ${fault.entryId})` : ''}`
      : 'valid';
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    console.log(`${institutionId}: ${outcome}; ${entries} rows and ${heads} kept heads in ${seconds} s`);
  }
  await reads.onModuleDestroy();
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`${chosen.length} chains, ${faulty} faulty; at most ${megabytes} MB of memory`);
  process.exitCode = faulty > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof Error ? error.message : error);
  process.exit(2);
}
