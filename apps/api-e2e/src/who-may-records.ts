import {
  type ApplicationDocument,
  type CallTerms,
  emptyDraft,
  type GrantableRole,
  letterKinds,
  newRoundRules,
} from '@waymark/contracts';
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import type { Harness, SignedIn } from './harness';
import type { Kind, Letter } from './who-may-table';

/** In every text of Theirs, and in no answer to anybody else. */
export const canary = 'Kanarie';

const roleOf: Readonly<Partial<Record<Letter, GrantableRole>>> = {
  C: 'coordinator',
  L: 'programme-lead',
  A: 'institution-administrator',
  U: 'auditor',
  V: 'award-verifier',
  F: 'finance-officer',
  B: 'coordinator',
};

/** Somebody signed in. `concerns` is whose things are their own: for B the technician they act for. */
export interface Asker {
  letter: Letter;
  as: SignedIn;
  concerns: string;
}

/** An institution with who keeps it and what its records stand on. */
export interface Place {
  id: string;
  /** The first word of every text in it. */
  word: string;
  administrator: { id: string; email: string };
  /** Somebody whom nothing concerns. */
  other: string;
  roundId: string;
  jobId: string;
}

/** What a path, a query and a body need to name a record. */
export interface Named {
  id: string;
  second: string;
  /** The two of a proposal or of a round. */
  menteeId?: string;
  mentorId?: string;
}

/** Fresh records of each kind, written as the owner: quick, and in a state in which the commands on them can go through. */
export class WhoMayRecords {
  partner!: Place;

  constructor(private readonly harness: Harness) {}

  async place(name: string, word: string): Promise<Place> {
    const id = await this.harness.institution(name);
    const email = `${word.toLowerCase()}.${randomUUID()}@keeper.example`;
    const administrator = await this.harness.person(id, {
      name: `${word} Keeper`,
      email,
      roles: ['institution-administrator'],
    });
    const jobId = await this.job(id, administrator);
    const roundId = await this.round(id, administrator, word, 'released');
    const other = await this.harness.person(id, { name: `${word} Other` });
    await this.insert('audit_head', {
      institution_id: id,
      number: 1,
      hash: Buffer.alloc(32),
      sealed_at: new Date(),
      kept_number: 0,
    });
    return { id, word, administrator: { id: administrator, email }, other, roundId, jobId };
  }

  /** Two institutions of one network. */
  async join(one: Place, other: Place): Promise<string> {
    const id = await this.insert('network', {
      id: randomUUIDv7(),
      name: `${one.word} network`,
      created_at: new Date(),
    });
    for (const each of [one, other])
      await this.insert('membership', { network_id: id, institution_id: each.id, joined_at: new Date() });
    return id;
  }

  async asker(letter: Letter, place: Place): Promise<Asker> {
    const role = roleOf[letter];
    const personId = await this.harness.person(place.id, {
      name: `${place.word} ${letter}`,
      technician: letter === 'T',
      roles: role ? [role] : [],
    });
    if (letter === 'M') await this.harness.person(place.id, { name: `${place.word} Report`, lineManagerId: personId });
    if (letter === 'E') await this.enrolment(place, personId);
    const as = await this.harness.signIn(place.id, personId);
    if (letter !== 'B') return { letter, as, concerns: personId };
    const concerns = await this.harness.person(place.id, { name: `${place.word} Served`, email: null });
    const { status } = await this.harness.post(`people/${concerns}/act`, as);
    if (status !== 200) throw new Error(`acting for somebody answers ${status}`);
    return { letter, as, concerns };
  }

