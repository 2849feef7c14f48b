import {
  AcceptProposal,
  ApplyImport,
  ChangeRound,
  CloseRound,
  ConfirmAgreement,
  DeclineProposal,
  PreviewImport,
  ReleaseRound,
  StartImport,
  StartRound,
  StartRun,
  WriteAgreement,
} from '@waymark/api-mentoring';
import { type Actor, Transactions } from '@waymark/api-platform';
import { declineReasons, newRoundRules, type RoundRules, type RoundView } from '@waymark/contracts';
import { DateTime } from 'luxon';
import { roundFile } from './files';
import type { InventedPerson } from './invent-staff';
import type { Random } from './random';
import { type DemonstrationInstitution, skills } from './region';
import type { Stage, Stand } from './stage';

/** The rules that a department of this kind would set: skills first, then the same campus, a mentor somewhat more senior. */
export const usualRules: RoundRules = {
  ...newRoundRules,
  never: { sameUnit: false, earlierPairs: true, gradeSteps: { from: 0, to: 4 } },
  points: {
    grade: [
      { steps: 1, points: 20 },
      { steps: 2, points: 25 },
      { steps: 3, points: 10 },
    ],
    shared: [
      { attribute: 'skills', points: 45 },
      { attribute: 'campus', points: 20 },
    ],
    identity: 0,
    waiting: 10,
    patience: 2,
  },
};

export interface RoundPlayers {
  stand: Stand;
  institution: DemonstrationInstitution;
  coordinator: Actor;
  random: Random;
  /** Which staff list is current. */
  list: number;
}

/** A round with people loaded from two files, by the rules given. */
export const openRound = async (
  stage: Stage,
  players: RoundPlayers,
  name: string,
  people: { mentors: readonly InventedPerson[]; mentees: readonly InventedPerson[] },
  wishes: (
    person: InventedPerson,
    side: 'mentors' | 'mentees',
  ) => { skills: readonly string[]; places: number; campus: string },
): Promise<RoundView> => {
  const { coordinator, institution, list } = players;
  const round = await stage.of(StartRound).run(coordinator, { name });
  for (const side of ['mentors', 'mentees'] as const) {
    const content = roundFile(institution, people[side], list, side, (person) => wishes(person, side));
    const file = await stage.of(StartImport).run(coordinator, {
      roundId: round.id,
      side,
      fileName: `${side}.csv`,
      content: Buffer.from(content).toString('base64'),
    });
    const previewed = await stage.of(PreviewImport).run(coordinator, file.id, {
      version: file.version,
      mapping: file.mapping,
      placesDefault: 1,
      gradeOrder: null,
    });
    await stage.of(ApplyImport).run(coordinator, file.id, { version: previewed.version });
    await stage.settle();
  }
  return changeRules(stage, players, round.id, usualRules);
};

export const changeRules = async (
  stage: Stage,
  { coordinator, stand }: RoundPlayers,
  roundId: string,
  rules: RoundRules,
): Promise<RoundView> => {
  const { name, version } = await roundNow(stage, stand, roundId);
  return stage.of(ChangeRound).run(coordinator, roundId, { version, name, rules });
};

/** Matches the round, and waits for it. Answers the number of the run. */
export const runRound = async (stage: Stage, { coordinator, stand }: RoundPlayers, roundId: string): Promise<void> => {
  const { version } = await roundNow(stage, stand, roundId);
  await stage.of(StartRun).run(coordinator, roundId, { version });
  await stage.settle();
};

/** Publishes the proposals of the newest finished run. */
export const releaseRound = async (
  stage: Stage,
  { coordinator, stand }: RoundPlayers,
  roundId: string,
): Promise<void> => {
  const { version } = await roundNow(stage, stand, roundId);
  const [run] = await rows<{ id: string }>(
    stage,
    stand,
    `select id from run where institution_id = $1 and round_id = $2 and status = 'done' order by number desc limit 1`,
    [roundId],
  );
  if (run) await stage.of(ReleaseRound).run(coordinator, roundId, { version, runId: run.id });
  await stage.settle();
};

export const closeRound = async (
  stage: Stage,
  { coordinator, stand }: RoundPlayers,
  roundId: string,
): Promise<void> => {
  const { version, status } = await roundNow(stage, stand, roundId);
  if (status === 'released') await stage.of(CloseRound).run(coordinator, roundId, { version });
};

