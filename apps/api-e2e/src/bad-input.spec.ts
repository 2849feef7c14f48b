import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newRoundRules } from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';
import { type Route, routesOf } from './routes';

/** What comes in by mistake or by malice, to every route: a named refusal each time, never a 500, and nothing stored. */
describe('bad input', () => {
  let harness: Harness;
  let routes: Route[];
  let everyRole: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
    routes = routesOf(harness.application);
    everyRole = await harness.somebody(await harness.institution(), [
      'coordinator',
      'institution-administrator',
      'auditor',
      'programme-lead',
      'award-verifier',
      'finance-officer',
    ]);
  });
  afterAll(() => harness.stop());

  const counts = () =>
    harness.sql(`select relname, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname), false, true, '')))[1]::text as n
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('command', 'rate_limit') order by relname`);

  const id = '00000000-0000-7000-8000-000000000000';
  const withBody = () => routes.filter(({ inputs }) => inputs.some(({ kind }) => kind === 'body'));
  const addressOf = (path: string, value = id) =>
    path.replaceAll(/:(\w+)/g, (_, name) => (name === 'token' ? 'x'.repeat(43) : value));

  /** What is wrong with an answer that should be a named refusal with one of these statuses. */
  const faultsOf = (route: string, answer: { status: number; body: unknown }, statuses: number[]): string[] => {
    const { refusal, correlationId } = (answer.body ?? {}) as { refusal?: unknown; correlationId?: unknown };
    const named = typeof refusal === 'string' && typeof correlationId === 'string';
    return statuses.includes(answer.status) && named
      ? []
      : [`${route}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`];
  };

  const bodies: [string, unknown][] = [
    ['nothing', ''],
    ['null', null],
    ['a list', []],
    ['a text', '"text"'],
    ['a number', 12],
    ['broken JSON', '{"a":'],
    ['an unknown field', { surprise: true }],
    ['a prototype', '{"__proto__": {"admin": true}}'],
    [
      'wrong types',
      { version: '1', name: 7, email: {}, password: [], mapping: 'x', roundId: 3, rules: [], agreement: null },
    ],
    [
      'NUL bytes',
      {
        name: 'a\u0000b',
        email: 'a\u0000@b.example',
        password: 'long enough\u0000',
        givenName: '\u0000',
        familyName: '\u0000',
        note: '\u0000',
      },
    ],
    ['huge numbers', { version: 1e308, placesDefault: -1e9 }],
    ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ];

  it.each(bodies)('%s in a body', async (_, body) => {
    const before = await counts();
    const faults: string[] = [];
    for (const { method, path } of withBody()) {
      const answer = await harness.ask(method, addressOf(path), {
        as: everyRole,
        body: body === '' ? '' : typeof body === 'string' ? body : JSON.stringify(body),
      });
      faults.push(...faultsOf(`${method} ${path}`, answer, [400, 403, 404, 409, 410, 422, 429]));
    }
    expect(faults).toEqual([]);
    expect(await counts()).toEqual(before);
  });

  /** Bodies that their routes would take: what is wrong below is the one text that is changed. */
  const valid: Record<string, unknown> = {
    'POST session': { email: 'a@college.example', password: 'some password' },
    'POST password-links': { email: 'a@college.example' },
    'POST set-up': {
      code: 'x'.repeat(43),
      institutionName: 'College',
      nation: 'scotland',
      givenName: 'A',
      familyName: 'B',
      email: 'a@college.example',
      password: 'long enough to be one',
      alsoCoordinator: false,
    },
    'POST people': {
      givenName: 'A',
      familyName: 'B',
      email: 'c@college.example',
      jobTitle: 'T',
      unitId: id,
      gradeId: id,
      lineManagerId: id,
      technician: true,
    },
    'POST people/:id/roles': { role: 'auditor', until: '2030-01-01' },
    'PUT grades': { grades: [{ id, name: 'A' }] },
    'POST mentoring/rounds': { name: 'Round' },
    'PUT mentoring/rounds/:id': { version: 1, name: 'Round', rules: { ...newRoundRules } },
    'POST mentoring/imports': { roundId: id, side: 'mentors', fileName: 'a.csv', content: 'YSxiCjEsMgo=' },
    'PUT mentoring/imports/:id/preview': {
      version: 1,
      mapping: [{ column: 0, field: 'attribute', attribute: 'skills' }],
      placesDefault: 1,
      gradeOrder: ['A'],
    },
    'POST mentoring/proposals/:id/decline': { version: 1, reason: 'other', note: 'note', pause: false },
    'PUT mentoring/proposals/:id/agreement': {
      version: 1,
      goals: 'goals',
      rhythm: 'monthly',
      mode: 'online',
      endsOn: '2027-06-01',
    },
  };

  /** Every copy of a body with one of its texts replaced. */
  const withText = (body: unknown, text: string): unknown[] => {
    if (typeof body === 'string') return [text];
    if (Array.isArray(body))
      return body.flatMap((item, at) => withText(item, text).map((changed) => body.with(at, changed)));
    if (body === null || typeof body !== 'object') return [];
    return Object.entries(body).flatMap(([key, value]) =>
      withText(value, text).map((changed) => ({ ...body, [key]: changed })),
    );
  };

  it.each([
    ['a NUL byte', 'a\u0000b', true],
    ['half a character', 'a\ud83d', true],
    ['ten thousand letters', 'x'.repeat(10_000), true],
    ['letters of every direction', '\u202eمرحبا 👩🏽‍🔬 שלום', false],
    ['a formula', '=1+1', false],
  ])('%s in each text of a body that is right otherwise', async (_, text, wrong) => {
    const faults: string[] = [];
    for (const [name, body] of Object.entries(valid)) {
      const [method = '', path = ''] = name.split(' ');
      for (const changed of withText(body, text)) {
        const answer = await harness.ask(method, addressOf(path), { as: everyRole, body: changed });
        const refused = [400, 401, 403, 404, 409, 410, 422, 429];
        if (wrong) faults.push(...faultsOf(`${name} ${JSON.stringify(changed).slice(0, 120)}`, answer, refused));
        else if (answer.status >= 500) faults.push(`${name}: ${answer.status}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('10 MB in a body', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(10 * 1024 * 1024) });
    for (const { method, path } of withBody()) {
      const answer = await harness.ask(method, addressOf(path), { as: everyRole, body }).catch(() => null);
      // The server may close the connection while the client still sends: that is a refusal too, but most get the answer.
      if (answer) expect({ path, ...answer }).toMatchObject({ status: 413, body: { refusal: 'body-too-large' } });
    }
    expect((await harness.get('health')).status).toBe(200);
  });

  it('another media type', async () => {
    const answer = await harness.ask('POST', 'mentoring/rounds', {
      as: everyRole,
      body: '<name>round</name>',
      headers: { 'content-type': 'application/xml' },
    });
    expect(answer).toMatchObject({ status: 415, body: { refusal: 'unsupported-media-type' } });
  });

  it.each(['x', '1', "1' or '1'='1", '%00', `${'9'.repeat(150)}`, '..%2f..%2fetc', '%E0%A4%A'])(
    '%s as an identifier',
    async (value) => {
      const faults: string[] = [];
      for (const { method, path } of routes.filter(
        (route) => route.path.includes(':') && !route.path.includes(':token'),
      )) {
        const answer = await harness.ask(method, addressOf(path, value), {
          as: everyRole,
          ...(method === 'GET' ? {} : { body: {} }),
        });
        faults.push(...faultsOf(`${method} ${path}`, answer, [400, 404, 422]));
      }
      expect(faults).toEqual([]);
    },
  );

  it.each([
    'page=0',
    'page=x',
    'pageSize=1000',
    'page=1&page=2',
    'sort=drop',
    'search=%00',
    'surprise=1',
    'search[]=a',
    'contractBefore=0000-01-01',
    'from=0000-01-01',
    'earlier=2026-99-99T99:99:99.000000Z_01890000-0000-7000-8000-000000000001',
    'later=0000-01-01T00:00:00.000000Z_01890000-0000-7000-8000-000000000001',
    `search=${'x'.repeat(500)}`,
  ])('?%.40s in a query', async (query) => {
    const faults: string[] = [];
    for (const { path } of routes.filter((route) => route.inputs.some(({ kind }) => kind === 'query'))) {
      const answer = await harness.get(`${addressOf(path)}?${query}`, everyRole);
      faults.push(...faultsOf(path, answer, [404, 422]));
    }
    expect(faults).toEqual([]);
  });

  it.each(['page=100000&pageSize=100', 'to=9999-12-31', 'contractBefore=9999-12-31'])(
    '?%s is far off, and finds nothing or all',
    async (query) => {
      const faults: string[] = [];
      for (const { path } of routes.filter((route) => route.inputs.some(({ kind }) => kind === 'query'))) {
        const answer = await harness.get(`${addressOf(path)}?${query}`, everyRole);
        if (answer.status !== 200) faults.push(...faultsOf(path, answer, [404, 422]));
      }
      expect(faults).toEqual([]);
    },
  );

  it('a key that is no UUID, and a key used again for something else', async () => {
    const malformed = await harness.ask('POST', 'mentoring/rounds', {
      as: everyRole,
      body: { name: 'One' },
      key: 'once',
    });
    expect(malformed).toMatchObject({ status: 400, body: { refusal: 'malformed-request' } });
    const key = '01890000-0000-7000-8000-000000000001';
    const first = await harness.ask('POST', 'mentoring/rounds', { as: everyRole, body: { name: 'One' }, key });
    const again = await harness.ask('POST', 'mentoring/rounds', { as: everyRole, body: { name: 'One' }, key });
    const other = await harness.ask('POST', 'mentoring/rounds', { as: everyRole, body: { name: 'Two' }, key });
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body as object });
    expect(other).toMatchObject({ status: 422, body: { refusal: 'idempotency-key-reused' } });
    const rounds = await harness.sql(`select name from round where institution_id = $1 and name in ('One', 'Two')`, [
      everyRole.institutionId,
    ]);
    expect(rounds).toEqual([{ name: 'One' }]);
  });

  it('twenty of one command at once are done once, and all get its answer', async () => {
    const key = '01890000-0000-7000-8000-000000000002';
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        harness.ask('POST', 'mentoring/rounds', { as: everyRole, body: { name: 'Raced' }, key }),
      ),
    );
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    expect(await harness.sql(`select from round where name = 'Raced'`)).toHaveLength(1);
  });
});