  /** A record of this kind in an institution, about `concerns` or about somebody new. */
  async make(kind: Kind, place: Place, concerns?: string, side: 'mentor' | 'mentee' = 'mentor'): Promise<Named> {
    const person = concerns ?? (await this.harness.person(place.id, { name: `${place.word} Person` }));
    const institution_id = place.id;
    const id = randomUUIDv7();
    const now = new Date();
    const owned = { institution_id, id, person_id: person };
    const one = async (table: string, values: Record<string, unknown>): Promise<Named> => {
      await this.insert(table, values);
      return { id, second: id };
    };
    switch (kind) {
      case 'person':
        return { id: person, second: person };
      case 'account':
        if (!concerns) await this.harness.signIn(place.id, person);
        return { id: person, second: person };
      case 'roleHeld':
        // To come, so that it lets nobody in.
        await this.insert('role_held', { ...owned, role: 'programme-lead', held_from: day(5) });
        return { id: person, second: id };
      case 'delegation':
        await this.insert('delegation', {
          ...owned,
          delegate_id: place.other,
          reason: 'other',
          starts_on: day(1),
          ends_on: day(3),
          created_by: person,
          created_at: now,
        });
        return { id: person, second: id };
      case 'award':
      case 'awardVerified':
        return one('award_held', {
          ...owned,
          body: `${place.word} body`,
          award: `${place.word} ${id}`,
          awarded_on: day(-900),
          ...(kind === 'award'
            ? { status: 'declared' }
            : { status: 'verified', decided_by: place.administrator.id, decided_at: now }),
        });
      case 'correction':
        return one('correction', {
          ...owned,
          field: 'unit',
          should_be: `${place.word} unit`,
          why: '',
          status: 'open',
          asked_at: now,
          version: 1,
        });
      case 'export':
      case 'exportAsked':
        await this.insert('data_export', {
          ...owned,
          requested_by: kind === 'export' ? person : place.other,
          status: 'ready',
          job_id: place.jobId,
          asked_at: now,
          ready_at: now,
          kept_until: new Date(now.getTime() + 86_400_000),
          version: 1,
        });
        await this.insert('data_export_file', {
          institution_id,
          export_id: id,
          format: 'json',
          content: Buffer.from(`{"name":"${place.word}"}`),
        });
        return { id, second: id };
      case 'session':
        await this.harness.signIn(place.id, person);
        return { id: await this.newestSession(person), second: id };
      case 'job': {
        const job = await this.job(place.id, person);
        return { id: job, second: job };
      }
      case 'round':
      case 'run':
      case 'choice':
      case 'roundMentee':
      case 'roundMentor':
        return this.inRound(kind, place);
      case 'file':
        return one('stored_file', {
          institution_id,
          id,
          purpose: 'receipt',
          name: `${place.word}.png`,
          media_type: 'image/png',
          size_bytes: place.word.length,
          sha256: Buffer.alloc(32),
          content: Buffer.from(place.word),
          uploaded_by: person,
          uploaded_at: now,
        });
      case 'application':
        return this.application(place, person, 'draft');
      case 'applicationSent':
        return this.application(place, person, 'submitted');
      case 'applicationAppealed':
        return this.application(place, person, 'unsuccessful');
      case 'fundAward':
        return { id: await this.fundAward(place, person), second: id };
      case 'claim':
        return this.claim(place, person);
      case 'batch':
        return this.batch(place, person);
      case 'roundImport':
        return one('round_import', {
          institution_id,
          id,
          round_id: await this.round(place.id, place.administrator.id, place.word, 'open'),
          side: 'mentors',
          file_name: `${place.word}.csv`,
          status: 'uploaded',
          encoding: 'utf-8',
          separator: ',',
          headings: [`${place.word} email`],
          row_count: 0,
          mapping: '[]',
          places_default: 1,
          uploaded_at: now,
          uploaded_by: place.administrator.id,
          version: 1,
        });
      case 'staffImport':
        return one('staff_import', {
          institution_id,
          id,
          kind: 'staff',
          file_name: `${place.word}.csv`,
          status: 'uploaded',
          bytes: 1,
          row_count: 0,
          encoding: 'utf-8',
          separator: ',',
          headings: [`${place.word} email`],
          mapping: JSON.stringify([{ column: 0, field: 'email' }]),
          mapping_remembered: false,
          settings: staffSettings,
          uploaded_at: now,
          uploaded_by: place.administrator.id,
          version: 1,
        });
      case 'call':
        return this.call(place, 'draft');
      case 'callOpen':
        return this.call(place, 'open');
      case 'callClosed':
        return this.call(place, 'closed');
      case 'callDecided':
        return this.call(place, 'decided');
      case 'callEndorsing': {
        const call = await this.call(place, 'open');
        return { id: call.id, second: await this.endorsing(place, call.id, place.other) };
      }
      case 'endorsement': {
        const call = await this.call(place, 'open');
        const endorsement = await this.endorsing(place, call.id, person);
        return { id: endorsement, second: endorsement };
      }
      case 'callScoring':
        return this.call(place, 'scoring');
      case 'panelist': {
        const call = await this.call(place, 'scoring');
        await this.panelist(place, call.id, place.other);
        return { id: call.id, second: place.other };
      }
      case 'callModerated': {
        const call = await this.call(place, 'moderation');
        const review = await this.review(place, call.id, place.other, 'locked');
        // The application, and the review where a body names it.
        return { id: call.id, second: review.second, mentorId: review.id };
      }
      case 'scenario':
        return (await this.scenarios(place, 1))[0] ?? { id: '', second: '' };
      case 'scenariosOfCall': {
        const [one, other] = await this.scenarios(place, 2);
        return { id: one?.menteeId ?? '', second: one?.id ?? '', menteeId: other?.id ?? '' };
      }
      case 'review':
      case 'reviewOfCall': {
        const call = await this.call(place, 'scoring');
        return this.review(place, call.id, kind === 'review' ? person : place.other, 'assigned');
      }
      case 'callRead': {
        const call = await this.call(place, 'scoring');
        const review = await this.review(place, call.id, person, 'assigned');
        return { id: call.id, second: review.menteeId ?? '' };
      }
      case 'declaration': {
        const call = await this.call(place, 'scoring');
        await this.panelist(place, call.id, person);
        return one('declaration_of_interest', {
          institution_id,
          id,
          call_id: call.id,
          panelist_id: person,
          applicant_id: place.administrator.id,
          because: `${place.word} reason`,
          declared_at: now,
        });
      }
      case 'callExtension': {
        const call = await this.call(place, 'open');
        await this.insert('call_extension', {
          institution_id,
          id,
          call_id: call.id,
          person_id: person,
          until: new Date(Date.now() + 15 * 86_400_000),
          reason: `${place.word} reason`,
          granted_by: place.administrator.id,
          granted_at: now,
        });
        return { id: call.id, second: id };
      }
      case 'costCode':
        return this.costCode(place);
      case 'pot':
        return { id: await this.pot(place), second: await this.pot(place) };
      case 'ledgerEntry':
        return this.ledgerEntry(place);
      case 'unit':
        return one('unit', { institution_id, id, name: `${place.word} ${id}` });
      case 'network': {
        const network = await this.join(place, this.partner);
        return { id: network, second: await this.invitation(network, place, `${id}@asked.example`) };
      }
      case 'invitation': {
        const network = await this.insert('network', { id, name: `${place.word} asked`, created_at: now });
        await this.insert('membership', { network_id: network, institution_id: this.partner.id, joined_at: now });
        const invitation = await this.invitation(network, this.partner, place.administrator.email);
        return { id: invitation, second: invitation };
      }
      case 'transferOut':
        return one('transfer', this.transfer(id, place, this.partner, person));
      case 'transferIn': {
        const mover = await this.harness.person(this.partner.id, { name: `${place.word} Mover` });
        return one('transfer', {
          ...this.transfer(id, this.partner, place, mover),
          card: cardOf(place.word, this.partner.word),
        });
      }
      case 'proposal':
        return this.proposal(place, person, side);
      case 'goingOn':
      case 'sharedPair':
        return this.pair(kind, place, person, side);
    }
  }

