import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type CallView,
  type CorrectionView,
  type CostCodes,
  type DelegationsView,
  emptyDraft,
  type EntriesPage,
  type FileView,
  type ImportView,
  letterKinds,
  type NetworksView,
  newRoundRules,
  type OwnExportView,
  type PotView,
  type StaffImportView,
  type OwnAwards,
  type RoundView,
  type ScenarioRow,
  type UnitTree,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { AllocationRecords } from './allocation-records';
import { AwardsRecords } from './awards-records';
import { Harness, type SignedIn } from './harness';
import { type Route, routesOf } from './routes';
import { EndorsementRecords } from './endorsements-records';
import { sampleTerms } from './who-may-records';

/**
 * Two institutions with the same kinds of records. Everybody who may do everything in one of them meets `not-found` at each
 * record of the other, on every route, and nothing of it changes or shows.
 */
describe('another institution', () => {
  let harness: Harness;
  let routes: Route[];
  let ours: SignedIn;
  let theirs: SignedIn;
  let records: Record<
    | 'staffImport'
    | 'export'
    | 'correction'
    | 'award'
    | 'unit'
    | 'network'
    | 'invitation'
    | 'delegation'
    | 'person'
    | 'role'
    | 'round'
    | 'run'
    | 'import'
    | 'proposal'
    | 'job'
    | 'costCode'
    | 'pot'
    | 'call'
    | 'ledgerEntry'
    | 'file'
    | 'endorsement'
    | 'fundAward'
    | 'claim'
    | 'batch'
    | 'scenario'
    | 'application',
    string
  >;

  /** Their mentee and mentor, as a query names them. */
  let two = '';

  beforeAll(async () => {
    harness = await Harness.start();
    routes = routesOf(harness.application);
    const all = [
      'coordinator',
      'institution-administrator',
      'auditor',
      'programme-lead',
      'award-verifier',
      'finance-officer',
    ] as const;
    ours = await harness.somebody(await harness.institution('Ours'), [...all]);
    theirs = await harness.somebody(await harness.institution('Theirs'), [...all], 'Canary Secretname');
    await harness.startWorker();
    records = await fill(theirs);
    await harness.sql(
      `insert into application_submission_file (institution_id, application_id, number, file_id) values ($1, $2, 1, $3)`,
      [theirs.institutionId, records.application, records.file],
    );
    await harness.sql(
      `insert into claim_file (institution_id, claim_id, file_id, added_at) values ($1, $2, $3, now())`,
      [theirs.institutionId, records.claim, records.file],
    );
    await harness.stopWorker();
  }, 60_000);
  afterAll(() => harness.stop());

  const csv = (side: string) =>
    `first name,last name,email address,profession\nCanary,${side},canary.${side}@theirs.example,Secrecy\n`;

  const load = async (who: SignedIn, roundId: string, side: 'mentors' | 'mentees'): Promise<string> => {
    const started = await harness.post('mentoring/imports', who, {
      roundId,
      side,
      fileName: 'canary.csv',
      content: Buffer.from(csv(side)).toString('base64'),
    });
    const { id, version, mapping } = started.body as ImportView;
    const previewed = await harness.put(`mentoring/imports/${id}/preview`, who, {
      version,
      mapping,
      placesDefault: 1,
      gradeOrder: null,
    });
    expect(previewed.status).toBe(200);
    await harness.post(`mentoring/imports/${id}/apply`, who, { version: (previewed.body as ImportView).version });
    await harness.until(
      () => harness.get(`mentoring/imports/${id}`, who),
      ({ body }) => (body as ImportView).status === 'applied',
    );
    return id;
  };

  /** A round of theirs, from files to a proposal, by the product's own routes. */
  const fill = async (who: SignedIn): Promise<typeof records> => {
    const round = (await harness.post('mentoring/rounds', who, { name: 'Canary round' })).body as RoundView;
    const importId = await load(who, round.id, 'mentors');
    await load(who, round.id, 'mentees');
    const read = async () => (await harness.get(`mentoring/rounds/${round.id}`, who)).body as RoundView;
    const open = await read();
    const rules = {
      ...newRoundRules,
      points: { ...newRoundRules.points, shared: [{ attribute: 'profession', points: 10 }] },
      never: { ...newRoundRules.never, sameUnit: false },
    };
    const changed = (
      await harness.put(`mentoring/rounds/${round.id}`, who, { version: open.version, name: open.name, rules })
    ).body as RoundView;
    await harness.post(`mentoring/rounds/${round.id}/runs`, who, { version: changed.version });
    const review = await harness.until(read, ({ status }) => status === 'review');
    const run = review.runs[0];
    expect(run).toMatchObject({ status: 'done', count: 1 });
    const released = await harness.post(`mentoring/rounds/${round.id}/release`, who, {
      version: review.version,
      runId: run?.id,
    });
    expect(released.status).toBe(200);
    const [proposal] = await harness.sql<{ id: string; mentee: string; mentor: string }>(
      `select id, mentee_id as mentee, mentor_id as mentor from proposal where institution_id = $1`,
      [who.institutionId],
    );
    two = `menteeId=${proposal?.mentee}&mentorId=${proposal?.mentor}`;
    const [job] = await harness.sql<{ id: string }>(`select id from job where institution_id = $1 limit 1`, [
      who.institutionId,
    ]);
    const [role] = await harness.sql<{ id: string }>(`select id from role_held where institution_id = $1 limit 1`, [
      who.institutionId,
    ]);
    return {
      ...(await administer(who)),
      award: await declared(who),
      ...(await funds(who)),
      ...(await askedAbout(who)),
      ...(await awarded(who)),
      scenario: await allocated(who),
      staffImport: await staffFile(who),
      ...(await asked(who)),
      person: who.personId,
      role: role?.id ?? '',
      round: round.id,
      run: run?.id ?? '',
      import: importId,
      proposal: proposal?.id ?? '',
      job: job?.id ?? '',
    };
  };

  /** An application that they are asked to endorse. */
  const askedAbout = async (who: SignedIn) => {
    const records = new EndorsementRecords(harness, who.institutionId, who.personId);
    const applicant = await harness.person(who.institutionId, {
      name: 'Canary Applicant',
      lineManagerId: who.personId,
    });
    const { endorsementId } = await records.asked(await records.call({ name: 'Canary fund' }), applicant);
    const [of] = await harness.sql<{ id: string }>(`select application_id as id from endorsement where id = $1`, [
      endorsementId,
    ]);
    const application = of?.id ?? '';
    await harness.sql(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by)
       select c.institution_id, c.id, c.terms_number, $2, now(), c.created_by from application a
       join call c on c.institution_id = a.institution_id and c.id = a.call_id where a.id = $1 on conflict do nothing`,
      [application, JSON.stringify(sampleTerms('Canary'))],
    );
    return { endorsement: endorsementId, application };
  };

  /** A scenario of a call that is moderated. */
  const allocated = async (who: SignedIn): Promise<string> => {
    const { callId } = await new AllocationRecords(harness, who.institutionId, who).call({
      rows: [['Canary Allocated', 'Canary department', 700, 100, 50]],
    });
    const made = await harness.post(`funding/calls/${callId}/scenarios`, who, scenarioAsked);
    expect(made.status).toBe(201);
    return (made.body as ScenarioRow).id;
  };
  const scenarioAsked = {
    method: 'by-rank',
    parameters: { budgetPence: 1000, partAwards: false, bar: 0, groups: [], shareBy: null, seed: 'any' },
  };

  /** An award of theirs, a claim and a batch. */
  const awarded = (who: SignedIn) => new AwardsRecords(harness, who.institutionId, who).underWay(who.personId);

  /** A staff file that waits for its columns to be told. */
  const staffFile = async (who: SignedIn): Promise<string> => {
    const started = await harness.ask('POST', 'people/staff-imports?kind=staff&fileName=canary.csv', {
      as: who,
      body: 'Staff number,First name,Last name,E-mail\nC1,Canary,Listed,canary.listed@theirs.example\n',
      headers: { 'content-type': 'application/octet-stream' },
    });
    const { id } = started.body as StaffImportView;
    await harness.until(
      () => harness.get(`people/staff-imports/${id}`, who),
      ({ body }) => (body as StaffImportView).status === 'uploaded',
    );
    return id;
  };

  /** A pot with money in it, and its cost code. */
  const funds = async (who: SignedIn) => {
    const code = (await harness.post('funding/cost-codes', who, { code: 'CANARY-1', name: 'Canary code' })).body;
    const costCode = (code as CostCodes).rows[0]?.id ?? '';
    const made = await harness.post('funding/pots', who, {
      name: 'Canary pot',
      financialYear: 2026,
      costCodeId: costCode,
    });
    const pot = (made.body as PotView).id;
    await harness.post(`funding/pots/${pot}/fund`, who, { amountPence: 100, reason: 'Canary reason' });
    const { body } = await harness.get(`funding/pots/${pot}/entries`, who);
    const handedIn = await harness.ask('POST', 'funding/files?purpose=receipt&name=canary.pdf', {
      as: who,
      body: '%PDF-1.7\n1 0 obj\n<< /Title (Canary receipt) >>\nendobj\n%%EOF\n',
      headers: { 'content-type': 'application/octet-stream' },
    });
    const called = await harness.post('funding/calls', who, {
      ...{ name: 'Canary call', kind: 'yearly', potId: pot, budgetPence: 100, rollsUntil: null },
      ...{ opensAt: '2030-01-01T00:00:00Z', closesAt: '2030-02-01T00:00:00Z' },
    });
    const call = (called.body as CallView).id;
    // Published, so that everybody there may see it.
    expect((await harness.post(`funding/calls/${call}/publish`, who, { version: 1 })).status).toBe(200);
    return {
      call,
      costCode,
      pot,
      ledgerEntry: (body as EntriesPage).rows[0]?.id ?? '',
      file: (handedIn.body as FileView).id,
    };
  };

  const declared = async (who: SignedIn): Promise<string> => {
    const award = { body: 'Canary body', award: 'Canary award', number: null, awardedOn: '2020-01-01', validTo: null };
    const { body } = await harness.post('awards', who, award);
    return (body as OwnAwards).awards[0]?.id ?? '';
  };

  /** A copy of one's own data, and a correction. */
  const asked = async (who: SignedIn) => {
    await harness.post('account/exports', who);
    const { body } = await harness.until(
      () => harness.get('account/exports', who),
      (answer) => (answer.body as OwnExportView).export?.status === 'ready',
    );
    const correction = await harness.post('account/corrections', who, {
      field: 'unit',
      shouldBe: 'Canary unit',
      why: '',
    });
    return { export: (body as OwnExportView).export?.id ?? '', correction: (correction.body as CorrectionView).id };
  };

  const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  /** A unit, a network that asks somebody, and a delegate of theirs. */
  const administer = async (who: SignedIn) => {
    const { units } = (await harness.post('units', who, { name: 'Canary unit', parentId: null })).body as UnitTree;
    const { networks } = (await harness.post('networks', who, { name: 'Canary network' })).body as NetworksView;
    const network = networks[0]?.id ?? '';
    const invited = await harness.post(`networks/${network}/invitations`, who, { email: 'canary@asked.example' });
    const delegated = await harness.post(`people/${who.personId}/delegations`, who, {
      delegateId: await harness.person(who.institutionId, { name: 'Canary Delegate' }),
      reason: 'other',
      from: daysAhead(30),
      until: daysAhead(30),
    });
    return {
      unit: units.find(({ name }) => name === 'Canary unit')?.id ?? '',
      network,
      invitation: (invited.body as NetworksView).networks[0]?.invitations[0]?.id ?? '',
      delegation: (delegated.body as DelegationsView).delegations?.[0]?.id ?? '',
    };
  };

  /** A body that its route would take, were the record ours: so that the refusal comes from the record, not the body. */
  const bodies = (): Record<string, unknown> => ({
    'PUT people/:id': {
      givenName: 'A',
      familyName: 'B',
      email: null,
      jobTitle: null,
      unitId: null,
      gradeId: null,
      lineManagerId: null,
      technician: true,
      version: 1,
    },
    'POST data-requests/people/:id/erasure': { version: 1, name: 'Canary Secretname', reason: 'asked' },
    'POST corrections/:id/answer': { version: 1, outcome: 'done', answer: '' },
    'PUT people/:id/skills': { skills: ['Slipped in'] },
    'PUT awards/:id': { body: 'B', award: 'A', number: null, awardedOn: '2020-01-01', validTo: null, version: 1 },
    'POST awards/:id/reject': { version: 1, reason: 'other' },
    'POST awards/:id/renew': { version: 1, validTo: null },
    'POST people/:id/roles': { role: 'auditor', until: null },
    'POST people/:id/delegations': {
      delegateId: ours.personId,
      reason: 'other',
      from: daysAhead(60),
      until: daysAhead(60),
    },
    'PUT units/:id': { version: 1, name: 'Taken', parentId: null },
    'POST units/:id/merge': { version: 1, into: records.unit },
    'POST networks/:id/invitations': { email: 'taken@ours.example' },
    'PUT funding/cost-codes/:id': { version: 1, name: 'Taken', active: false },
    'PUT funding/pots/:id': { version: 1, name: 'Taken', costCodeId: records.costCode },
    'POST funding/pots/:id/fund': { amountPence: 1, reason: 'Taken' },
    'POST funding/pots/:id/transfer': { toPotId: records.costCode, amountPence: 1, reason: 'Taken' },
    'POST funding/entries/:id/correct': { reason: 'Taken' },
    'PUT funding/calls/:id': {
      ...{
        version: 1,
        name: 'Taken',
        potId: records.pot,
        budgetPence: 1,
        returnGraceDays: 1,
        terms: sampleTerms('Taken'),
      },
      ...{ opensAt: '2030-01-01T00:00:00Z', closesAt: '2030-02-01T00:00:00Z', endorseBy: '2030-03-01T00:00:00Z' },
      ...{ decideBy: '2030-04-01', reserveUntil: '2030-04-01', claimBy: '2030-04-01', rollsUntil: null },
      ...{ nextOpensOn: null, nextClosesOn: null, letters: Object.fromEntries(letterKinds.map((kind) => [kind, ''])) },
    },
    'POST funding/endorsements/:id/answer': { version: 1, answer: 'declined', reason: 'Taken' },
    'POST funding/calls/:id/endorsements/name': {
      applicationId: records.endorsement,
      purpose: 'application',
      personId: ours.personId,
    },
    'POST funding/calls/:id/endorsements/decide': {
      applicationId: records.endorsement,
      version: 1,
      decision: 'declined',
      reason: 'Taken',
    },
    'POST funding/calls/:id/endorsements/remind': { endorsementIds: [records.endorsement] },
    'PUT funding/applications/:id/draft': { draftVersion: 1, draft: emptyDraft() },
    'POST funding/applications/:id/submit': { draftVersion: 1 },
    'POST funding/applications/:id/withdraw': { version: 1, reason: 'Taken' },
    'POST funding/applications/:id/appeal': { kind: 'feedback', text: 'Taken' },
    'POST funding/applications/:id/appeal/answer': { version: 1, answer: 'Taken' },
    'POST funding/applications/:id/eligibility': { version: 1, eligible: true, reason: 'Taken' },
    'POST funding/applications/:id/files': { fileId: records.file },
    'POST funding/calls/:id/copy': { name: 'Taken' },
    'POST funding/calls/:id/cancel': { version: 1, because: 'Taken' },
    'POST funding/calls/:id/reopen': {
      version: 1,
      closesAt: '2030-02-01T00:00:00Z',
      endorseBy: '2030-03-01T00:00:00Z',
    },
    'POST funding/calls/:id/extensions': { personId: ours.personId, until: '2030-02-01T00:00:00Z', reason: 'Taken' },
    'POST funding/calls/:id/messages': { ...letterToAll, recipients: 1 },
    'POST funding/calls/:id/messages/preview': letterToAll,
    'POST funding/calls/:id/scenarios': scenarioAsked,
    'POST funding/calls/:id/scenarios/preview': scenarioAsked,
    'POST funding/awards/:id/abstract': { version: 1, abstract: 'accepted' },
    'POST funding/awards/:id/advance': { version: 1, amountPence: 1 },
    'POST funding/awards/:id/cancel': { version: 1, nothingToClaim: true },
    'POST funding/awards/:id/change': {
      ...{ version: 1, eventName: 'Taken', eventStartsOn: '2030-01-01', eventEndsOn: '2030-01-02', why: 'Taken' },
    },
    'POST funding/awards/:id/claims': {},
    'POST funding/awards/:id/repayment': { version: 1, amountPence: 1 },
    'PUT funding/claims/:id/draft': { version: 1, lines: [], last: false },
    'POST funding/claims/:id/submit': { version: 1, lines: [], last: true },
    'POST funding/claims/:id/approve': { version: 1, costCodeId: null },
    'POST funding/claims/:id/return': { version: 1, reason: 'Taken' },
    'POST funding/claims/:id/reject-payment': { version: 1, reason: 'Taken' },
    'POST funding/batches/:id/remove': { version: 1, claimId: records.claim },
    'POST funding/scenarios/:id/overrides': {
      ...{ version: 1, applicationId: records.role, outcome: 'reserve', reason: 'Taken' },
    },
    'POST funding/scenarios/:id/overrides/undo': { version: 1, applicationId: records.role },
    'POST funding/scenarios/:id/reject': { version: 1, reason: 'Taken' },
    'POST funding/calls/:id/panel/panelists': { personId: ours.personId, chair: true, mostReviews: null },
    'PUT funding/calls/:id/panel/panelists/:personId': { chair: true, mostReviews: null },
    'POST funding/calls/:id/panel/assign': { hash: '0'.repeat(64) },
    'POST funding/calls/:id/back-to-scoring': {
      version: 1,
      because: 'Taken',
      reviews: [{ id: records.role, substituteId: null }],
    },
    'PUT funding/calls/:id/moderation/:applicationId/note': { version: 0, words: 'Taken' },
    'POST funding/reading/:id/declarations': { applicantId: ours.personId, because: 'Taken' },
    'PUT funding/reviews/:id': { version: 1, scores: {}, commentToApplicant: 'Taken', privateComment: '' },
    'POST funding/reviews/:id/submit': { version: 1, scores: {}, commentToApplicant: 'Taken', privateComment: '' },
    'POST funding/reviews/:id/recuse': { version: 1, because: 'Taken' },
    'POST funding/reviews/:id/reassign': { version: 1, panelistId: ours.personId },
    'PUT mentoring/rounds/:id': { version: 1, name: 'Taken', rules: newRoundRules },
    'POST people/:id/leaving': { version: 1, lastDay: '2030-01-01' },
    'POST people/:id/transfers': { toInstitutionId: records.person, lastDay: '2030-01-01', firstDay: '2030-01-02' },
    'POST transfers/:id/accept': {
      version: 1,
      email: null,
      jobTitle: null,
      unitId: null,
      gradeId: null,
      lineManagerId: null,
    },
    'POST mentoring/going-on/:id': { goOn: true },
    'POST mentoring/rounds/:id/release': { version: 1, runId: records.run },
    'PUT mentoring/imports/:id/preview': {
      version: 1,
      mapping: [{ column: 0, field: 'email', attribute: null }],
      placesDefault: 1,
      gradeOrder: null,
    },
    'POST mentoring/rounds/:id/choices': {
      version: 1,
      kind: 'forbid',
      menteeId: records.person,
      mentorId: records.person,
      reason: 'Taken',
    },
    'POST mentoring/proposals/:id/question': { version: 1, question: 'Who?' },
    'POST mentoring/proposals/:id/question/answer': { version: 1, answer: 'Me.' },
    'POST people/:id/act': {},
    'PUT people/staff-imports/:id/preview': {
      version: 1,
      mapping: [{ column: 0, field: 'email' }],
      settings: {
        dateOrder: 'day-first',
        newAreTechnicians: true,
        missingAreLeavers: false,
        lastDayOfMissing: null,
        makeUnits: true,
        makeSkills: true,
      },
      gradeOrder: null,
    },
    'POST people/staff-imports/:id/apply': { version: 1, leavers: null },
    'POST mentoring/proposals/:id/accept': { version: 1, pause: false },
    'POST mentoring/proposals/:id/decline': { version: 1, reason: 'other', note: '', pause: false },
    'PUT mentoring/proposals/:id/agreement': {
      version: 1,
      goals: 'Goals',
      rhythm: 'monthly',
      mode: 'online',
      endsOn: '2027-06-01',
    },
  });

  const letterToAll = { subject: 'Taken', body: 'Taken', filter: { statuses: ['draft'], unitIds: [] } };

  /** What `:id` is in a path: the first that fits. */
  const kinds: readonly (readonly [RegExp, keyof typeof records])[] = [
    [/^funding\/awards\/:id/, 'fundAward'],
    [/^funding\/claims\/:id/, 'claim'],
    [/^funding\/batches\/:id/, 'batch'],
    [/staff-imports/, 'staffImport'],
    [/exports\/:id/, 'export'],
    [/corrections/, 'correction'],
    [/^awards/, 'award'],
    [/^units/, 'unit'],
    [/^networks/, 'network'],
    [/^network-invitations/, 'invitation'],
    [/funding\/scenarios/, 'scenario'],
    [/funding\/endorsements/, 'endorsement'],
    [/funding\/applications/, 'application'],
    [/calls|funding\/reading/, 'call'],
    [/cost-codes/, 'costCode'],
    [/pots/, 'pot'],
    [/funding\/entries/, 'ledgerEntry'],
    [/funding\/files/, 'file'],
    [/people|mentoring\/leaving/, 'person'],
    [/rounds/, 'round'],
    [/runs/, 'run'],
    [/imports/, 'import'],
    [/proposals/, 'proposal'],
  ];

  const addressOf = ({ path }: Route): string => {
    const kind = kinds.find(([pattern]) => pattern.test(path))?.[1] ?? 'job';
    return path
      .replace(':delegationId', records.delegation)
      .replace(':invitationId', records.invitation)
      .replace(':choiceId', records.role)
      .replace(':extensionId', records.role)
      .replace(':applicationId', records.role)
      .replace(':fileId', records.file)
      .replace(':format', 'json')
      .replace(/scenarios\/compare$/, `scenarios/compare?of=${records.scenario},${records.role}`)
      .replace(/why-not$/, `why-not?${two}`)
      .replace(/comparison(\/export)?$/, `comparison$1?with=${records.run}`)
      .replace(':roleHeldId', records.role)
      .replace(':personId', records.person)
      .replace(':id', records[kind]);
  };

  const withRecord = () => routes.filter(({ path, access }) => path.includes(':id') && access?.kind === 'can');
  const all = () =>
    harness.sql(`select relname, md5(query_to_xml(format('select * from %I order by 1, 2', relname), false, true, '')::text) as content
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('command', 'rate_limit', 'outbox', 'audit_entry') order by 1`);

  it('meets not-found at every record that is not theirs, and changes nothing', async () => {
    const before = await all();
    const faults: string[] = [];
    for (const route of withRecord()) {
      const name = `${route.method} ${route.path}`;
      const body = bodies()[name] ?? { version: 1 };
      const answer = await harness.ask(route.method, addressOf(route), {
        as: ours,
        ...(route.method === 'GET' ? {} : { body }),
      });
      if (answer.status !== 404 || (answer.body as { refusal?: string }).refusal !== 'not-found') {
        faults.push(`${name}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
      }
    }
    expect(faults).toEqual([]);
    expect(withRecord().length).toBeGreaterThan(25);
    expect(await all()).toEqual(before);
  });

  it('is let in to its own by the same requests: the refusals above come from the record', async () => {
    const faults: string[] = [];
    for (const route of withRecord().filter(
      ({ method, path }) =>
        method === 'GET' &&
        !/^(mentoring\/(proposals|going-on|shared-pairs)|transfers|data-requests\/exports|funding\/(reviews|reading)|funding\/calls\/:id\/(panel\/assignment|moderation|scenarios\/compare)|funding\/scenarios\/:id\/lines\/:applicationId)/.test(
          path,
        ),
    )) {
      const { status } = await harness.get(addressOf(route), theirs);
      if (status !== 200) faults.push(`${route.path}: ${status}`);
    }
    expect(faults).toEqual([]);
  });

  it('shows nothing of the other in any list', async () => {
    for (const route of routes.filter(
      ({ method, path, access }) => method === 'GET' && !path.includes(':') && access?.kind === 'can',
    )) {
      // Nothing is sealed where no scheduler runs, and a comparison wants a head to compare.
      const path = route.path === 'people/staff-imports/template' ? `${route.path}?kind=staff` : route.path;
      const { status, body } = await harness.get(path, ours);
      const expected = { 'audit/chain/head': 404, 'audit/chain/comparison': 422 }[route.path] ?? 200;
      expect({ path: route.path, status }).toEqual({ path: route.path, status: expected });
      expect(JSON.stringify(body).replace('Atlantic/Canary', '')).not.toMatch(/canary|secretname/i);
    }
  });

  it('cannot be named in a body: unit, grade, manager, round', async () => {
    const unit = await harness.unit(theirs.institutionId, 'Secret unit');
    const [grade] = await harness.grades(theirs.institutionId, ['Secret grade']);
    for (const foreign of [{ unitId: unit }, { gradeId: grade }, { lineManagerId: theirs.personId }]) {
      const person = {
        givenName: 'A',
        familyName: 'B',
        email: null,
        jobTitle: null,
        unitId: null,
        gradeId: null,
        lineManagerId: null,
        technician: true,
      };
      const answer = await harness.post('people', ours, { ...person, ...foreign });
      expect(answer).toMatchObject({
        status: 422,
        body: { refusal: 'invalid-input', fields: [{ code: 'unknown-record' }] },
      });
    }
    const answer = await harness.post('mentoring/imports', ours, {
      roundId: records.round,
      side: 'mentors',
      fileName: 'a.csv',
      content: Buffer.from(csv('x')).toString('base64'),
    });
    expect(answer).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
  });

  it('is out of reach of the application role itself: without an institution, and with another', async () => {
    const client = new pg.Client({ connectionString: harness.urls.appUrl });
    await client.connect();
    const tables = (
      await harness.sql<{ relname: string }>(`select c.relname from pg_class c where relkind = 'r'
      and relnamespace = 'public'::regnamespace and relrowsecurity order by 1`)
    ).map(({ relname }) => relname);
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) {
      expect({ table, rows: (await client.query(`select from ${table}`)).rowCount }).toEqual({ table, rows: 0 });
    }
    await client.query('begin');
    await client.query(`select set_config('app.institution_id', $1, true)`, [ours.institutionId]);
    const column = (table: string) => (table === 'institution' ? 'id' : 'institution_id');
    for (const table of tables) {
      const foreign = await client.query(`select from ${table} where ${column(table)} = $1`, [theirs.institutionId]);
      expect({ table, rows: foreign.rowCount }).toEqual({ table, rows: 0 });
    }
    await expect(
      client.query(`insert into unit (institution_id, id, name) values ($1, $2, 'Slipped in')`, [
        theirs.institutionId,
        randomUUIDv7(),
      ]),
    ).rejects.toThrow(/row-level security/);
    await client.query('rollback');
    // After the transaction the setting is gone with it.
    expect((await client.query('select from person')).rowCount).toBe(0);
    await client.end();
  });
});
