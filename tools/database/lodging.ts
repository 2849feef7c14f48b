import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { copiedBinaries, packagedBinaries } from './postgres-binaries.ts';

/** A command as it is to be started: PostgreSQL refuses to run as root. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Where the server's programs and data lie, and how it is started there as somebody who is not root. */
export interface Lodging {
  readonly binaries: string;
  /** Holds `data`, and nothing else of worth. */
  readonly place: string;
  start(program: 'initdb' | 'postgres', args: readonly string[]): Start;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Where data and programs go when the service account cannot enter the clone. */
const shelter = '/var/lib/waymark';

/** Who starts it, and by which means; replaced in trials to go through every way on one machine. */
export interface Means {
  readonly uid: number;
  readonly ways: readonly ('namespace' | 'directory-owner' | 'service-account')[];
}

const allMeans: Means = {
  uid: process.getuid?.() ?? -1,
  ways: ['namespace', 'directory-owner', 'service-account'],
};

/**
 * Finds the first way that works, tried on the real folders:
 * 1. as the user who runs this, if not root;
 * 2. as root, in a user namespace where root goes by another name: nothing is copied, and a clone
 *    below a 0700 folder works, since the namespace's user still is root to the file system;
 * 3. as root, where namespaces are forbidden (many containers): as whoever owns the folder;
 * 4. failing that, as a service account, with data and programs where that account can go.
 */
export function findLodging(root: string, directory: string, means: Means = allMeans): Lodging {
  const binaries = packagedBinaries(root);
  const place = join(directory, 'server');
  mkdirSync(place, { recursive: true, mode: 0o700 });

  const accounts = accountsOfThisMachine();
  const named = means.uid === -1 || accounts.some(({ uid }) => uid === means.uid);
  if (means.uid !== 0 && named) return plain(binaries, place);

  for (const way of means.ways) {
    const lodging = { namespace, 'directory-owner': byOwner, 'service-account': byService }[way]({
      root,
      directory,
      binaries,
      place,
      accounts,
      isRoot: means.uid === 0,
    });
    if (lodging !== undefined) {
      moveIn(lodging, [place, placeElsewhere(directory)]);
      return lodging;
    }
  }
  throw new Error(
    means.uid === 0
      ? 'PostgreSQL does not run as root, and no other user could be put in its place here. Run this as a normal user, or set DATABASE_URL and DATABASE_OWNER_URL.'
      : `PostgreSQL needs a user with a name, and number ${means.uid} has none here. Run this as a named user, or set DATABASE_URL and DATABASE_OWNER_URL.`,
  );
}

interface Candidate {
  readonly root: string;
  readonly directory: string;
  readonly binaries: string;
  readonly place: string;
  readonly accounts: readonly (Account & { readonly name: string })[];
  readonly isRoot: boolean;
}

function plain(binaries: string, place: string): Lodging {
  return {
    binaries,
    place,
    start: (program, args) => ({ command: join(binaries, 'bin', program), args }),
  };
}

function namespace({ binaries, place, accounts, isRoot }: Candidate): Lodging | undefined {
  // initdb looks its user up by number, so the number must belong to somebody; who it is has no effect.
  const guise = accounts.find(({ uid }) => uid >= 1000) ?? accounts.find(({ uid }) => uid > 0);
  if (guise === undefined) return undefined;
  const cover = ['--user', `--map-user=${guise.uid}`, `--map-group=${guise.gid}`];
  if (isRoot) giveTo(place, { uid: 0, gid: 0 });
  const lodging: Lodging = {
    binaries,
    place,
    start: (program, args) => ({
      command: 'unshare',
      args: [...cover, join(binaries, 'bin', program), ...args],
    }),
  };
  return isHabitable(lodging, 'unshare', cover) ? lodging : undefined;
}

function byOwner(candidate: Candidate): Lodging | undefined {
  if (!candidate.isRoot) return undefined;
  const { uid } = lstatSync(candidate.root);
  const owner = candidate.accounts.find((account) => account.uid === uid);
  return owner === undefined || uid === 0 ? undefined : inPlace(candidate, owner);
}

function byService(candidate: Candidate): Lodging | undefined {
  if (!candidate.isRoot) return undefined;
  const service = ['postgres', 'nobody']
    .map((name) => candidate.accounts.find((account) => account.name === name))
    .find((account) => account !== undefined && account.uid !== 0);
  return service === undefined ? undefined : (inPlace(candidate, service) ?? elsewhere(candidate, service));
}

function inPlace({ directory, binaries, place }: Candidate, account: Account): Lodging | undefined {
  chmodSync(directory, 0o711); // may be passed through, not listed; the secrets in it are 0600
  return lodgingOf(account, binaries, place);
}

function elsewhere({ root, directory }: Candidate, account: Account): Lodging | undefined {
  mkdirSync(shelter, { recursive: true, mode: 0o755 });
  return lodgingOf(account, copiedBinaries(root, shelter), placeElsewhere(directory));
}

function placeElsewhere(directory: string): string {
  return join(shelter, createHash('sha256').update(directory).digest('hex').slice(0, 16));
}

/** Data made in one place follow when another place is the one that works now (root alone moves). */
function moveIn(lodging: Lodging, places: readonly string[]): void {
  const data = join(lodging.place, 'data');
  if (existsSync(data)) return;
  const earlier = places.map((place) => join(place, 'data')).find((path) => existsSync(path));
  if (earlier === undefined) return;
  const { uid, gid } = lstatSync(lodging.place);
  const arriving = join(lodging.place, 'data.arriving');
  rmSync(arriving, { recursive: true, force: true });
  cpSync(earlier, arriving, { recursive: true, verbatimSymlinks: true });
  execFileSync('chown', ['-R', `${uid}:${gid}`, arriving]);
  chmodSync(arriving, 0o700);
  renameSync(arriving, data);
  rmSync(earlier, { recursive: true, force: true });
}

function lodgingOf(account: Account, binaries: string, place: string): Lodging | undefined {
  mkdirSync(place, { recursive: true, mode: 0o700 });
  giveTo(place, account);
  const lodging: Lodging = {
    binaries,
    place,
    start: (program, args) => ({
      command: join(binaries, 'bin', program),
      args,
      uid: account.uid,
      gid: account.gid,
    }),
  };
  return isHabitable(lodging) ? lodging : undefined;
}

/** Whether the programs run there as that user, and it may write where the data go. */
function isHabitable(lodging: Lodging, command?: string, cover: readonly string[] = []): boolean {
  const { uid, gid } = lodging.start('postgres', []);
  const look = '"$1" --version >/dev/null && test -w "$2" && test -x "$2"';
  const line = ['/bin/sh', '-c', look, 'sh', join(lodging.binaries, 'bin', 'postgres'), lodging.place];
  const [program, ...args] = command === undefined ? line : [command, ...cover, ...line];
  const tried = spawnSync(program ?? '', args, {
    cwd: '/',
    stdio: 'ignore',
    timeout: 20_000,
    ...(uid === undefined ? {} : { uid, gid }),
  });
  return tried.status === 0;
}

/** Data made under one way are handed over when another way is the one that works now. */
function giveTo(place: string, account: Account): void {
  const data = join(place, 'data');
  const asItShouldBe = [place, data].every((path) => !existsSync(path) || lstatSync(path).uid === account.uid);
  if (asItShouldBe) return;
  chownSync(place, account.uid, account.gid);
  execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, place]);
}

function accountsOfThisMachine(): (Account & { name: string })[] {
  if (!existsSync('/etc/passwd')) return [];
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }));
}