  /** An application of somebody new that this person is asked about; it and its endorsement have one identifier. */
  private async endorsing(place: Place, callId: string, askedOf: string): Promise<string> {
    const id = randomUUIDv7();
    const applicant = await this.harness.person(place.id, { name: `${place.word} Applicant` });
    const of = { institution_id: place.id };
    const now = new Date();
    await this.insert('application', {
      ...of,
      id,
      call_id: callId,
      person_id: applicant,
      reference: `${place.word}-${id}`,
      status: 'submitted',
      only_one: false,
      draft: '{}',
      draft_version: 1,
      draft_saved_at: now,
      created_at: now,
      version: 1,
    });
    await this.insert('application_submission', {
      ...of,
      application_id: id,
      number: 1,
      document: JSON.stringify(sampleDocument(place.word)),
      terms_number: 1,
      asked_pence: 10_000,
      least_pence: 5_000,
      event_name: `${place.word} event`,
      event_starts_on: day(100),
      event_ends_on: day(101),
      judged: '[]',
      submitted_at: now,
      submitted_by: applicant,
    });
    await this.harness.sql(`update application set submission_number = 1 where institution_id = $1 and id = $2`, [
      place.id,
      id,
    ]);
    await this.insert('endorsement', {
      ...of,
      id,
      application_id: id,
      submission_number: 1,
      purpose: 'application',
      status: 'asked',
      asked_of: askedOf,
      asked_as: 'line-manager',
      asked_at: new Date(now.getTime() - 2 * 86_400_000),
      passes_on_at: new Date(now.getTime() + 5 * 86_400_000),
      version: 1,
    });
    return id;
  }

