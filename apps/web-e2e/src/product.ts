import { launchBrowser } from '@waymark/browser';
import { testDatabase } from '@waymark/test-database';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const root = join(__dirname, '../../..');
const built = (name: string) => join(root, 'dist/apps/api', `${name}.js`);

/** The widths that the design is drawn for. */
export const widths = [360, 768, 1440] as const;

/** Somebody's browser. Whatever it says on the console as an error is a fault. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  faults: string[];
}

/** The product as people run it: the built API and worker as processes, the built web, a real browser. */
export class Product {
  private constructor(
    readonly address: string,
    readonly browser: Browser,
    readonly owner: pg.Pool,
    readonly setUpLink: string | null,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start({ demonstration }: { demonstration: boolean }): Promise<Product> {
    for (const name of ['main', 'worker', 'migrate', 'demonstration']) {
      if (!existsSync(built(name))) {
        throw new Error('Waymark is not built: npm test builds it first, or run `npx nx run-many -t build`');
      }
    }
    const server = await testDatabase();
    const name = `w_${randomUUID().replaceAll('-', '')}`;
    const steps = demonstration ? ['migrate', 'demonstration'] : ['migrate'];
    const { ownerUrl, appUrl } = await server.copyDatabase(name, steps.join('_'), (urls) => prepare(steps, urls));
    const port = await freePort();
    const address = `http://localhost:${port}`;
    const env = {
      ...process.env,
      DATABASE_URL: appUrl,
      DATABASE_OWNER_URL: ownerUrl,
      PORT: String(port),
      PUBLIC_URL: address,
      WEB_ROOT: join(root, 'dist/apps/web/browser'),
      WAYMARK_DEMONSTRATION: String(demonstration),
      LOG_LEVEL: 'error',
      AUDIT_HEADS_DIR: join(tmpdir(), `waymark-heads-${name}`),
      NODE_ENV: 'production',
    };
    const children: ChildProcess[] = [];
    const drop = async () => {
      await Promise.all(children.map(ended));
      await server.dropDatabase(name);
      await server.stop();
      rmSync(env.AUDIT_HEADS_DIR, { recursive: true, force: true });
    };
    try {
      let said = '';
      for (const part of ['main', 'worker']) {
        const child = spawn(process.execPath, [built(part)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
        child.stdout.on('data', (text: Buffer) => (said += text.toString()));
        children.push(child);
      }
      await until(async () => (await fetch(`${address}/api/ready`)).ok);
      if (!demonstration) await until(() => Promise.resolve(said.includes('/set-up?code=')));
      const setUpLink = /http\S+\/set-up\?code=\S+/.exec(said)?.[0] ?? null;
      const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
      // Dropping the database ends what is still closing.
      owner.on('error', () => undefined);
      return new Product(address, await launchBrowser(root), owner, setUpLink, drop);
    } catch (error) {
      await drop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.owner.end();
    await this.drop();
  }

  async visitor({ width = 1440, dark = false } = {}): Promise<Visitor> {
    const context = await this.browser.newContext({
      viewport: { width, height: width < 600 ? 780 : 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      baseURL: this.address,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const faults: string[] = [];
    // A refusal shows on the console as a failed request; what the page makes of it is tested. Everything else is ours.
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    return { context, page, faults };
  }
}

/** Runs the built steps that come before the product starts. */
const prepare = (
  steps: readonly string[],
  { ownerUrl, appUrl }: { ownerUrl: string; appUrl: string },
): Promise<void> => {
  const env = { ...process.env, DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, NODE_ENV: 'production' };
  for (const step of steps) {
    const { status, stderr } = spawnSync(process.execPath, [built(step)], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${step} ended with ${status}: ${stderr}`);
  }
  return Promise.resolve();
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(late);
      resolve();
    });
    child.kill('SIGTERM');
  });

const until = async (done: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 30_000;
  while (!(await done().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('Waymark did not become ready within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
