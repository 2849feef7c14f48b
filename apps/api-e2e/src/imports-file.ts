import { importRowsPage, type ImportRowsPage, type ImportView, importView, type Side } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Harness, SignedIn } from './harness';

/** Reference files from outside the project; tests that need them are skipped where they are absent. */
const shared = join(process.cwd(), '../shared/data/mentoring');
export const sharedFile = (path: string): Buffer => readFileSync(join(shared, path));
export const withSharedFiles = existsSync(shared) ? ('' as const) : (' (skipped: ../shared/data is absent)' as const);

export const schemeGrades = ['AA', 'AO', 'EO', 'HEO', 'SEO', 'Grade 7', 'Grade 6', 'SCS1', 'SCS2', 'SCS3', 'SCS4'];

export const csv = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

/** A round in this status, arranged past the use cases. */
export const roundIn = async (harness: Harness, coordinator: SignedIn, status = 'draft'): Promise<string> => {
  const id = randomUUIDv7();
  await harness.owner.query(
    `insert into round (institution_id, id, name, status, rules, created_at, created_by, version)
     values ($1, $2, 'Winter', $3, $4, now(), $5, 1)`,
    [coordinator.institutionId, id, status, { proposalsPerMentee: 1 }, coordinator.personId],
  );
  return id;
};

/** What a coordinator does with a file, over HTTP. */
export class ImportsOf {
  constructor(
    private readonly harness: Harness,
    private readonly as: SignedIn,
  ) {}

  upload(roundId: string, side: Side, content: Buffer, fileName = `${side}.csv`): Promise<Answer> {
    return this.harness.post('mentoring/imports', this.as, {
      roundId,
      side,
      fileName,
      content: content.toString('base64'),
    });
  }

  preview(view: ImportView, changes: Record<string, unknown> = {}): Promise<Answer> {
    const { version, mapping, placesDefault } = view;
    return this.harness.put(`mentoring/imports/${view.id}/preview`, this.as, {
      version,
      mapping,
      placesDefault,
      gradeOrder: null,
      ...changes,
    });
  }

  apply(view: ImportView): Promise<Answer> {
    return this.harness.post(`mentoring/imports/${view.id}/apply`, this.as, { version: view.version });
  }

  discard(view: ImportView): Promise<Answer> {
    return this.harness.post(`mentoring/imports/${view.id}/discard`, this.as, { version: view.version });
  }

  async see(id: string): Promise<ImportView> {
    return seen(await this.harness.get(`mentoring/imports/${id}`, this.as));
  }

  async rows(id: string, query = ''): Promise<ImportRowsPage> {
    return importRowsPage.parse((await this.harness.get(`mentoring/imports/${id}/rows${query}`, this.as)).body);
  }

  /** Uploads and previews as guessed. */
  async previewed(
    roundId: string,
    side: Side,
    content: Buffer,
    changes: Record<string, unknown> = {},
  ): Promise<ImportView> {
    const uploaded = seen(await this.upload(roundId, side, content), 201);
    return seen(await this.preview(uploaded, changes));
  }

  /** Applies and waits for the worker. */
  async applied(view: ImportView): Promise<ImportView> {
    const { id } = seen(await this.apply(view));
    return this.harness.until(
      () => this.see(id),
      ({ status }) => status !== 'applying',
    );
  }

  async loaded(
    roundId: string,
    side: Side,
    content: Buffer,
    changes: Record<string, unknown> = {},
  ): Promise<ImportView> {
    return this.applied(await this.previewed(roundId, side, content, changes));
  }
}

/** The view of an answer that is one. */
export const seen = (answer: Answer, status = 200): ImportView => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return importView.strict().parse(answer.body);
};