  /** An application of this person; `second` is a file of theirs, which goes with it where it was handed in. */
  private async application(
    place: Place,
    person: string,
    status: 'draft' | 'submitted' | 'unsuccessful',
  ): Promise<Named> {
    const of = { institution_id: place.id };
    const [id, file] = [randomUUIDv7(), randomUUIDv7()];
    const now = new Date();
    await this.insert('application', {
      ...{ ...of, id, person_id: person, status, call_id: (await this.call(place, 'open')).id },
      ...{ reference: `${place.word}-${id}`, only_one: false, draft: JSON.stringify(emptyDraft()), draft_version: 1 },
      ...{ draft_saved_at: now, created_at: now, version: 1 },
    });
    await this.insert('stored_file', {
      ...{ ...of, id: file, purpose: 'application', name: `${place.word}.png`, media_type: 'image/png' },
      ...{ size_bytes: place.word.length, sha256: Buffer.alloc(32), content: Buffer.from(place.word) },
      ...{ uploaded_by: person, uploaded_at: now },
    });
    if (status === 'draft') return { id, second: file };
    await this.insert('application_submission', {
      ...{ ...of, application_id: id, number: 1, document: JSON.stringify(sampleDocument(place.word)) },
      ...{ terms_number: 1, asked_pence: 10_000, least_pence: 5_000, event_name: `${place.word} event` },
      ...{ event_starts_on: day(100), event_ends_on: day(101), judged: '[]', submitted_at: now, submitted_by: person },
    });
    await this.insert('application_submission_file', { ...of, application_id: id, number: 1, file_id: file });
    await this.harness.sql(`update application set submission_number = 1 where id = $1`, [id]);
    if (status === 'unsuccessful') {
      const asked = { kind: 'feedback', asked: `${place.word} question`, asked_at: now, version: 1 };
      await this.insert('application_appeal', { ...of, application_id: id, ...asked });
    }
    return { id, second: file };
  }

  private async fundAward(place: Place, person: string): Promise<string> {
    const { id: applicationId } = await this.application(place, person, 'submitted');
    const [of] = await this.harness.sql<{ call: string; pot: string }>(
      `select c.id as call, c.pot_id as pot from application a join call c on c.id = a.call_id where a.id = $1`,
      [applicationId],
    );
    return this.insert('award', {
      ...{
        institution_id: place.id,
        id: randomUUIDv7(),
        application_id: applicationId,
        call_id: of?.call,
        pot_id: of?.pot,
      },
      ...{
        person_id: person,
        status: 'accepted',
        amount_pence: 10_000,
        abstract: 'none',
        event_name: `${place.word} event`,
      },
      ...{ event_starts_on: day(100), event_ends_on: day(101), offered_at: new Date(), answer_by: new Date() },
      ...{ answered_at: new Date(), claim_by: day(200), version: 1 },
    });
  }

  /** A claim that was sent; `second` is its receipt. */
  private async claim(place: Place, person: string, status: 'submitted' | 'approved' = 'submitted'): Promise<Named> {
    const of = { institution_id: place.id };
    const [awardId, file] = [await this.fundAward(place, person), randomUUIDv7()];
    const id = await this.insert('claim', {
      ...{ ...of, id: randomUUIDv7(), award_id: awardId, number: 1, kind: 'claim', last: false, status, lines: '[]' },
      ...{ claimed_pence: 100, settles_pence: 0, submitted_at: new Date(), created_at: new Date(), version: 1 },
      ...(status === 'approved'
        ? {
            decided_by: place.administrator.id,
            decided_at: new Date(),
            cost_code_id: (await this.costCode(place)).id,
          }
        : {}),
    });
    await this.insert('stored_file', {
      ...{ ...of, id: file, purpose: 'receipt', name: `${place.word}.png`, media_type: 'image/png' },
      ...{ size_bytes: place.word.length, sha256: Buffer.alloc(32), content: Buffer.from(place.word) },
      ...{ uploaded_by: person, uploaded_at: new Date() },
    });
    await this.insert('claim_file', { ...of, claim_id: id, file_id: file, added_at: new Date() });
    return { id, second: file };
  }

  /** Numbers far apart: batches that the routes make meanwhile take the next ones. */
  private batches = 0;

  /** An open batch; `second` is the claim in it. */
  private async batch(place: Place, person: string): Promise<Named> {
    const claim = await this.claim(place, person, 'approved');
    this.batches += 1;
    const id = await this.insert('payment_batch', {
      ...{ institution_id: place.id, id: randomUUIDv7(), number: 1000 * this.batches, status: 'open' },
      ...{ made_by: place.administrator.id, made_at: new Date(), version: 1 },
    });
    await this.harness.sql(`update claim set batch_id = $2 where id = $1`, [claim.id, id]);
    return { id, second: claim.id };
  }

