import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApiDocument } from '@waymark/api-app';
import { newRoundRules } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { type Answer, Harness } from './harness';
import { routesOf } from './routes';
import { type JsonSchema, sampleOf } from './sample';
import { type Asker, canary, day, type Named, type Place, sampleTerms, WhoMayRecords } from './who-may-records';
import { type Letter, letters, notWhileActing, ownedKinds, whoMay, type WhoMay } from './who-may-table';

/**
 * Whose record a request names: their own, of somebody else in their institution, of another institution; one that is
 * `missing`; or `none`, where the route names none.
 */
type Whose = 'own' | 'same' | 'other' | 'missing' | 'none';
type Side = 'mentor' | 'mentee';

interface Case {
  route: string;
  rule: WhoMay;
  letter: Letter;
  whose: Whose;
  /** As which of the two of a pair the record is theirs. */
  side: Side;
}

const stale = 999_999;
const minutes = 60_000;
const missing = (): Required<Named> => ({
  id: randomUUIDv7(),
  second: randomUUIDv7(),
  menteeId: randomUUIDv7(),
  mentorId: randomUUIDv7(),
});

/** Every route × everybody × {own, same institution, other institution}, against the table in who-may-table.ts. */
describe('who may', () => {
  let harness: Harness;
  let records: WhoMayRecords;
  let ours: Place;
  let theirs: Place;
  /** Something of ours that a body may name. */
  let known: { unit: string; network: string; costCode: string; pot: string; claim: string };
  let document: Record<string, Record<string, { requestBody?: { content?: Record<string, { schema?: JsonSchema }> } }>>;
  const askers = new Map<Letter, Asker>();
  const made = new Map<string, Promise<Named>>();

  beforeAll(async () => {
    harness = await Harness.start();
    document = openApiDocument(harness.application).paths as unknown as typeof document;
    records = new WhoMayRecords(harness);
    records.partner = await records.place('Partner', 'Partner');
    ours = await records.place('Ours', 'Plain');
    theirs = await records.place(`${canary} college`, canary);
    known = {
      unit: (await records.make('unit', ours)).id,
      network: await records.join(ours, records.partner),
      costCode: (await records.make('costCode', ours)).id,
      pot: (await records.make('pot', ours)).id,
      claim: (await records.make('claim', ours)).id,
    };
    for (const letter of letters) askers.set(letter, await records.asker(letter, ours));
  }, minutes);
  afterAll(() => harness.stop());

  const asker = (letter: Letter): Asker => {
    const found = askers.get(letter);
    if (!found) throw new Error(`nobody is ${letter}`);
    return found;
  };

  /** A record that nothing changes, made once; or a fresh one. */
  const recordFor = ({ rule, whose, side }: Case, who: Asker, fresh: boolean): Promise<Named> => {
    const none = { id: '', second: '' };
    if (!rule.of || whose === 'none') return Promise.resolve(none);
    if (whose === 'missing') return Promise.resolve(missing());
    const place = whose === 'other' ? theirs : ours;
    // To whoever acts for somebody what is theirs by their own name is another's.
    const concerns =
      whose === 'own' ? who.concerns : whose === 'same' && who.letter === 'B' ? who.as.personId : undefined;
    const { of } = rule;
    if (fresh) return records.make(of, place, concerns, side);
    const key = [of, place.id, concerns, side].join(' ');
    const record = made.get(key) ?? records.make(of, place, concerns, side);
    made.set(key, record);
    return record;
  };

  const queries: Readonly<Record<string, (named: Named) => string>> = {
    'GET audit/chain/comparison': () => `number=1&hash=${'a'.repeat(64)}`,
    'GET people/alike': () => 'familyName=Person',
    'GET people/staff-imports/template': () => 'kind=staff',
    'POST people/staff-imports': () => 'kind=staff&fileName=a.csv',
    'POST funding/files': () => 'purpose=receipt&name=a.png',
    'GET mentoring/runs/:id/comparison': ({ second }) => `with=${second}`,
    'GET mentoring/runs/:id/comparison/export': ({ second }) => `with=${second}`,
    'GET funding/calls/:id/scenarios/compare': ({ second, menteeId }) => `of=${second},${menteeId}`,
    'GET mentoring/runs/:id/why-not': ({ menteeId, mentorId }) => `menteeId=${menteeId}&mentorId=${mentorId}`,
  };
  const instant = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString();
  const callDates = (potId: string) => ({ potId, opensAt: instant(1), closesAt: instant(9) });
  const scenarioAsked = {
    method: 'by-rank',
    parameters: { budgetPence: 1000, partAwards: false, bar: 0, groups: [], shareBy: null, seed: 'any' },
  };
  const person = { givenName: 'A', familyName: 'B', email: null, jobTitle: null, unitId: null, gradeId: null };

  /** What the smallest body that the schema takes does not say, or says wrongly. */
  const bodies: Readonly<Record<string, (named: Named) => object>> = {
    'POST session': () => ({ email: 'nobody@college.example', password: 'not the password' }),
    'POST password-links': () => ({ email: 'nobody@college.example' }),
    'POST set-up': () => ({ code: 'x'.repeat(20), email: 'nobody@college.example', password: 'long enough to be one' }),
    'POST password-links/:token': () => ({ password: 'long enough to be one' }),
    'POST people': () => ({ ...person, lineManagerId: null, technician: true }),
    'PUT people/:id': () => ({ ...person, lineManagerId: null, technician: true }),
    'POST people/:id/leaving': () => ({ lastDay: day(30) }),
    'POST people/:id/transfers': () => ({
      toInstitutionId: records.partner.id,
      lastDay: day(10),
      firstDay: day(11),
    }),
    'POST people/:id/roles': () => ({ role: 'auditor', until: null }),
    'POST people/:id/delegations': () => ({ delegateId: ours.other, from: day(30), until: day(31) }),
    'PUT people/:id/skills': () => ({ skills: ['Welding'] }),
    'POST awards': () => ({ awardedOn: day(-400), validTo: null }),
    'PUT awards/:id': () => ({ awardedOn: day(-400), validTo: null }),
    'POST account/password': () => ({ password: 'long enough to be one' }),
    'POST corrections/:id/answer': () => ({ outcome: 'done' }),
    'POST networks/:id/invitations': () => ({ email: 'asked@elsewhere.example' }),
    'PUT settings': () => ({ name: 'Ours', timeZone: 'Europe/London' }),
    'POST settings/closure-days': () => ({ from: day(40), until: day(40) }),
    'POST settings/closure-days/remove': () => ({ from: day(50), until: day(50) }),
    'POST units/:id/merge': () => ({ into: known.unit }),
    'POST endorse/:token/answer': () => ({ answer: 'endorsed', reason: '' }),
    'POST funding/calls/:id/endorsements/name': ({ second }) => ({
      applicationId: second,
      purpose: 'application',
      personId: ours.administrator.id,
    }),
    'POST funding/calls/:id/endorsements/decide': ({ second }) => ({ applicationId: second, decision: 'endorsed' }),
    'POST funding/calls/:id/endorsements/remind': ({ second }) => ({ endorsementIds: [second] }),
    'POST funding/endorsements/answers': () => ({
      endorsements: [{ id: '00000000-0000-7000-8000-000000000000', version: 1 }],
      answer: 'endorsed',
    }),
    'POST funding/calls/:id/scenarios': () => ({ ...scenarioAsked, name: randomUUIDv7().slice(-20) }),
    'POST funding/calls/:id/scenarios/preview': () => scenarioAsked,
    'POST funding/scenarios/:id/overrides': ({ second }) => ({ applicationId: second, outcome: 'reserve' }),
    'POST funding/scenarios/:id/overrides/undo': ({ second }) => ({ applicationId: second }),
    'POST funding/calls/:id/panel/panelists': () => ({ personId: ours.other }),
    'POST funding/calls/:id/panel/assign': () => ({ hash: '0'.repeat(64) }),
    'POST funding/calls/:id/back-to-scoring': ({ mentorId, id }) => ({
      reviews: [{ id: mentorId ?? id, substituteId: null }],
    }),
    'PUT funding/calls/:id/moderation/:applicationId/note': () => ({ version: 0 }),
    'POST funding/reading/:id/declarations': ({ second }) => ({ applicantId: second || ours.other }),
    'PUT funding/reviews/:id': () => ({ scores: {} }),
    'POST funding/reviews/:id/submit': () => ({ scores: {} }),
    'POST funding/reviews/:id/reassign': () => ({ panelistId: ours.other }),
    'POST funding/applications/:id/files': ({ second }) => ({ fileId: second }),
    'POST funding/awards/:id/abstract': () => ({ abstract: 'accepted' }),
    'POST funding/awards/:id/change': () => ({ eventStartsOn: day(110), eventEndsOn: day(111) }),
    'PUT funding/claims/:id/draft': () => ({ lines: [] }),
    'POST funding/claims/:id/submit': () => ({ lines: [] }),
    'POST funding/claims/:id/approve': () => ({ costCodeId: null }),
    'POST funding/claims/approve': () => ({ claims: [{ id: known.claim, version: 1 }] }),
    'POST funding/batches/:id/remove': ({ second }) => ({ claimId: second }),
    'POST funding/cost-codes': () => ({ code: `C-${randomUUIDv7().slice(-12)}` }),
    'POST funding/pots': () => ({ costCodeId: known.costCode, name: randomUUIDv7(), financialYear: 2026 }),
    'PUT funding/pots/:id': () => ({ costCodeId: known.costCode, name: randomUUIDv7() }),
    'POST funding/pots/:id/transfer': ({ second }) => ({ toPotId: second, amountPence: 1 }),
    'POST funding/calls': () => ({ ...callDates(known.pot), name: randomUUIDv7(), kind: 'yearly', rollsUntil: null }),
    'PUT funding/calls/:id': ({ second }) => ({
      ...callDates(second),
      name: randomUUIDv7(),
      endorseBy: instant(30),
      decideBy: day(40),
      reserveUntil: day(60),
      claimBy: day(90),
      terms: sampleTerms('Ours'),
    }),
    'POST funding/calls/:id/copy': () => ({ name: randomUUIDv7() }),
    'POST funding/calls/:id/reopen': () => ({ closesAt: instant(10), endorseBy: instant(20) }),
    'POST funding/calls/:id/extensions': () => ({ personId: ours.other, until: instant(15) }),
    'POST funding/calls/:id/messages': () => ({ filter: { statuses: ['draft'], unitIds: [] } }),
    'POST funding/calls/:id/messages/preview': () => ({ filter: { statuses: ['draft'], unitIds: [] } }),
    'POST funding/calls/letter-preview': () => ({
      kind: 'unendorsed',
      decideBy: day(40),
      reserveUntil: day(60),
      claimBy: day(90),
    }),
    'PUT mentoring/rounds/:id': () => ({ rules: newRoundRules }),
    'POST mentoring/rounds/:id/release': ({ second }) => ({ runId: second }),
    'POST mentoring/rounds/:id/choices': ({ menteeId, mentorId }) => ({ kind: 'forbid', menteeId, mentorId }),
    'POST mentoring/imports': () => ({
      roundId: ours.roundId,
      content: Buffer.from('email\na@b.example\n').toString('base64'),
    }),
    'PUT mentoring/imports/:id/preview': () => ({
      mapping: [{ column: 0, field: 'email', attribute: null }],
      placesDefault: 1,
    }),
    'PUT people/staff-imports/:id/preview': () => ({ mapping: [{ column: 0, field: 'email' }] }),
    'PUT mentoring/proposals/:id/agreement': () => ({ endsOn: day(90) }),
  };

  const ask = async ({ route }: Case, as: Asker | null, named: Named, version = 1): Promise<Answer> => {
    const [method = '', path = ''] = route.split(' ');
    const query = queries[route]?.(named);
    const address =
      path
        .replace(':id', named.id || ours.id)
        .replace(':format', 'json')
        .replaceAll(/:(token|code)/g, 'x'.repeat(43))
        .replaceAll(/:\w+/g, named.second || ours.id) + (query ? `?${query}` : '');
    const asking = { as: as?.as ?? null };
    if (method === 'GET') return harness.ask(method, address, asking);
    if (route === 'POST people/staff-imports' || route === 'POST funding/files')
      return harness.ask(method, address, {
        ...asking,
        body: 'email\n',
        headers: { 'content-type': 'application/octet-stream' },
      });
    const schema = document[`/api/${path.replaceAll(/:(\w+)/g, '{$1}')}`]?.[method.toLowerCase()]?.requestBody?.content;
    const sample = schema ? sampleOf(Object.values(schema)[0]?.schema ?? {}, { version }) : {};
    return harness.ask(method, address, { ...asking, body: { ...(sample as object), ...bodies[route]?.(named) } });
  };

  const includes = (may: string, letter: Letter) => may === '*' || may.includes(letter);
  /** Acting gives what everybody may, less what is the person's own, and none of either's roles. */
  const letIn = (route: string, { may }: WhoMay, letter: Letter) =>
    letter === 'B' ? may === '*' && !notWhileActing.includes(route) : includes(may, letter);

  /** Null: reached. */
  const expected = ({ route, rule, letter, whose, side }: Case): string | null => {
    if (!letIn(route, rule, letter)) {
      return letter === 'B' && notWhileActing.includes(route) ? 'not-while-acting' : 'not-allowed';
    }
    if (whose === 'other' || whose === 'missing') {
      // Refused before it is looked for: that tells as little.
      return includes(rule.others?.notAllowed ?? '', letter) && rule.others?.unseen ? 'not-allowed' : 'not-found';
    }
    if (whose === 'own') return rule.own ?? (rule.side && rule.side !== side ? 'not-allowed' : null);
    if (!rule.others || includes(rule.others.reach, letter)) return null;
    return includes(rule.others.notAllowed ?? '', letter) ? 'not-allowed' : 'not-found';
  };

  const faultsOf = (of: Case, answer: Answer, how = ''): string[] => {
    const { route, letter, whose, side } = of;
    const text = typeof answer.body === 'string' ? answer.body : (JSON.stringify(answer.body) ?? '');
    const name = `${route} as ${letter}, ${whose}${whose === 'own' ? ` (${side})` : ''}${how}`;
    const met = `${answer.status} ${text.slice(0, 260)}`;
    const refusal = (answer.body as { refusal?: string } | null)?.refusal;
    const want = expected(of);
    const shown = new RegExp(canary, 'i').test(text) ? [`${name}: shows what is of another institution: ${met}`] : [];
    if (want !== null) {
      const status = { 'not-found': 404, 'not-allowed': 403, 'not-while-acting': 403 }[want];
      const right = refusal === want && (status === undefined || status === answer.status);
      return right ? shown : [...shown, `${name}: should be ${want}, was ${met}`];
    }
    // Beyond the gate a command may still meet a rule of its own: that it read the record is what counts here.
    const reached =
      (answer.status >= 200 && answer.status < 300) ||
      [409, 410].includes(answer.status) ||
      (answer.status === 422 && refusal !== 'invalid-input') ||
      (refusal === 'password-wrong' && route === 'POST account/password');
    return reached ? shown : [...shown, `${name}: should be let in, was ${met}`];
  };

  const guarded = () => Object.entries(whoMay).filter(([, { may }]) => may !== 'public');
  const casesOf = (wanted: (of: Case) => boolean): Case[] =>
    guarded().flatMap(([route, rule]) =>
      letters.flatMap((letter) =>
        whoseOf(rule).flatMap(({ whose, side }) => {
          const each = { route, rule, letter, whose, side };
          return wanted(each) ? [each] : [];
        }),
      ),
    );
  const whoseOf = ({ of }: WhoMay): { whose: Whose; side: Side }[] => {
    if (!of) return [{ whose: 'none', side: 'mentor' }];
    const owned = (ownedKinds as readonly string[]).includes(of);
    const sides: Side[] = of === 'proposal' ? ['mentor', 'mentee'] : ['mentor'];
    return [
      ...(owned ? sides.map((side) => ({ whose: 'own' as const, side })) : []),
      { whose: 'same', side: 'mentor' },
      { whose: 'other', side: 'mentor' },
      { whose: 'missing', side: 'mentor' },
    ];
  };

  const inTurns = async (cases: readonly Case[], run: (of: Case) => Promise<string[]>): Promise<string[]> => {
    const left = [...cases];
    const faults: string[] = [];
    const worker = async () => {
      for (let next = left.shift(); next; next = left.shift()) faults.push(...(await run(next)));
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    return faults.sort();
  };

  /** A sum of each table, of one institution or of all; without keys, counted attempts and, unless asked for, noted reads. */
  const contents = async (
    institutionId: string | null,
    besides: readonly string[] = ['audit_entry', 'audit_unsealed'],
  ): Promise<Record<string, string>> => {
    const tables = await harness.sql<{ name: string; tenant: boolean }>(
      `select relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'institution_id') as tenant
       from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace
         and relname not in ('command', 'rate_limit') and not relname = any ($1) order by 1`,
      [besides],
    );
    const sums: Record<string, string> = {};
    for (const { name, tenant } of tables.filter((table) => institutionId === null || table.tenant)) {
      const [row] = await harness.sql<{ sum: string }>(
        `select count(*) || ' ' || md5(coalesce(string_agg(line, '' order by line), '')) as sum
         from (select md5((to_jsonb(t) - 'acting_until')::text) as line from ${name} t
           ${tenant && institutionId !== null ? `where institution_id = '${institutionId}'` : ''}) lines`,
      );
      sums[name] = row?.sum ?? '';
    }
    return sums;
  };

  it('is said in the table for every route, and for nothing else', () => {
    const found = routesOf(harness.application).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(whoMay).sort()).toEqual(found.sort());
    expect(notWhileActing.filter((route) => whoMay[route]?.may !== '*')).toEqual([]);
    const without = Object.entries(whoMay).filter(
      ([route, { may, of }]) => may !== 'public' && /:id/.test(route) !== (of !== undefined),
    );
    expect(without).toEqual([]);
  });

  it(
    'refuses whoever is not let in, at their own record and any other, and nothing changes',
    async () => {
      const cases = casesOf(({ route, rule, letter }) => !letIn(route, rule, letter));
      expect(cases.length).toBeGreaterThan(2000);
      await inTurns(cases, async (each) => {
        await recordFor(each, asker(each.letter), false);
        return [];
      });
      const before = await contents(null, []);
      const faults = await inTurns(cases, async (each) => {
        const who = asker(each.letter);
        return faultsOf(each, await ask(each, who, await recordFor(each, who, false)));
      });
      expect(faults).toEqual([]);
      expect(await contents(null, [])).toEqual(before);
    },
    4 * minutes,
  );

  it(
    'knows no record of another institution, no more than one that is missing, and nothing changes',
    async () => {
      const cases = casesOf(
        ({ route, rule, letter, whose }) => letIn(route, rule, letter) && (whose === 'other' || whose === 'missing'),
      );
      expect(cases.length).toBeGreaterThan(500);
      await inTurns(cases, async (each) => {
        await recordFor(each, asker(each.letter), false);
        return [];
      });
      const before = await contents(null);
      const faults = await inTurns(cases, async (each) => {
        const who = asker(each.letter);
        return faultsOf(each, await ask(each, who, await recordFor(each, who, false)));
      });
      expect(faults).toEqual([]);
      expect(await contents(null)).toEqual(before);
    },
    4 * minutes,
  );

  const reads = ({ route }: Case) => route.startsWith('GET');
  /** With a person and a record of their own where something may change. */
  const afresh = async (each: Case): Promise<string[]> => {
    const fresh = !reads(each);
    const who = fresh ? await records.asker(each.letter, ours) : asker(each.letter);
    const named = await recordFor(each, who, fresh);
    const faults: string[] = [];
    const want = expected(each);
    // What is not theirs is refused for that, whatever revision they name.
    if (fresh && (want === 'not-found' || want === 'not-allowed'))
      faults.push(...faultsOf(each, await ask(each, who, named, stale), ', with a stale version'));
    faults.push(...faultsOf(each, await ask(each, who, named)));
    return faults;
  };

  it(
    'lets in at the records of the own institution, or keeps what concerns somebody else to them',
    async () => {
      const cases = casesOf(
        ({ route, rule, letter, whose }) => letIn(route, rule, letter) && (whose === 'same' || whose === 'none'),
      );
      const before = await contents(theirs.id);
      expect(await inTurns(cases, afresh)).toEqual([]);
      expect(await contents(theirs.id)).toEqual(before);
    },
    4 * minutes,
  );

  it(
    'lets everybody in at what is their own, but for what nobody does for themself',
    async () => {
      const cases = casesOf(({ route, rule, letter, whose }) => letIn(route, rule, letter) && whose === 'own');
      const before = await contents(theirs.id);
      expect(await inTurns(cases, afresh)).toEqual([]);
      expect(await contents(theirs.id)).toEqual(before);
    },
    4 * minutes,
  );

  it('keeps the steps of each side of what two institutions share to that side', async () => {
    const [into, from, shared] = [
      await records.make('transferIn', ours),
      await records.make('transferOut', ours),
      await records.make('network', ours),
    ];
    // Of a network that both are in: an invitation that the other sent.
    const sent = await records.invitationOf(shared.id, records.partner);
    const before = await contents(null);
    const faults: string[] = [];
    const decide = { version: 1, ...person, lineManagerId: null, givenName: undefined, familyName: undefined };
    for (const letter of letters) {
      const who = asker(letter);
      for (const [route, method, path, body] of [
        ['POST transfers/:id/cancel', 'POST', `transfers/${into.id}/cancel`, { version: 1 }],
        ['POST transfers/:id/accept', 'POST', `transfers/${from.id}/accept`, decide],
        ['POST transfers/:id/decline', 'POST', `transfers/${from.id}/decline`, { version: 1 }],
        ['DELETE networks/:id/invitations/:invitationId', 'DELETE', `networks/${shared.id}/invitations/${sent}`, {}],
      ] as const) {
        const answer = await harness.ask(method, path, { as: who.as, body });
        faults.push(
          ...faultsOf({ route, rule: whoMay[route] ?? { may: '' }, letter, whose: 'other', side: 'mentor' }, answer),
        );
      }
    }
    expect(faults).toEqual([]);
    expect(await contents(null)).toEqual(before);
  });

  it('shows a stranger nothing of any institution', async () => {
    const faults: string[] = [];
    for (const [route, rule] of Object.entries(whoMay).filter(([, { may }]) => may === 'public')) {
      const at = { route, rule, letter: 'N', whose: 'none', side: 'mentor' } as const;
      const { status, body } = await ask(at, null, { id: '', second: '' });
      const refusal = (body as { refusal?: string } | null)?.refusal ?? null;
      const [wantStatus, want] = rule.stranger ?? [];
      if (
        status !== wantStatus ||
        (want !== null && refusal !== want) ||
        new RegExp(`${canary}|Plain|Partner|Ours`).test(JSON.stringify(body))
      )
        faults.push(`${route}: ${status} ${JSON.stringify(body).slice(0, 300)}`);
    }
    expect(faults).toEqual([]);
  });
});