/** Some say yes, some say no, some nothing. `share` of those asked answer now. */
export const answer = async (stage: Stage, players: RoundPlayers, share: number): Promise<void> => {
  const { stand, random } = players;
  for (const { id, version, ...people } of await proposals(stage, stand, 'proposed')) {
    if (!random.chance(share)) continue;
    const mentor = stage.actor(stand, { id: people.mentorId, name: people.mentorName }, ['technician', 'mentor']);
    const says = random.chance(0.87)
      ? stage.of(AcceptProposal).run(mentor, id, { version, pause: false })
      : stage.of(DeclineProposal).run(mentor, id, {
          version,
          reason: random.one(declineReasons),
          note: '',
          pause: random.chance(0.2),
        });
    // An acceptance before this one may have ended it.
    await says.catch(() => undefined);
  }
  await stage.settle();
};

/** Those who were taken on write what they will do, and the other confirms: a pair begins. */
export const agree = async (stage: Stage, players: RoundPlayers, share: number): Promise<void> => {
  const { stand, random } = players;
  const endsOn = DateTime.fromJSDate(stage.now, { zone: 'Europe/London' }).plus({ months: 6 }).toISODate() ?? '';
  for (const { id, version, ...people } of await proposals(stage, stand, 'accepted')) {
    if (!random.chance(share)) continue;
    const mentee = stage.actor(stand, { id: people.menteeId, name: people.menteeName }, ['technician']);
    const mentor = stage.actor(stand, { id: people.mentorId, name: people.mentorName }, ['technician', 'mentor']);
    const goal = random.one(goals);
    const written = await stage.of(WriteAgreement).run(mentee, id, {
      version,
      goals: goal,
      rhythm: random.one(['fortnightly', 'monthly', 'monthly', 'as-needed']),
      mode: random.one(['in-person', 'online', 'either']),
      endsOn,
    });
    await stage.of(ConfirmAgreement).run(mentor, id, { version: written.version });
  }
  await stage.settle();
};

const goals = [
  'Ready to apply for registration by the summer, with evidence for all five competence areas.',
  'Lead a small project from the first drawing to handover, and say what I would do differently.',
  'Find out what a technical specialist’s week is like, and whether it is for me.',
  'Grow confident in teaching a group of twenty at the bench.',
  'Plan the next two years: skills, a secondment, and what to leave alone.',
  'Learn to run the instrument booking so that nobody waits for a month.',
] as const;

/** What somebody wishes or offers on a form. */
export const wishesOf =
  (random: Random) =>
  (
    person: InventedPerson,
    side: 'mentors' | 'mentees',
  ): { skills: readonly string[]; places: number; campus: string } => ({
    skills: side === 'mentors' ? person.skills : random.some(skills, 1 + random.below(3)),
    places: 1 + random.below(3),
    campus: random.chance(0.6) ? 'Hill' : 'Harbour',
  });

interface Proposed {
  id: string;
  version: number;
  menteeId: string;
  menteeName: string;
  mentorId: string;
  mentorName: string;
}

const proposals = (stage: Stage, stand: Stand, status: 'proposed' | 'accepted'): Promise<Proposed[]> =>
  rows(
    stage,
    stand,
    `select p.id, p.version, p.mentee_id as "menteeId", p.mentor_id as "mentorId",
       a.given_name || ' ' || a.family_name as "menteeName", b.given_name || ' ' || b.family_name as "mentorName"
     from proposal p join person a on a.institution_id = $1 and a.id = p.mentee_id
     join person b on b.institution_id = $1 and b.id = p.mentor_id
     where p.institution_id = $1 and p.status = $2 order by p.proposed_at, a.email, b.email`,
    [status],
  );

const roundNow = async (
  stage: Stage,
  stand: Stand,
  roundId: string,
): Promise<{ name: string; version: number; status: string }> => {
  const [round] = await rows<{ name: string; version: number; status: string }>(
    stage,
    stand,
    `select name, version, status from round where institution_id = $1 and id = $2`,
    [roundId],
  );
  if (!round) throw new Error('a round of the demonstration is gone');
  return round;
};

/** Rows of the institution; `$1` is its id. */
export const rows = <Row>(
  stage: Stage,
  { institutionId }: Stand,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> =>
  stage
    .of(Transactions)
    .run({ institutionId, personId: null, correlationId: null }, (tx) =>
      tx.query<Row>(sql, [institutionId, ...values]),
    );