  private async costCode(place: Place): Promise<Named> {
    const id = await this.insert('cost_code', {
      institution_id: place.id,
      id: randomUUIDv7(),
      code: `${place.word}-${randomUUIDv7().slice(-12)}`,
      name: `${place.word} code`,
      active: true,
      version: 1,
    });
    return { id, second: id };
  }

  private async pot(place: Place): Promise<string> {
    const id = randomUUIDv7();
    return this.insert('pot', {
      institution_id: place.id,
      id,
      name: `${place.word} pot ${id}`,
      financial_year: 2026,
      cost_code_id: (await this.costCode(place)).id,
      status: 'open',
      created_at: new Date(),
      created_by: place.administrator.id,
      version: 1,
    });
  }

  /** A call at a status, open for ten days yet, with terms that take everybody; `second` is its pot. */
  private async call(place: Place, status: string): Promise<Named> {
    const id = randomUUIDv7();
    const potId = await this.pot(place);
    const at = (days: number) => new Date(Date.now() + days * 86_400_000);
    await this.insert('call', {
      institution_id: place.id,
      id,
      name: `${place.word} call ${id}`,
      kind: 'yearly',
      status,
      pot_id: potId,
      budget_pence: 100_000,
      opens_at: at(-10),
      closes_at: at(status === 'draft' || status === 'open' ? 10 : -1),
      return_grace_days: 7,
      endorse_by: at(20),
      decide_by: day(30),
      reserve_until: day(60),
      claim_by: day(90),
      terms_number: 1,
      letters: JSON.stringify(Object.fromEntries(letterKinds.map((kind) => [kind, '']))),
      series_id: id,
      created_at: new Date(),
      created_by: place.administrator.id,
      version: 1,
    });
    await this.insert('call_terms', {
      institution_id: place.id,
      call_id: id,
      number: 1,
      terms: JSON.stringify(sampleTerms(place.word)),
      created_at: new Date(),
      created_by: place.administrator.id,
    });
    return { id, second: potId };
  }

  /** Computed scenarios of one call, each overridden once; `second` is the application in them, `menteeId` the call. */
  private async scenarios(place: Place, count: number): Promise<Named[]> {
    const call = await this.call(place, 'moderation');
    const { second: applicationId } = await this.review(place, call.id, place.other, 'locked');
    const of = { institution_id: place.id };
    const now = new Date();
    const made: Named[] = [];
    for (let at = 0; at < count; at += 1) {
      const id = randomUUIDv7();
      const parameters = { budgetPence: 1000, partAwards: false, bar: 0, groups: [], shareBy: null, seed: call.id };
      await this.insert('scenario', {
        ...{ ...of, id, call_id: call.id, name: `${place.word} ${at}`, status: 'draft', method: 'by-rank' },
        ...{ parameters: JSON.stringify(parameters), computing: 'done', input_hash: 'x', made_at: now, version: 1 },
        made_by: place.administrator.id,
      });
      const facts = { method: 'by-rank', rank: 1, of: 1, budgetPence: 1000 };
      const changes = { score: null, budget: null, least: null };
      await this.insert('scenario_line', {
        ...{ ...of, scenario_id: id, application_id: applicationId, rank: 1, score: 700, asked_pence: 100 },
        ...{ least_pence: 100, outcome: 'awarded', amount_pence: 100, below_bar: false, overridden: true },
        reason: JSON.stringify({ decidedBy: 'override', facts, ...changes }),
        computed: JSON.stringify({
          ...{ outcome: 'awarded', amountPence: 100 },
          reason: { decidedBy: 'rank-within-budget', facts: { ...facts, aheadPence: 0 }, ...changes },
        }),
      });
      await this.insert('scenario_override', {
        ...{ ...of, id: randomUUIDv7(), scenario_id: id, application_id: applicationId, outcome: 'awarded' },
        ...{ amount_pence: 100, reason: `${place.word} reason`, made_by: place.administrator.id, made_at: now },
      });
      made.push({ id, second: applicationId, menteeId: call.id });
    }
    return made;
  }

  private async panelist(place: Place, callId: string, personId: string): Promise<void> {
    await this.insert('call_panelist', {
      institution_id: place.id,
      call_id: callId,
      person_id: personId,
      chair: false,
      added_at: new Date(),
      added_by: place.administrator.id,
    });
  }

