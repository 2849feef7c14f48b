/// <reference lib="dom" />
import type axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import type { Product, Visitor } from './product';

/* Who walks the call, what each of them asks for, and how one looks at a page on the way. */

/** An amount as every screen writes it. */
export const pounds = (pence: number): string =>
  `£${String(Math.floor(pence / 100)).replace(/\B(?=(\d{3})+$)/g, ',')}.${String(pence % 100).padStart(2, '0')}`;

export const roles = {
  finance: 'Penny Abacus',
  coordinator: 'Olive Solder',
  lead: 'Basil Beam',
  auditor: 'Rowena Rule',
  chair: 'Otto Ohmmeter',
  readers: ['Nia Nozzle', 'Rosa Ratchet'],
  /** A manager of one of the applicants: reads the others' and never hears of that one. */
  conflicted: 'Linnet Lens',
} as const;

export interface Applicant {
  name: string;
  manager: string;
  event: string;
  /** Kind, what it is, and the amount as it is typed, in every way that people type one. */
  costs: readonly (readonly [kind: string, what: string, typed: string])[];
  otherFunding: string | null;
  costsPence: number;
  askedPence: number;
  leastPence: number;
  /** What every reader gives for the three criteria of 40, 30 and 30, and what that comes to. */
  marks: readonly [string, string, string];
  score: string;
}

/** By rank: the first gets everything, the second what is left, and the third waits for somebody to give theirs back. */
export const [first, second, third] = [
  {
    name: 'Tamsin Torque',
    manager: 'Glen Gauge',
    event: 'Welding and Joining Forum',
    costs: [
      ['Registration', 'Early rate, both days', '£385.10'],
      ['Travel', 'Train, Bath to Leeds, return', '147.85'],
      ['Accommodation', 'Two nights, college rooms', '79.5'],
    ],
    otherFunding: null,
    costsPence: 612_45,
    askedPence: 612_45,
    leastPence: 400_00,
    marks: ['5', '5', '4'],
    score: '94.0',
  },
  {
    name: 'Fern Beaker',
    manager: 'Bram Burette',
    event: 'Histology Winter School',
    costs: [
      ['Registration', 'Course fee', '£520.00'],
      // She is asked about it, and mends it to £147.35.
      ['Travel', 'Train and ferry', '152.35'],
      ['Subsistence', 'Three days', '76.95'],
    ],
    otherFunding: '£50.05',
    costsPence: 749_30,
    askedPence: 699_25,
    leastPence: 500_00,
    marks: ['4', '4', '4'],
    score: '80.0',
  },
  {
    name: 'Marsh Manifold',
    manager: 'Linnet Lens',
    event: 'Vacuum Users’ Meeting',
    costs: [
      ['Registration', 'Member’s rate', '£310.50'],
      ['Carer and access costs', 'After-school care, two days', '170.49'],
    ],
    otherFunding: null,
    costsPence: 480_99,
    askedPence: 480_99,
    leastPence: 450_01,
    marks: ['3', '3', '4'],
    score: '66.0',
  },
] as const satisfies readonly Applicant[];

/** What the second one asks for once her travel is mended. */
export const mended = { typed: '147.35', costsPence: 744_30, askedPence: 694_25 };

const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : []).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark })),
);

/** Everybody in a browser of their own, and what was wrong on the pages that they saw. */
export class Walk {
  readonly wrong: string[] = [];
  private readonly visitors = new Map<string, Visitor>();
  private password = '';

  constructor(private readonly product: Product) {}

  get faults(): string[] {
    return [...this.visitors].flatMap(([name, { faults }]) => faults.map((fault) => `${name}: ${fault}`));
  }

  /** Somebody's page, signed in by e-mail address when they come for the first time. */
  async as(name: string, width: 360 | 1440 = 1440): Promise<Page> {
    const known = this.visitors.get(name);
    if (known) return known.page;
    const visitor = await this.product.visitor({ width });
    this.visitors.set(name, visitor);
    const { page } = visitor;
    await page.goto('/sign-in');
    this.password ||= await page.evaluate(async () => {
      const answer = await fetch('/api/demonstration/accounts');
      return ((await answer.json()) as { accounts: { password: string }[] }).accounts[0]?.password ?? '';
    });
    await page.getByLabel('E-mail address').fill(await this.addressOf(name));
    await page.getByLabel('Password').fill(this.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: /^What next/ }).waitFor();
    return page;
  }

  /** Somebody who follows a link out of their mail without signing in. */
  async byMail(name: string): Promise<Page> {
    const visitor = await this.product.visitor({ width: 360 });
    this.visitors.set(`${name}, by mail`, visitor);
    return visitor.page;
  }

  async addressOf(name: string): Promise<string> {
    const { rows } = await this.product.owner.query<{ email: string }>(
      `select p.email from person p join institution i on i.id = p.institution_id
       where i.demonstration and p.given_name || ' ' || p.family_name = $1 and p.left_on is null`,
      [name],
    );
    if (rows.length !== 1) throw new Error(`${rows.length} people are called ${name}`);
    return rows[0]?.email ?? '';
  }

  /** The letters to somebody whose subject holds this, newest first; waits until the worker has written one. */
  async lettersTo(name: string, subject: string): Promise<{ subject: string; body: string }[]> {
    const email = await this.addressOf(name);
    return this.until(
      `select subject, body from mail_message where recipient = $1 and subject like '%' || $2 || '%' order by created_at desc`,
      [email, subject],
    );
  }

  /** What the worker does by itself has been done once this answers rows. */
  async until<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
    for (let tries = 0; tries < 150; tries += 1) {
      const { rows } = await this.product.owner.query<Row>(query, values);
      if (rows.length > 0) return rows;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`after 30 s nothing for ${query}: ${values.join(', ')}`);
  }

  /** The page as it stands: axe finds nothing, nothing runs over the edge. At every width and in both themes where pictures are asked for. */
  async look(page: Page, name: string, { resized = true } = {}): Promise<void> {
    await page.waitForFunction(() => document.querySelectorAll('.skel').length === 0);
    const before = page.viewportSize() ?? { width: 1440, height: 900 };
    const folder = process.env['WAYMARK_LOOK'];
    for (const { width, dark } of folder && resized ? looks : [{ width: before.width, dark: false }]) {
      if (folder) {
        await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      }
      const label = `${name} ${width} ${dark ? 'dark' : 'light'}`;
      const { content, window, filled } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
        // Of a question that is open, whatever waits behind it.
        filled: [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('.btn--main')].filter(
          (each) => each.checkVisibility(),
        ).length,
      }));
      if (content > window) this.wrong.push(`${label}: ${content} px wide`);
      if (filled > 1) this.wrong.push(`${label}: ${filled} filled buttons`);
      await page.evaluate(axeSource);
      const found = await page.evaluate(async () =>
        (await (globalThis as unknown as { axe: typeof axe }).axe.run(document)).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      );
      this.wrong.push(...found.map((each) => `${label}: ${each}`));
      if (folder) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${label.replaceAll(' ', '-')}.png`), fullPage: true });
      }
    }
    if (folder) {
      await page.setViewportSize(before);
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    }
  }
}
