import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readingView, reviewView } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { type PanelCall, PanelRecords } from './panel-records';
import { readPdf } from './pdf-text';

/** In every text about the applicant, and in nothing that a blind reader gets. */
const canary = 'Kanarie';

describe('reading', () => {
  let harness: Harness;
  let records: PanelRecords;
  let institutionId: string;
  let reader: SignedIn;
  let coordinator: string;

  beforeAll(async () => {
    harness = await Harness.start();
    records = new PanelRecords(harness);
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    institutionId = await harness.institution();
    coordinator = await harness.person(institutionId, { roles: ['coordinator'] });
    reader = await harness.somebody(institutionId, [], 'Pip Reader');
  });

  const arranged = async (blind: boolean): Promise<{ call: PanelCall; review: string; application: string }> => {
    const call = await records.call(institutionId, coordinator, { blind, name: 'Conference fund 2026' });
    await records.panelist(call, reader.personId);
    const unitId = await harness.unit(institutionId, `${canary} Laboratories`);
    const [gradeId] = await harness.grades(institutionId, [`${canary} Seven`]);
    const applicant = await harness.person(institutionId, {
      name: `Rowan ${canary}`,
      unitId,
      gradeId: gradeId ?? null,
    });
    const application = await records.application(call, applicant, {
      reference: 'CF26-0042',
      case: 'Dysgu chwythu gwydr, ŵyl a thŷ: to learn “cold finger” work — 3 × 20 mm.',
      funder: `${canary} Laboratories travel fund`,
    });
    await records.file(call, application, applicant, `${canary}-curriculum-vitae.pdf`);
    const review = await records.review(call, application, reader.personId, 'assigned');
    return { call, review, application };
  };
  const everywhere = (call: PanelCall, review: string) => [
    `funding/reading/${call.id}`,
    `funding/reading/${call.id}?status=assigned`,
    `funding/reading/${call.id}/export?format=csv`,
    `funding/reviews/${review}`,
    'home',
  ];

  it('blind: no name, unit, grade, funder or file on any route a reader has', async () => {
    const { call, review, application } = await arranged(true);
    for (const path of everywhere(call, review)) {
      const { status, body } = await harness.get(path, reader);
      expect({ path, status }).toEqual({ path, status: 200 });
      expect({ path, named: JSON.stringify(body).includes(canary) }).toEqual({ path, named: false });
    }
    const view = reviewView.parse((await harness.get(`funding/reviews/${review}`, reader)).body);
    expect(view.application).toMatchObject({
      reference: 'CF26-0042',
      blind: true,
      applicant: null,
      files: [],
      filesWithheld: 1,
    });
    expect(view.application.document.otherFunding).toMatchObject([{ from: null, amountPence: 10_000 }]);
    for (const path of [
      `funding/calls/${call.id}/panel`,
      `funding/calls/${call.id}/panel/applications`,
      `funding/calls/${call.id}/moderation`,
      `funding/calls/${call.id}/moderation/${application}`,
      `funding/reviews/${review}/replacements`,
    ]) {
      expect((await harness.get(path, reader)).status).toBe(404);
    }
    const pack = await readPdf(await packOf(call));
    expect(pack.text).toContain('CF26-0042');
    expect(pack.text).not.toContain(canary);
    expect(pack.text).toContain('left out');
    // The list to declare against has the name, and nothing that links it to the application.
    const list = JSON.stringify((await harness.get(`funding/reading/${call.id}/applicants`, reader)).body);
    expect(list).toContain(`Rowan ${canary}`);
    expect(list).not.toMatch(new RegExp(`0042|${application}|${review}`));
  });

  it('blind by today’s terms also where it was submitted before the call became so', async () => {
    const { call, review } = await arranged(false);
    await harness.sql(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by)
       select institution_id, call_id, 2, jsonb_set(terms, '{blind}', 'true'), now(), created_by from call_terms where call_id = $1`,
      [call.id],
    );
    await harness.sql(`update call set terms_number = 2 where id = $1`, [call.id]);
    for (const path of everywhere(call, review)) {
      expect(JSON.stringify((await harness.get(path, reader)).body)).not.toContain(canary);
    }
  });

  it('not blind: who they are, and their files', async () => {
    const { call, review } = await arranged(false);
    const list = readingView.parse((await harness.get(`funding/reading/${call.id}`, reader)).body);
    expect(list).toMatchObject({
      counts: { assigned: 1, drafting: 0, submitted: 0, locked: 0 },
      nextReviewId: review,
      packs: 1,
      rows: [{ reference: 'CF26-0042', applicant: `Rowan ${canary}`, askedPence: 50_000, read: false }],
    });
    const view = reviewView.parse((await harness.get(`funding/reviews/${review}`, reader)).body);
    expect(view.application).toMatchObject({
      applicant: { name: `Rowan ${canary}`, unit: `${canary} Laboratories`, grade: `${canary} Seven` },
      files: [{ name: `${canary}-curriculum-vitae.pdf`, sizeBytes: 4 }],
      filesWithheld: 0,
    });
    // It was opened: nobody chases it.
    expect(readingView.parse((await harness.get(`funding/reading/${call.id}`, reader)).body).rows[0]?.read).toBe(true);
  });

  const packOf = async (call: PanelCall, query = ''): Promise<Buffer> => {
    const address = `${await harness.application.getUrl()}/api/funding/reading/${call.id}/pack${query}`;
    const response = await fetch(address, { headers: { cookie: reader.cookie } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toContain('reading-pack');
    return Buffer.from(await response.arrayBuffer());
  };

  it('the pack is a PDF in English with title, bookmarks and numbered pages, the case, the costs and the rubric', async () => {
    const { call } = await arranged(false);
    const { text, pages, title, outline, language } = await readPdf(await packOf(call));
    expect({ title, outline, language }).toEqual({
      title: 'Reading pack: Conference fund 2026',
      outline: ['CF26-0042: Glassblowers’ Symposium'],
      language: 'en-GB',
    });
    expect(pages).toBe(2);
    for (const words of [
      'Page 1 of 2',
      'Page 2 of 2',
      'For Pip Reader alone.',
      `Rowan ${canary}`,
      'Dysgu chwythu gwydr, ŵyl a thŷ: to learn “cold finger” work — 3 × 20 mm.',
      '£600.00',
      'What it brings',
      '5: much that is new to us',
      'Blow a cold finger',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('comes in parts of fifty, none empty, and to who sits on the panel alone', async () => {
    const { call } = await arranged(false);
    for (let at = 0; at < 50; at += 1) {
      const application = await records.application(call, await harness.person(institutionId), {
        reference: `CF26-1${String(at).padStart(3, '0')}`,
      });
      await records.review(call, application, reader.personId, 'assigned');
    }
    const list = readingView.parse((await harness.get(`funding/reading/${call.id}`, reader)).body);
    expect(list.packs).toBe(2);
    const first = await readPdf(await packOf(call));
    const second = await readPdf(await packOf(call, '?part=2'));
    expect([first.text.includes('CF26-1048'), first.text.includes('CF26-1049')]).toEqual([true, false]);
    expect(second.text).toContain('CF26-1049');
    expect(second.title).toContain('part 2 of 2');
    expect((await harness.get(`funding/reading/${call.id}/pack?part=3`, reader)).status).toBe(404);
    const stranger = await harness.somebody(institutionId, ['coordinator']);
    for (const path of ['', '/pack', '/export', '/applicants']) {
      expect((await harness.get(`funding/reading/${call.id}${path}`, stranger)).status).toBe(404);
    }
    expect((await harness.get(`funding/reading/${randomUUIDv7()}`, reader)).status).toBe(404);
  });
});
