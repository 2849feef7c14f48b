import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fileBytesMost, fileView, type FileView } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { jpeg, packed, pdf, png, pngChunk, webp } from './files-content';
import { type Answer, Harness, type SignedIn } from './harness';
import { arrange } from './canary';

describe('files that people hand in', () => {
  let now = new Date('2026-11-22T10:00:00.000Z');
  let harness: Harness;
  let institutionId: string;
  let technician: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start({ clock: { now: () => now } });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    now = new Date('2026-11-22T10:00:00.000Z');
    institutionId = await harness.institution();
    technician = await harness.somebody(institutionId);
  });

  const send = async (
    content: Buffer,
    name = 'receipt.png',
    { as = technician, key = randomUUID() as string, purpose = 'receipt', type = 'application/octet-stream' } = {},
  ): Promise<Answer> => {
    const query = new URLSearchParams({ purpose, name });
    const response = await fetch(`${await harness.application.getUrl()}/api/funding/files?${query}`, {
      method: 'POST',
      headers: {
        'content-type': type,
        origin: harness.config.publicUrl,
        cookie: as.cookie,
        'idempotency-key': key,
      },
      body: new Uint8Array(content),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  const handedIn = async (content: Buffer, name?: string, how?: Parameters<typeof send>[2]): Promise<FileView> => {
    const answer = await send(content, name, how);
    expect(answer).toMatchObject({ status: 201 });
    return fileView.strict().parse(answer.body);
  };
  const fetched = async (id: string, as: SignedIn | null = technician) => {
    const response = await fetch(`${await harness.application.getUrl()}/api/funding/files/${id}`, {
      headers: as ? { cookie: as.cookie } : {},
    });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const stored = async () =>
    (
      await harness.sql<{ n: number }>(`select count(*)::int as n from stored_file where institution_id = $1`, [
        institutionId,
      ])
    )[0]?.n;

  it.each<[string, Buffer, string, string]>([
    ['a PNG', png(), 'till.png', 'image/png'],
    ['a photograph', jpeg(4032, 3024), 'IMG_2041.JPG', 'image/jpeg'],
    ['a WebP', webp(), 'ticket.webp', 'image/webp'],
    ['a PDF', pdf(), 'invoice.pdf', 'application/pdf'],
    ['a PDF with packed objects', pdf('', [packed('1 0 << /Type /Font >>')]), 'hotel.pdf', 'application/pdf'],
    ['an image named as another kind of image', png(), 'screenshot.jpg', 'image/png'],
    ['a file whose name ends in nothing known', pdf(), 'invoice no. 2026', 'application/pdf'],
    [
      'a PNG with packed text that is a bomb',
      png(40, 30, [pngChunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(9_000_000))]))]),
      'a.png',
      'image/png',
    ],
  ])('%s is taken, and typed by what it holds', async (_, content, name, mediaType) => {
    const view = await handedIn(content, name);
    expect(view).toEqual({
      id: expect.any(String),
      name,
      mediaType,
      sizeBytes: content.length,
      uploadedAt: now.toISOString(),
    });
    const answer = await fetched(view.id);
    expect(answer.bytes.equals(content)).toBe(true);
    expect(answer.headers.get('content-type')).toBe(mediaType);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  const html = '<!DOCTYPE html><html><script>alert(1)</script></html>';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  const bomb = packed(Buffer.alloc(40_000_000, 0x20));
  it.each<[string, Buffer, string, string, object?]>([
    ['nothing', Buffer.alloc(0), 'a.png', 'file-empty'],
    ['blanks', Buffer.from(' \r\n\t'), 'a.pdf', 'file-empty'],
    ['a web page called a receipt', Buffer.from(html), 'receipt.pdf', 'file-type-refused', { found: 'HTML' }],
    [
      'a web page after a byte-order mark',
      Buffer.from(`\ufeff \n${html}`),
      'receipt.png',
      'file-type-refused',
      { found: 'HTML' },
    ],
    [
      'a web page of two bytes a letter',
      Buffer.from(`\ufeff${html}`, 'utf16le'),
      'a.jpg',
      'file-type-refused',
      { found: 'HTML' },
    ],
    ['a drawing', Buffer.from(svg), 'logo.svg', 'file-type-refused', { found: 'SVG' }],
    [
      'a drawing with a prologue',
      Buffer.from(`<?xml version="1.0"?><!-- -->${svg}`),
      'a.png',
      'file-type-refused',
      { found: 'SVG' },
    ],
    [
      'a ZIP',
      Buffer.from('504b03040a0000000000000000000000000000000000000000000000', 'hex'),
      'a.zip',
      'file-type-refused',
      { found: 'ZIP' },
    ],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 'a.gif', 'file-type-refused', { found: 'GIF' }],
    [
      'a photograph as iPhones keep it',
      Buffer.from('000000186674797068656963000000006d69663168656963', 'hex'),
      'IMG.HEIC',
      'file-type-refused',
      { found: 'HEIC' },
    ],
    ['text', Buffer.from('I paid £20 for the train'), 'receipt.pdf', 'file-type-refused'],
    ['a PDF called an image', pdf(), 'a.png', 'file-type-refused', { found: 'PDF', named: 'PNG' }],
    ['an image called a PDF', png(), 'a.pdf', 'file-type-refused', { found: 'PNG', named: 'PDF' }],
    ['an image called a web page', png(), 'a.html', 'file-type-refused', { found: 'PNG', named: 'HTML' }],
    ['half a PNG', png().subarray(0, -20), 'a.png', 'file-broken', { found: 'PNG' }],
    ['a PNG without a picture', Buffer.concat([png().subarray(0, 33), png().subarray(-12)]), 'a.png', 'file-broken'],
    ['half a photograph', jpeg().subarray(0, -3), 'a.jpg', 'file-broken', { found: 'JPG' }],
    ['half a WebP', webp().subarray(0, -4), 'a.webp', 'file-broken', { found: 'WEBP' }],
    ['half a PDF', pdf().subarray(0, -10), 'a.pdf', 'file-broken', { found: 'PDF' }],
    ['a PNG of 100,000 × 100,000', png(100_000, 100_000), 'a.png', 'image-too-large', { megapixels: 10_000, most: 50 }],
    ['a photograph of 65,000 × 65,000', jpeg(65_000, 65_000), 'a.jpg', 'image-too-large', { megapixels: 4_225 }],
    ['a WebP of 16,000 × 16,000', webp(16_000, 16_000), 'a.webp', 'image-too-large', { megapixels: 256 }],
    ['a strip of 40,000 × 10', png(40_000, 10), 'a.png', 'image-too-large', { width: 40_000 }],
    ['a PNG without size', png(0, 30), 'a.png', 'file-broken'],
    [
      'a PDF with a password',
      pdf('', ['8 0 obj\n<< /Filter /Standard >>\nendobj\ntrailer << /Encrypt 8 0 R >>\n']),
      'a.pdf',
      'pdf-locked',
    ],
    [
      'a PDF that runs a script',
      pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'),
      'a.pdf',
      'pdf-active',
      { found: 'JavaScript' },
    ],
    [
      'a PDF that runs a script and hides its name',
      pdf('/OpenAction << /S /Java#53cript >>'),
      'a.pdf',
      'pdf-active',
      { found: 'JavaScript' },
    ],
    [
      'a PDF that runs a script from a packed object',
      pdf('', [packed('4 0 << /S /JavaScript /JS (x) >>')]),
      'a.pdf',
      'pdf-active',
      { found: 'JavaScript' },
    ],
    [
      'a PDF that starts a program',
      pdf('/AA << /O << /S /Launch /F (cmd.exe) >> >>'),
      'a.pdf',
      'pdf-active',
      { found: 'Launch' },
    ],
    [
      'a PDF with another file in it',
      pdf('/Names << /EmbeddedFiles 5 0 R >>'),
      'a.pdf',
      'pdf-active',
      { found: 'EmbeddedFiles' },
    ],
    [
      'a PDF that runs a script from an object that lies packed with others, and is not packed',
      pdf('', ['9 0 obj\n<< /Type /ObjStm >>\nstream\n4 0 << /S /JavaScript /JS (x) >>\nendstream\nendobj\n']),
      'a.pdf',
      'pdf-active',
      { found: 'JavaScript' },
    ],
    [
      'a PDF that hides its packed objects behind their name',
      pdf('', [packed('4 0 << /S /JavaScript /JS (x) >>', '/Type /Obj#53tm')]),
      'a.pdf',
      'pdf-active',
      { found: 'JavaScript' },
    ],
    [
      'a PDF that hides its packed objects behind a word',
      pdf('', [packed('4 0 << /S /JavaScript /JS (x) >>', '/Type /ObjStm /Title (stream of obj)')]),
      'a.pdf',
      'pdf-active',
      { found: 'JavaScript' },
    ],
    [
      'a PDF of more packed objects than anybody writes',
      pdf('', Array(5001).fill(packed('1 0 null'))),
      'a.pdf',
      'file-broken',
    ],
    ['a PDF whose packed objects are a bomb', pdf('', [bomb]), 'a.pdf', 'file-broken'],
  ])('%s is refused by name, and nothing is kept', async (_, content, name, refusal, facts = {}) => {
    const answer = await send(content, name);
    expect(answer).toMatchObject({ status: 422, body: { refusal } });
    expect((answer.body as { facts?: object }).facts ?? {}).toMatchObject(facts);
    expect(await stored()).toBe(0);
  });

  it('a page of a PDF may speak of /JavaScript: streams are not objects', async () => {
    await handedIn(pdf('', [packed('BT (/JavaScript /Launch) Tj ET', '/Type /XObject')]), 'manual.pdf');
    await handedIn(pdf('', ['7 0 obj\n<< /Length 14 >>\nstream\n/JavaScript /JS\nendstream\nendobj\n']), 'manual.pdf');
  });

  it('letters written as figures are read as what they are, however many', async () => {
    await handedIn(pdf(`/Title /${'#41'.repeat(300_000)}#4`), 'manual.pdf');
    expect(await send(pdf(`${'#41'.repeat(300_000)} /#4aava#53CRIPT /Java#53cript`), 'a.pdf')).toMatchObject({
      body: { refusal: 'pdf-active', facts: { found: 'JavaScript' } },
    });
  });

  it('ten mebibytes are taken, and one byte more is refused with how much is possible', async () => {
    const filled = (bytes: number) => {
      const body = pdf('', [`7 0 obj\n<< /Length 1 >>\nstream\n`]);
      return Buffer.concat([
        body.subarray(0, body.lastIndexOf('\ntrailer')),
        Buffer.alloc(bytes - body.length - 18, 0x61),
        Buffer.from('\nendstream\nendobj\n'),
        body.subarray(body.lastIndexOf('\ntrailer')),
      ]);
    };
    expect(filled(fileBytesMost).length).toBe(fileBytesMost);
    await handedIn(filled(fileBytesMost), 'big.pdf');
    expect(await send(filled(fileBytesMost + 1), 'bigger.pdf')).toMatchObject({
      status: 413,
      body: { refusal: 'body-too-large', facts: { most: fileBytesMost } },
    });
    expect(await stored()).toBe(1);
  });

  it('what does not come as bytes is refused, and so are a purpose and a name that are none', async () => {
    expect(await send(png(), 'a.png', { type: 'image/png' })).toMatchObject({
      status: 415,
      body: { refusal: 'unsupported-media-type' },
    });
    expect(await harness.post('funding/files?purpose=receipt&name=a.png', technician, {})).toMatchObject({
      status: 415,
    });
    for (const [name, purpose] of [
      ['a.png', 'avatar'],
      ['', 'receipt'],
      ['a'.repeat(201), 'receipt'],
      ['a\u0000.png', 'receipt'],
    ] as const) {
      expect(await send(png(), name, { purpose })).toMatchObject({ status: 422, body: { refusal: 'invalid-input' } });
    }
    expect(await stored()).toBe(0);
  });

  it('the same content of the same person is one file, also under another name, and for another purpose a second', async () => {
    const first = await handedIn(png(), 'a.png');
    expect((await handedIn(png(), 'b.png')).id).toBe(first.id);
    expect((await handedIn(png(), 'a.png', { purpose: 'application' })).id).not.toBe(first.id);
    const colleague = await harness.somebody(institutionId);
    expect((await handedIn(png(), 'a.png', { as: colleague })).id).not.toBe(first.id);
    expect(await stored()).toBe(3);
  });

  it('a command that is repeated keeps one file; another file under its key is refused', async () => {
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => send(png(41), 'a.png', { key })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => (body as FileView).id)).size).toBe(1);
    expect(await send(png(42), 'a.png', { key })).toMatchObject({
      status: 422,
      body: { refusal: 'idempotency-key-reused' },
    });
    expect(await stored()).toBe(1);
  });

  it('it is there for whoever handed it in and for nobody else, signed in or not', async () => {
    const { id } = await handedIn(png(), 'a.png');
    const others = [
      await harness.somebody(institutionId, ['coordinator', 'finance-officer', 'auditor']),
      await harness.somebody(await harness.institution('Elsewhere')),
    ];
    for (const other of others) expect((await fetched(id, other)).status).toBe(404);
    expect((await fetched(id, null)).status).toBe(401);
  });

  it('a name of any letters reaches the machine that saves it, without anything that would end the header', async () => {
    const { id } = await handedIn(png(), 'Zoë’s “receipt”; £20\u202egnp.exe\\..jpg');
    expect((await fetched(id)).headers.get('content-disposition')).toBe(
      `attachment; filename="Zo__s _receipt_; _20_gnp.exe_..png"; filename*=UTF-8''Zo%C3%AB%E2%80%99s%20%E2%80%9Creceipt%E2%80%9D%3B%20%C2%A320_gnp.exe_..png`,
    );
  });

  it('of more than 200 within a day, also at once, the rest are refused; a day later there is room again', async () => {
    const [row] = await harness.sql<{ id: string }>(`select id from person where id = $1`, [technician.personId]);
    await harness.sql(
      `insert into stored_file (institution_id, id, purpose, name, media_type, size_bytes, sha256, content, uploaded_by, uploaded_at)
       select $1, uuidv7(), 'receipt', 'a', 'image/png', 1, sha256(n::text::bytea), 'x', $2, $3 from generate_series(1, 195) n`,
      [institutionId, row?.id, now],
    );
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => send(png(50 + at), `${at}.png`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(5).fill(201),
      ...Array<number>(7).fill(429),
    ]);
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({
      refusal: 'files-too-many',
      facts: { files: 200 },
    });
    now = new Date(now.getTime() + 25 * 3_600_000);
    await harness.sql(`update session set expires_at = $1`, [new Date(now.getTime() + 3_600_000)]);
    await handedIn(png(99), 'next-day.png');
  });

  it('what is attached to nothing is swept after seven days, what is attached stays', async () => {
    const [left, kept, fresh] = [
      await handedIn(png(1), 'a.png'),
      await handedIn(png(2), 'b.png'),
      await handedIn(png(3), 'c.png'),
    ];
    const application = randomUUID();
    await arrangeAttached(application, kept.id);
    await harness.sql(`update stored_file set uploaded_at = uploaded_at + interval '2 days' where id = $1`, [fresh.id]);
    now = new Date('2026-11-29T09:59:00.000Z');
    await harness.tick('sweep-files');
    expect(await stored()).toBe(3);
    now = new Date('2026-11-29T10:01:00.000Z');
    await Promise.all([harness.tick('sweep-files'), harness.tick('sweep-files')]);
    const rows = await harness.sql<{ id: string }>(`select id from stored_file where institution_id = $1`, [
      institutionId,
    ]);
    expect(rows.map(({ id }) => id).sort()).toEqual([kept.id, fresh.id].sort());
    expect(left.id).not.toBe(kept.id);
  });

  it('every table that refers to a file counts as attaching it', async () => {
    const rows = await harness.sql<{ name: string }>(
      `select conrelid::regclass::text as name from pg_constraint where contype = 'f' and confrelid = 'stored_file'::regclass order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['application_file', 'application_submission_file', 'claim_file']);
  });

  it('content that is about to be swept is kept anew, not lent once more', async () => {
    const first = await handedIn(png(7), 'a.png');
    now = new Date('2026-11-28T11:00:00.000Z');
    await harness.sql(`update session set expires_at = $1`, [new Date(now.getTime() + 3_600_000)]);
    expect((await handedIn(png(7), 'a.png')).id).not.toBe(first.id);
  });

  it('the application role can change nothing of a file but its name', async () => {
    const { id } = await handedIn(png(), 'a.png');
    const rights = await harness.sql(
      `select column_name::text as name from information_schema.column_privileges
       where table_name = 'stored_file' and grantee = 'waymark_app' and privilege_type = 'UPDATE'`,
    );
    expect(rights).toEqual([{ name: 'name' }]);
    await expect(harness.sql(`update stored_file set content = 'xy' where id = $1`, [id])).rejects.toThrow(
      /stored_file_size/,
    );
  });

  /** An application as it stands after one was sent, with a file attached. */
  const arrangeAttached = async (id: string, fileId: string): Promise<void> => {
    const of = { institution_id: institutionId };
    const [code, pot, call] = [randomUUID(), randomUUID(), randomUUID()];
    await arrange(harness, 'cost_code', { ...of, id: code, code: `C-${code.slice(-6)}` });
    await arrange(harness, 'pot', {
      ...of,
      id: pot,
      financial_year: 2026,
      cost_code_id: code,
      status: 'open',
      created_by: technician.personId,
    });
    await arrange(harness, 'call', {
      ...of,
      id: call,
      kind: 'yearly',
      status: 'open',
      pot_id: pot,
      budget_pence: 1000,
      opens_at: '2026-11-01T00:00:00Z',
      closes_at: '2026-12-01T00:00:00Z',
      endorse_by: '2026-12-08T00:00:00Z',
      return_grace_days: 7,
      letters: {},
      created_by: technician.personId,
    });
    await arrange(harness, 'application', {
      ...of,
      id,
      call_id: call,
      person_id: technician.personId,
      reference: `T-${id.slice(-6)}`,
      status: 'draft',
      draft: {},
    });
    await arrange(harness, 'application_file', { ...of, application_id: id, file_id: fileId });
  };
});
