import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PeoplePage, RoundView } from '@waymark/contracts';
import { newRoundRules } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { leaveOn, pairUp } from './leaving-records';
import { type Mentee, type Mentor, Records, refusalOf } from './rounds-records';
import { type Route, routesOf } from './routes';

/**
 * "Is this person active?" is asked at every read. Two people leave, and no worker runs: nothing has been ended or tidied up
 * yet. Whatever is answered, from the next moment on, offers and admits neither of them.
 */
describe('from the moment somebody has left', () => {
  let harness: Harness;
  let routes: Route[];
  let records: Records;
  let everything: SignedIn;
  let partner: SignedIn;
  let mentor: Mentor;
  let mentee: Mentee;
  let sessions: SignedIn[];
  let proposals: { toLeaver: string; fromLeaver: string };
  let ids: { round: string; run: string };
  const canary = /goneaway/i;

  beforeAll(async () => {
    harness = await Harness.start();
    routes = routesOf(harness.application);
    records = new Records(harness, await harness.institution());
    everything = await harness.somebody(records.institutionId, [
      'coordinator',
      'institution-administrator',
      'programme-lead',
      'award-verifier',
      'finance-officer',
    ]);
    mentor = await records.mentor({ name: 'Mabel Goneaway', email: 'mabel.goneaway@college.example', places: 3 });
    mentee = await records.mentee({ name: 'Max Goneaway', email: 'max.goneaway@college.example' });
    await fill();
    sessions = [
      await harness.signIn(records.institutionId, mentor.personId),
      await harness.signIn(records.institutionId, mentee.personId),
    ];
    for (const { personId } of [mentor, mentee]) {
      expect((await leaveOn(harness, personId, yesterday(), everything)).status).toBe(200);
    }
  }, 60_000);
  afterAll(() => harness.stop());

  const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

  /** Everything in which the two could be offered: pairs, proposals, a round in review with its run, accounts, roles. */
  const fill = async () => {
    const released = await records.releasedRound(everything.personId);
    const other = await records.mentee({ name: 'Petra Partner' });
    const otherMentor = await records.mentor({ name: 'Olaf Other', places: 3 });
    partner = await harness.signIn(records.institutionId, other.personId);
    await pairUp(harness, records, released, other, mentor);
    const second = { personId: other.personId, requestId: randomUUIDv7() };
    await harness.sql(
      `insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
       values ($1, $2, $3, 'open', '{}', 0, now(), 1)`,
      [records.institutionId, second.requestId, second.personId],
    );
    proposals = {
      toLeaver: await records.proposal(released, second, mentor),
      fromLeaver: await records.proposal(released, mentee, otherMentor),
    };
    const [runId, roundId, jobId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    const institution = [records.institutionId];
    await harness.sql(
      `insert into round (institution_id, id, name, status, rules, created_at, created_by, version)
       values ($1, $2, 'In review', 'review', $3, now(), $4, 1)`,
      [...institution, roundId, newRoundRules, everything.personId],
    );
    await harness.sql(
      `insert into job (institution_id, id, kind, status, stage, percent, subject_id, requested_by, cancel_asked, created_at)
       values ($1, $2, 'mentoring.match-round', 'done', 'finished', 100, $3, $4, false, now())`,
      [...institution, jobId, runId, everything.personId],
    );
    await harness.sql(
      `insert into run (institution_id, id, round_id, number, status, rules, job_id, summary, started_at, started_by)
       values ($1, $2, $3, 1, 'done', $4, $5, $6, now(), $7)`,
      [
        ...[...institution, runId, roundId, newRoundRules, jobId],
        ...[
          {
            mentees: 2,
            mentors: 2,
            places: 6,
            count: 2,
            menteesPaired: 2,
            leftOut: 0,
            total: 20,
            shownTotal: 20,
            identityPairs: 0,
            lowest: 10,
            highest: 10,
            of: 10,
            longestWait: 0,
            engineVersion: '1',
            inputHash: 'x',
            elapsedMs: 1,
          },
          everything.personId,
        ],
      ],
    );
    for (const request of [mentee, second])
      await harness.sql(`insert into round_mentee (institution_id, round_id, request_id) values ($1, $2, $3)`, [
        ...institution,
        roundId,
        request.requestId,
      ]);
    for (const each of [mentor, otherMentor])
      await harness.sql(`insert into round_mentor (institution_id, round_id, enrolment_id) values ($1, $2, $3)`, [
        ...institution,
        roundId,
        each.enrolmentId,
      ]);
    for (const [request, enrolment] of [
      [mentee, otherMentor],
      [second, mentor],
    ] as const)
      await harness.sql(
        `insert into run_pair (institution_id, run_id, request_id, enrolment_id, score, shown_score, parts)
         values ($1, $2, $3, $4, 10, 10, '[]')`,
        [...institution, runId, request.requestId, enrolment.enrolmentId],
      );
    await harness.sql(
      `insert into run_left_out (institution_id, run_id, request_id, reason, blocked) values ($1, $2, $3, '{"kind": "no-places"}',
         '{"managementChain": 0, "sameUnit": 0, "gradeSteps": 0, "forbidden": 0, "other": 0, "noPlaces": 1}')`,
      [...institution, runId, mentee.requestId],
    );
    await harness.sql(
      `insert into run_unlock (institution_id, run_id, enrolment_id, serves_count, serves) values ($1, $2, $3, 1, array[$4::uuid])`,
      [...institution, runId, mentor.enrolmentId, second.requestId],
    );
    await harness.sql(
      `insert into run_unlock (institution_id, run_id, enrolment_id, serves_count, serves) values ($1, $2, $3, 1, array[$4::uuid])`,
      [...institution, runId, otherMentor.enrolmentId, mentee.requestId],
    );
    await harness.sql(
      `insert into run_new_mentor (institution_id, run_id, position, grades, serves_count, serves) values ($1, $2, 0, '{}', 1, array[$3::uuid])`,
      [...institution, runId, mentee.requestId],
    );
    await harness.sql(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, 'coordinator', current_date - 9)`,
      [...institution, randomUUIDv7(), mentor.personId],
    );
    ids = { round: roundId, run: runId };
  };

  /** Answers that are records of what was, not offers, each with its reason. */
  const recordsOfWhatWas: Readonly<Record<string, string>> = {
    'mentoring/proposals': 'one’s own history, where a proposal of somebody who left stands as withdrawn',
    'mentoring/rounds/:id/proposals': 'a released round’s record',
    'mentoring/rounds/:id/proposals/export': 'the same',
  };
  const isRecord = ({ path }: Route) => path in recordsOfWhatWas || /^(audit|erasures|personal-data|jobs)/.test(path);
  /** Where a list shows the past too, what holds now is asked for. */
  const asked: Readonly<Record<string, string>> = {
    roles: 'roles?state=now',
    'roles/export': 'roles/export?state=now',
  };

  it('no list, search, picker, count or start page answers with them', async () => {
    const faults: string[] = [];
    const lists = routes.filter(
      (route) =>
        route.method === 'GET' &&
        route.access?.kind === 'can' &&
        !isRecord(route) &&
        (!route.path.includes(':') || /^mentoring\/(rounds|runs)\/:id/.test(route.path)),
    );
    expect(lists.length).toBeGreaterThan(15);
    for (const route of lists) {
      const path = (asked[route.path] ?? route.path)
        .replace('rounds/:id', `rounds/${ids.round}`)
        .replace('runs/:id', `runs/${ids.run}`);
      if (path.includes(':')) continue;
      for (const [who, as] of [
        ['everything', everything],
        ['partner', partner],
      ] as const) {
        const { status, body } = await harness.get(path, as);
        if (status >= 500) faults.push(`${path}: ${status}`);
        if (canary.test(typeof body === 'string' ? body : JSON.stringify(body))) faults.push(`${path} (${who})`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('a search by name or address finds nobody', async () => {
    for (const search of ['goneaway', 'mabel', 'max.goneaway@college.example']) {
      const { body } = await harness.get(`people?search=${encodeURIComponent(search)}`, everything);
      expect({ search, total: (body as PeoplePage).total }).toEqual({ search, total: 0 });
    }
  });

  it('one’s own proposals say withdrawn, and the start page shows no pair and no task with them', async () => {
    const mine = (await harness.get('mentoring/proposals', partner)).body as {
      proposals: { id: string; status: string }[];
    };
    expect(mine.proposals.find(({ id }) => id === proposals.toLeaver)?.status).toBe('withdrawn');
    expect(mine.proposals.filter(({ status }) => status === 'agreed')).toMatchObject([{ over: true }]);
    expect((await harness.get('home', partner)).body).toMatchObject({ pairs: [] });
  });

  it('their own sessions open nothing, a password opens nothing, and links in mail open nothing', async () => {
    for (const session of sessions) {
      for (const path of ['home', 'mentoring/proposals', 'people'])
        expect((await harness.get(path, session)).status).toBe(401);
      expect((await harness.get('session', session)).body).toMatchObject({ signedIn: false });
    }
    // A link that was in the post already, and one asked for now.
    const [account] = await harness.sql<{ account_id: string }>(
      `select account_id from account_person where person_id = $1`,
      [mentor.personId],
    );
    await harness.sql(
      `insert into token (id, token_hash, purpose, account_id, created_at, expires_at)
       values (uuidv7(), sha256('a-link-of-somebody-who-left'), 'reset', $1, now(), now() + interval '1 hour')`,
      [account?.account_id],
    );
    expect(refusalOf(await harness.get('password-links/a-link-of-somebody-who-left'))).toEqual([410, 'link-expired']);
    expect(
      refusalOf(
        await harness.post('password-links/a-link-of-somebody-who-left', null, { password: 'a password long enough' }),
      ),
    ).toEqual([410, 'link-expired']);
    const mails = () => harness.sql(`select from mail_message where recipient like '%goneaway%'`);
    const before = (await mails()).length;
    expect((await harness.post('password-links', null, { email: 'mabel.goneaway@college.example' })).status).toBe(204);
    expect((await mails()).length).toBe(before);
  });

  it('they are not invited, given a role, made somebody’s manager, accepted or matched', async () => {
    expect(refusalOf(await harness.post(`people/${mentor.personId}/invitation`, everything))).toEqual([
      409,
      'person-left',
    ]);
    expect(
      refusalOf(
        await harness.post(`people/${mentor.personId}/roles`, everything, { role: 'auditor', from: null, until: null }),
      ),
    ).toEqual([409, 'person-left']);
    expect(
      await harness.post('people', everything, {
        givenName: 'Nia',
        familyName: 'New',
        email: null,
        jobTitle: null,
        unitId: null,
        gradeId: null,
        lineManagerId: mentor.personId,
        technician: true,
      }),
    ).toMatchObject({ status: 422, body: { fields: [{ path: 'lineManagerId', code: 'unknown-record' }] } });
    const otherMentor = await harness.sql<{ mentor_id: string }>(`select mentor_id from proposal where id = $1`, [
      proposals.fromLeaver,
    ]);
    const asOther = await harness.signIn(records.institutionId, otherMentor[0]?.mentor_id ?? '');
    expect(
      refusalOf(
        await harness.post(`mentoring/proposals/${proposals.fromLeaver}/accept`, asOther, { version: 1, pause: false }),
      ),
    ).toEqual([409, 'proposal-answered']);
    const fresh = (await harness.post('mentoring/rounds', everything, { name: 'Fresh' })).body as RoundView;
    await harness.post(`mentoring/rounds/${fresh.id}/join`, everything, { version: fresh.version });
    const joined = await harness.sql(
      `select from round_mentor rm join enrolment e on e.id = rm.enrolment_id where rm.round_id = $1 and e.person_id = $2
       union all select from round_mentee rm join request r on r.id = rm.request_id where rm.round_id = $1 and r.person_id = $3`,
      [fresh.id, mentor.personId, mentee.personId],
    );
    expect(joined).toEqual([]);
    const review = (await harness.get(`mentoring/rounds/${ids.round}`, everything)).body as RoundView;
    const released = await harness.post(`mentoring/rounds/${ids.round}/release`, everything, {
      version: review.version,
      runId: ids.run,
    });
    expect(released.status).toBe(200);
    expect(await harness.sql(`select from proposal where round_id = $1`, [ids.round])).toEqual([]);
  });
});
