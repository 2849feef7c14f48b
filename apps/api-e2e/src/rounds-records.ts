import type { MatchingMethod, ProposalView, RoundRules, RoundView, RunView } from '@waymark/contracts';
import { newRoundRules } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import type { Harness, SignedIn } from './harness';

interface Facts {
  name?: string;
  email?: string | null;
  unitId?: string;
  gradeId?: string;
  lineManagerId?: string;
  attributes?: Record<string, string[]>;
  identity?: string[];
}

export interface Mentee {
  personId: string;
  requestId: string;
}

export interface Mentor {
  personId: string;
  enrolmentId: string;
}

/** Records of mentoring as tests arrange them; a test says only what matters to it. */
export class Records {
  constructor(
    private readonly harness: Harness,
    readonly institutionId: string,
  ) {}

  async mentee({ attributes = {}, identity, waited = 0, ...facts }: Facts & { waited?: number } = {}): Promise<Mentee> {
    const personId = await this.harness.person(this.institutionId, facts);
    const requestId = randomUUIDv7();
    await this.harness.sql(
      `insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
       values ($1, $2, $3, 'open', $4, $5, now(), 1)`,
      [this.institutionId, requestId, personId, attributes, waited],
    );
    await this.say(personId, 'mentee', identity);
    return { personId, requestId };
  }

  async mentor({ attributes = {}, identity, places = 1, ...facts }: Facts & { places?: number } = {}): Promise<Mentor> {
    const personId = await this.harness.person(this.institutionId, facts);
    const enrolmentId = randomUUIDv7();
    await this.harness.sql(
      `insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
       values ($1, $2, $3, 'active', $4, $5, now(), 1)`,
      [this.institutionId, enrolmentId, personId, places, attributes],
    );
    await this.say(personId, 'mentor', identity);
    return { personId, enrolmentId };
  }

  /** So many people in a round that is open then: all are allowed together, with scores that tie. */
  async crowd(roundId: string, mentees: number, mentors: number): Promise<void> {
    const values = [this.institutionId, roundId];
    const attributes = `jsonb_build_object('skills', array['s' || (random() * 30)::int, 't' || (random() * 40)::int])`;
    await this.harness.sql(
      `with someone as (
         insert into person (institution_id, id, given_name, family_name, technician, created_at, version)
         select $1, uuidv7(), 'Mentee', 'Number' || n, true, now(), 1 from generate_series(1, ${mentees}) n returning id
       ), asked as (
         insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
         select $1, uuidv7(), id, 'open', ${attributes}, 0, now(), 1 from someone returning id
       ) insert into round_mentee (institution_id, round_id, request_id) select $1, $2, id from asked`,
      values,
    );
    await this.harness.sql(
      `with someone as (
         insert into person (institution_id, id, given_name, family_name, technician, created_at, version)
         select $1, uuidv7(), 'Mentor', 'Number' || n, true, now(), 1 from generate_series(1, ${mentors}) n returning id
       ), enrolled as (
         insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
         select $1, uuidv7(), id, 'active', 1, ${attributes}, now(), 1 from someone returning id
       ) insert into round_mentor (institution_id, round_id, enrolment_id) select $1, $2, id from enrolled`,
      values,
    );
    await this.harness.sql(`update round set status = 'open' where id = $1`, [roundId]);
  }

  /** A released round, so that proposals can be put in it. */
  async releasedRound(createdBy: string): Promise<string> {
    const id = randomUUIDv7();
    await this.harness.sql(
      `insert into round (institution_id, id, name, status, rules, released_at, created_at, created_by, version)
       values ($1, $2, 'Autumn', 'released', $3, now(), now(), $4, 1)`,
      [this.institutionId, id, newRoundRules, createdBy],
    );
    return id;
  }

  async proposal(
    roundId: string,
    mentee: Mentee,
    mentor: Mentor,
    answerBy = "now() + interval '10 days'",
  ): Promise<string> {
    const id = randomUUIDv7();
    await this.harness.sql(
      `insert into proposal (institution_id, id, round_id, request_id, enrolment_id, mentee_id, mentor_id, status, parts,
         proposed_at, answer_by, version)
       values ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, now(), ${answerBy}, 1)`,
      [
        ...[this.institutionId, id, roundId, mentee.requestId, mentor.enrolmentId, mentee.personId, mentor.personId],
        JSON.stringify([{ part: 'waiting', attribute: null, because: ['1'], points: 10, of: 10 }]),
      ],
    );
    return id;
  }

  private async say(personId: string, side: 'mentor' | 'mentee', identity: string[] | undefined): Promise<void> {
    if (!identity) return;
    await this.harness.sql(
      `insert into identity_answer (institution_id, person_id, side, answers) values ($1, $2, $3, $4)`,
      [...[this.institutionId, personId, side, identity]],
    );
  }
}

export const rules = (
  changes: { never?: Partial<RoundRules['never']>; points?: Partial<RoundRules['points']> } & Partial<
    Omit<RoundRules, 'never' | 'points'>
  > = {},
): RoundRules => ({
  ...newRoundRules,
  ...changes,
  never: { ...newRoundRules.never, ...changes.never },
  points: { ...newRoundRules.points, ...changes.points },
});

/** A coordinator with a round that everybody of the institution has joined. */
export const joinedRound = async (
  harness: Harness,
  coordinator: SignedIn,
  roundRules: RoundRules = newRoundRules,
): Promise<RoundView> => {
  const started = (await harness.post('mentoring/rounds', coordinator, { name: 'Autumn round' })).body as RoundView;
  const path = `mentoring/rounds/${started.id}`;
  const changed = (
    await harness.put(path, coordinator, { version: started.version, name: started.name, rules: roundRules })
  ).body as RoundView;
  return (await harness.post(`${path}/join`, coordinator, { version: changed.version })).body as RoundView;
};

/** Matches the round and waits for the result; the worker must be running. */
export const matched = async (
  harness: Harness,
  coordinator: SignedIn,
  round: RoundView,
  method?: MatchingMethod,
): Promise<{ round: RoundView; run: RunView }> => {
  await harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: round.version, method });
  const after = await harness.until(
    async () => (await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body as RoundView,
    (view) => view.status !== 'matching',
  );
  const run = after.runs[0];
  if (!run) throw new Error('the round has no run');
  return { round: after, run };
};

export const proposalOf = async (harness: Harness, id: string, as: SignedIn): Promise<ProposalView> =>
  (await harness.get(`mentoring/proposals/${id}`, as)).body as ProposalView;

export const refusalOf = ({ status, body }: { status: number; body: unknown }): [number, string] => [
  status,
  (body as { refusal?: string } | null)?.refusal ?? 'none',
];