  /** A review of somebody new’s application, whose identifier is `second`; `menteeId` is the applicant’s. */
  private async review(
    place: Place,
    callId: string,
    panelistId: string,
    status: 'assigned' | 'locked',
  ): Promise<Named> {
    const [id, applicationId] = [randomUUIDv7(), randomUUIDv7()];
    const applicant = await this.harness.person(place.id, { name: `${place.word} Applicant` });
    await this.panelist(place, callId, panelistId);
    await this.insert('application', {
      institution_id: place.id,
      id: applicationId,
      call_id: callId,
      person_id: applicant,
      reference: `${place.word}-${applicationId}`,
      status: status === 'locked' ? 'scored' : 'eligible',
      only_one: true,
      draft: '{}',
      draft_version: 1,
      draft_saved_at: new Date(),
      created_at: new Date(),
      version: 1,
    });
    const document = {
      event: {
        name: place.word,
        place: 'Leeds',
        startsOn: day(60),
        endsOn: day(61),
        link: '',
        as: 'talk',
        onAbstract: false,
      },
      costs: [{ id: randomUUIDv7(), category: 'other', what: place.word, note: '', amountPence: 100, foreign: null }],
      otherFunding: [],
      leastPence: 100,
      upFront: { amountPence: 0, by: 'nothing' },
      case: `${place.word} case`,
      objectives: [place.word],
      sharing: { way: 'report', how: '' },
      answers: {},
    };
    await this.insert('application_submission', {
      institution_id: place.id,
      application_id: applicationId,
      number: 1,
      document: JSON.stringify(document),
      terms_number: 1,
      asked_pence: 100,
      least_pence: 100,
      event_name: place.word,
      event_starts_on: day(60),
      event_ends_on: day(61),
      judged: '[]',
      submitted_at: new Date(),
      submitted_by: applicant,
    });
    await this.harness.sql('update application set submission_number = 1 where id = $1', [applicationId]);
    await this.insert('review', {
      institution_id: place.id,
      id,
      call_id: callId,
      application_id: applicationId,
      panelist_id: panelistId,
      status,
      scores: '{}',
      score: status === 'locked' ? 700 : null,
      comment_to_applicant: '',
      private_comment: `${place.word} comment`,
      assigned_at: new Date(),
      submitted_at: status === 'locked' ? new Date() : null,
      version: 1,
    });
    return { id, second: applicationId, menteeId: applicant };
  }

  /** In one statement: an entry takes its lines in its own transaction alone. */
  private async ledgerEntry(place: Place): Promise<Named> {
    const id = randomUUIDv7();
    const potId = await this.pot(place);
    await this.harness.sql(
      `with entry as (insert into ledger_entry (institution_id, id, kind, at, day, reason)
         values ($1, $2, 'fund', now(), current_date, $4) returning institution_id, id)
       insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
       select p.institution_id, entry.id, l.number, p.id, l.account, p.cost_code_id, l.amount
       from entry join pot p on p.institution_id = entry.institution_id and p.id = $3
       cross join (values (1, 'source', -500), (2, 'available', 500)) as l(number, account, amount)`,
      [place.id, id, potId, `${place.word} reason`],
    );
    return { id, second: potId };
  }

  private async proposal(place: Place, person: string, side: 'mentor' | 'mentee', status = 'proposed') {
    const two = await this.two(place, person, side);
    const id = await this.insert('proposal', {
      institution_id: place.id,
      id: randomUUIDv7(),
      round_id: place.roundId,
      request_id: two.requestId,
      enrolment_id: two.enrolmentId,
      mentee_id: two.menteeId,
      mentor_id: two.mentorId,
      status,
      parts: '[]',
      proposed_at: new Date(),
      answer_by: new Date(Date.now() + 10 * 86_400_000),
      version: 1,
    });
    return { ...two, id, second: id };
  }

