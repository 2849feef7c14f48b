import {
  type StaffFileKind,
  staffImportRowsPage,
  type StaffImportRow,
  type StaffImportRowsPage,
  type StaffImportSettings,
  type StaffImportStatus,
  type StaffImportView,
  staffImportView,
} from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import type { Answer, Harness, SignedIn } from './harness';

/** Lines of a CSV file. */
export const csv = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

export const settings: StaffImportSettings = {
  dateOrder: 'day-first',
  newAreTechnicians: true,
  missingAreLeavers: false,
  lastDayOfMissing: null,
  makeUnits: true,
  makeSkills: true,
};

export interface Changes {
  settings?: Partial<StaffImportSettings>;
  mapping?: StaffImportView['mapping'];
  gradeOrder?: string[] | null;
  leavers?: number | null;
}

const working: readonly StaffImportStatus[] = ['reading', 'previewing', 'applying', 'undoing'];

/** The view of an answer that is one. */
export const seen = (answer: Answer, status = 200): StaffImportView => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return staffImportView.strict().parse(answer.body);
};

/** What a coordinator does with a file of staff, over HTTP; the worker must run. */
export class StaffImportsOf {
  constructor(
    private readonly harness: Harness,
    readonly as: SignedIn,
  ) {}

  /** Sends the bytes as they are. */
  async upload(
    kind: StaffFileKind,
    content: Buffer,
    fileName = `${kind}.csv`,
    key: string = randomUUID(),
  ): Promise<Answer> {
    const query = new URLSearchParams({ kind, fileName });
    const response = await fetch(`${await this.harness.application.getUrl()}/api/people/staff-imports?${query}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        origin: this.harness.config.publicUrl,
        cookie: this.as.cookie,
        'idempotency-key': key,
      },
      body: new Uint8Array(content),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }

  async see(id: string): Promise<StaffImportView> {
    return seen(await this.harness.get(`people/staff-imports/${id}`, this.as));
  }

  /** Waits until no job works on it. */
  settled(id: string, seconds = 60): Promise<StaffImportView> {
    return this.harness.until(
      () => this.see(id),
      ({ status }) => !working.includes(status),
      seconds,
    );
  }

  async read(kind: StaffFileKind, content: Buffer, fileName?: string): Promise<StaffImportView> {
    return this.settled(seen(await this.upload(kind, content, fileName), 201).id);
  }

  previewing(view: StaffImportView, changes: Changes = {}): Promise<Answer> {
    return this.harness.put(`people/staff-imports/${view.id}/preview`, this.as, {
      version: view.version,
      mapping: changes.mapping ?? view.mapping,
      settings: { ...settings, ...changes.settings },
      gradeOrder: changes.gradeOrder ?? null,
    });
  }

  async preview(view: StaffImportView, changes: Changes = {}): Promise<StaffImportView> {
    return this.settled(seen(await this.previewing(view, changes)).id);
  }

  async previewed(kind: StaffFileKind, content: Buffer, changes: Changes = {}): Promise<StaffImportView> {
    return this.preview(await this.read(kind, content), changes);
  }

  applying(view: StaffImportView, leavers: number | null = null): Promise<Answer> {
    return this.harness.post(`people/staff-imports/${view.id}/apply`, this.as, { version: view.version, leavers });
  }

  async apply(view: StaffImportView, leavers: number | null = null): Promise<StaffImportView> {
    return this.settled(seen(await this.applying(view, leavers)).id);
  }

  async applied(kind: StaffFileKind, content: Buffer, changes: Changes = {}): Promise<StaffImportView> {
    return this.apply(await this.previewed(kind, content, changes), changes.leavers ?? null);
  }

  undoing(view: StaffImportView): Promise<Answer> {
    return this.harness.post(`people/staff-imports/${view.id}/undo`, this.as, { version: view.version });
  }

  async undo(view: StaffImportView): Promise<StaffImportView> {
    return this.settled(seen(await this.undoing(view)).id);
  }

  discard(view: StaffImportView): Promise<Answer> {
    return this.harness.post(`people/staff-imports/${view.id}/discard`, this.as, { version: view.version });
  }

  async page(id: string, query = ''): Promise<StaffImportRowsPage> {
    const answer = await this.harness.get(`people/staff-imports/${id}/rows?pageSize=100${query}`, this.as);
    return staffImportRowsPage.parse(answer.body);
  }

  async rows(id: string, query = ''): Promise<StaffImportRow[]> {
    return (await this.page(id, query)).rows;
  }

  /** `4: refused email-malformed` for each row, with problems and notes. */
  async told(id: string): Promise<string[]> {
    return (await this.rows(id)).map(({ line, outcome, problems, notes }) =>
      [`${line ?? '–'}: ${outcome}`, ...problems.map(({ code }) => code), ...notes.map(({ code }) => `(${code})`)].join(
        ' ',
      ),
    );
  }
}