  private async pair(
    kind: 'goingOn' | 'sharedPair',
    place: Place,
    person: string,
    side: 'mentor' | 'mentee',
  ): Promise<Named> {
    const proposal = await this.proposal(place, person, side, 'agreed');
    const id = await this.insert('pair', {
      institution_id: place.id,
      id: randomUUIDv7(),
      proposal_id: proposal.id,
      request_id: proposal.requestId,
      enrolment_id: proposal.enrolmentId,
      mentee_id: proposal.menteeId,
      mentor_id: proposal.mentorId,
      status: 'active',
      goals: `${place.word} goals`,
      rhythm: 'monthly',
      mode: 'online',
      agreed_at: new Date(),
      ends_on: day(100),
      version: 1,
    });
    const mover = side === 'mentor' ? proposal.menteeId : proposal.mentorId;
    const moved = kind === 'sharedPair' ? await this.harness.person(this.partner.id, { name: 'Moved Person' }) : null;
    const transfer = await this.insert('transfer', {
      ...this.transfer(randomUUIDv7(), place, this.partner, mover),
      to_card: JSON.stringify({ institution: 'Partner', unit: null, grade: null, jobTitle: null, email: null }),
      ...(moved
        ? { status: 'accepted', to_person_id: moved, decided_by: this.partner.administrator.id, decided_at: new Date() }
        : {}),
    });
    await this.insert('pair_going_on', {
      institution_id: place.id,
      transfer_id: transfer,
      pair_id: id,
      asked_at: new Date(),
    });
    if (moved) {
      const card = (name: string) =>
        JSON.stringify({ name, institution: place.word, unit: null, grade: null, jobTitle: null, email: null });
      await this.insert('shared_pair', {
        institution_id: place.id,
        id,
        transfer_id: transfer,
        other_institution_id: this.partner.id,
        stays_id: person,
        moved_id: moved,
        moved_side: side === 'mentor' ? 'mentee' : 'mentor',
        status: 'active',
        goals: `${place.word} goals`,
        agreed_at: new Date(),
        ends_on: day(100),
        stays_card: card(`${place.word} Stays`),
        moved_card: card('Moved Person'),
        version: 1,
      });
    }
    return { id, second: id };
  }

  /** A round with a mentee and a mentor in it; they are kept apart by a choice, or matched by runs. */
  private async inRound(
    kind: 'round' | 'run' | 'choice' | 'roundMentee' | 'roundMentor',
    place: Place,
  ): Promise<Named> {
    const status = kind === 'run' ? 'review' : 'open';
    const [institution_id, round_id] = [
      place.id,
      await this.round(place.id, place.administrator.id, place.word, status),
    ];
    const { menteeId, mentorId, requestId, enrolmentId } = await this.two(place, undefined, 'mentor');
    await this.insert('round_mentee', { institution_id, round_id, request_id: requestId });
    await this.insert('round_mentor', { institution_id, round_id, enrolment_id: enrolmentId });
    const two = { menteeId, mentorId };
    if (kind === 'roundMentee') return { ...two, id: round_id, second: menteeId };
    if (kind === 'roundMentor') return { ...two, id: round_id, second: mentorId };
    if (kind === 'round') return { ...two, id: round_id, second: await this.run(place, round_id) };
    if (kind === 'run') {
      const first = await this.run(place, round_id);
      return { ...two, id: await this.run(place, round_id, 2), second: first };
    }
    const choice = await this.insert('round_choice', {
      institution_id,
      id: randomUUIDv7(),
      round_id,
      request_id: requestId,
      enrolment_id: enrolmentId,
      kind: 'forbid',
      reason: `${place.word} reason`,
      made_at: new Date(),
      made_by: place.administrator.id,
    });
    return { ...two, id: round_id, second: choice };
  }

  /** A mentee with a request and a mentor with a place, one of whom is `person` where one is named. */
  private async two(place: Place, person: string | undefined, side: 'mentor' | 'mentee') {
    const other = await this.harness.person(place.id, { name: `${place.word} Fellow` });
    const own = person ?? (await this.harness.person(place.id, { name: `${place.word} Person` }));
    const [menteeId, mentorId] = side === 'mentor' ? [other, own] : [own, other];
    const requestId = await this.insert('request', {
      institution_id: place.id,
      id: randomUUIDv7(),
      person_id: menteeId,
      status: 'open',
      attributes: '{}',
      rounds_waited: 0,
      asked_at: new Date(),
      version: 1,
    });
    return { menteeId, mentorId, requestId, enrolmentId: await this.enrolment(place, mentorId) };
  }

  private async enrolment(place: Place, personId: string): Promise<string> {
    const [row] = await this.harness.sql<{ id: string }>(
      `insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
       values ($1, $2, $3, 'active', 10, '{}', now(), 1)
       on conflict (institution_id, person_id) do update set capacity = 10 returning id`,
      [place.id, randomUUIDv7(), personId],
    );
    return row?.id ?? '';
  }

  private round(institutionId: string, by: string, word: string, status: string): Promise<string> {
    return this.insert('round', {
      institution_id: institutionId,
      id: randomUUIDv7(),
      name: `${word} round`,
      status,
      rules: newRoundRules,
      created_at: new Date(),
      created_by: by,
      version: 1,
      ...(status === 'released' ? { released_at: new Date() } : {}),
    });
  }

  private run(place: Place, roundId: string, number = 1): Promise<string> {
    return this.insert('run', {
      institution_id: place.id,
      id: randomUUIDv7(),
      round_id: roundId,
      number,
      status: 'done',
      rules: newRoundRules,
      job_id: place.jobId,
      summary: {
        ...{ mentees: 1, mentors: 1, places: 1, count: 0, menteesPaired: 0, leftOut: 1, total: 0, shownTotal: 0 },
        ...{ identityPairs: 0, lowest: null, highest: null, of: 0, longestWait: 0, elapsedMs: 1 },
        ...{ engineVersion: '1', inputHash: place.word },
      },
      started_at: new Date(),
      started_by: place.administrator.id,
    });
  }

  private job(institutionId: string, by: string): Promise<string> {
    return this.insert('job', {
      institution_id: institutionId,
      id: randomUUIDv7(),
      kind: 'people.export-own-data',
      status: 'queued',
      stage: 'waiting',
      percent: 0,
      subject_id: by,
      requested_by: by,
      cancel_asked: false,
      created_at: new Date(),
    });
  }

  /** An invitation that a member of a network has sent. */
  invitationOf(network: string, from: Place): Promise<string> {
    return this.invitation(network, from, `${randomUUID()}@asked.example`);
  }

  private invitation(network: string, from: Place, email: string): Promise<string> {
    return this.insert('network_invitation', {
      id: randomUUIDv7(),
      network_id: network,
      institution_id: from.id,
      institution_name: from.word,
      email,
      status: 'open',
      created_at: new Date(),
      expires_at: new Date(Date.now() + 86_400_000),
    });
  }

  private transfer(id: string, from: Place, to: Place, personId: string): Record<string, unknown> {
    return {
      institution_id: from.id,
      id,
      person_id: personId,
      to_institution_id: to.id,
      status: 'asked',
      last_day: day(20),
      first_day: day(21),
      card: cardOf(from.word, from.word),
      started_by: from.administrator.id,
      started_at: new Date(),
      version: 1,
    };
  }

  private async newestSession(personId: string): Promise<string> {
    const [row] = await this.harness.sql<{ id: string }>(
      `select id from session where person_id = $1 order by id desc limit 1`,
      [personId],
    );
    return row?.id ?? '';
  }

  /** Answers the row's `id`, where it has one. */
  private async insert(table: string, values: Record<string, unknown>): Promise<string> {
    const names = Object.keys(values);
    await this.harness.owner.query(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(values),
    );
    return String(values['id']);
  }
}

const staffSettings = {
  dateOrder: 'day-first',
  newAreTechnicians: false,
  missingAreLeavers: false,
  lastDayOfMissing: null,
  makeUnits: false,
  makeSkills: false,
};

const cardOf = (name: string, institution: string): string =>
  JSON.stringify({
    institution,
    givenName: name,
    familyName: 'Mover',
    email: null,
    jobTitle: null,
    unit: null,
    grade: null,
    technician: true,
    externallyFunded: false,
    skills: [],
    awards: [],
  });

/** So many days from today, as a column and a body take it. */
export const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** An application as it was handed in; texts begin with the word. */
export const sampleDocument = (word: string): ApplicationDocument => ({
  event: {
    name: `${word} event`,
    place: `${word} town`,
    startsOn: day(100),
    endsOn: day(101),
    link: '',
    as: 'attending',
    onAbstract: false,
  },
  costs: [
    {
      id: '00000000-0000-7000-8000-00000000c002',
      category: 'registration',
      what: `${word} fee`,
      note: '',
      amountPence: 10_000,
      foreign: null,
    },
  ],
  otherFunding: [],
  leastPence: 5_000,
  upFront: { amountPence: 0, by: 'nothing' },
  case: `${word} case`,
  objectives: [`${word} objective`],
  sharing: { way: 'report', how: '' },
  answers: {},
});

/** Terms that take everybody; texts begin with the word. */
export const sampleTerms = (word: string): CallTerms => ({
  capPence: 100_000,
  audience: { techniciansOnly: false, unitIds: [], gradeIds: [] },
  rules: [],
  criteria: [{ id: '00000000-0000-7000-8000-00000000c001', name: `${word} criterion`, guidance: '', weight: 100 }],
  questions: [],
  blind: false,
  reviewersEach: 3,
  partAwards: true,
  bar: 0,
  caseWordsMost: 300,
  objectivesLeast: 1,
});
