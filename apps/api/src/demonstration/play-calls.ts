import {
  AcceptAward,
  AddCall,
  AddPanelist,
  AnswerEndorsement,
  ApproveClaim,
  AssignmentPreview,
  AssignReviews,
  BeginApplication,
  BeginClaim,
  ChangeCall,
  MakeBatch,
  MakeScenario,
  PayBatch,
  PublishCall,
  PublishScenario,
  SaveDraft,
  SayAbstract,
  ScenarioSteps,
  StartModeration,
  StartScoring,
  SubmitApplication,
  SubmitClaim,
  SubmitReview,
} from '@waymark/api-funding';
import type { Actor } from '@waymark/api-platform';
import type { CallView, PotView } from '@waymark/contracts';
import { DateTime } from 'luxon';
import { randomUUIDv7 } from 'node:crypto';
import { inventApplication } from './invent-applications';
import { rows } from './play-round';
import type { Random } from './random';
import type { Stage, Stand } from './stage';

/** Who plays a call, and out of which pot. */
export interface CallPlayers {
  stand: Stand;
  random: Random;
  coordinator: Actor;
  lead: Actor;
  finance: Actor;
  pot: PotView;
}

interface Someone {
  id: string;
  name: string;
}

const zone = 'Europe/London';
const noon = (at: Date, days: number): DateTime =>
  DateTime.fromJSDate(at, { zone }).plus({ days }).set({ hour: 12, minute: 0, second: 0, millisecond: 0 });

/** A call made, filled in and published: open from now for so many days. */
export const openCall = async (
  stage: Stage,
  { coordinator, pot }: CallPlayers,
  call: { name: string; budgetPence: number; days: number; nextYear: boolean },
): Promise<CallView> => {
  const closes = noon(stage.now, call.days);
  const made = await stage.of(AddCall).run(coordinator, {
    ...{ name: call.name, kind: 'yearly', potId: pot.id, budgetPence: call.budgetPence, rollsUntil: null },
    opensAt: stage.now.toISOString(),
    closesAt: closes.toUTC().toISO() ?? '',
  });
  const { version, terms, letters, opensAt, closesAt, returnGraceDays, decideBy, reserveUntil, claimBy } = made;
  const next = closes.plus({ years: 1 });
  const changed = await stage.of(ChangeCall).run(coordinator, made.id, {
    ...{ version, name: call.name, potId: pot.id, budgetPence: call.budgetPence, rollsUntil: null },
    ...{ opensAt, closesAt, returnGraceDays, decideBy, reserveUntil, claimBy },
    endorseBy: closes.plus({ days: 6 }).toUTC().toISO() ?? '',
    nextOpensOn: call.nextYear ? next.minus({ days: call.days }).toISODate() : null,
    nextClosesOn: call.nextYear ? next.toISODate() : null,
    terms: { ...terms, bar: 450 },
    letters: {
      ...letters,
      unsuccessful:
        'The small-sums fund of your school may be able to help sooner; your school office knows how to ask.',
    },
  });
  return stage.of(PublishCall).run(coordinator, changed.id, { version: changed.version });
};

/** Technicians with somebody above them who owe no report; those named first, then others in a drawn order. */
export const whoMightApply = async (
  stage: Stage,
  { stand, random }: CallPlayers,
  count: number,
  { first = [], never = [] }: { first?: readonly string[]; never?: readonly string[] } = {},
): Promise<Someone[]> => {
  const all = await rows<Someone>(
    stage,
    stand,
    `select p.id, p.given_name || ' ' || p.family_name as name from person p
     where p.institution_id = $1 and p.technician and p.left_on is null and p.line_manager_id is not null and p.email is not null
       and (p.contract_until is null or p.contract_until > $2::date)
       and not exists (select from role_held h where h.institution_id = $1 and h.person_id = p.id)
       and not exists (select from obligation o where o.institution_id = $1 and o.person_id = p.id and o.status = 'due') order by p.email`,
    [noon(stage.today, 300).toISODate()],
  );
  const named = first.flatMap((name) => all.filter((one) => one.name === name));
  return [
    ...named,
    ...random.some(
      all.filter((one) => !named.includes(one) && !never.includes(one.name)),
      count - named.length,
    ),
  ];
};

/** Each begins an application; those not among the first `draftsOnly` hand it in. */
export const apply = async (
  stage: Stage,
  { stand, random }: CallPlayers,
  call: CallView,
  applicants: readonly Someone[],
  { eventInDays, draftsOnly = 0 }: { eventInDays: number; draftsOnly?: number },
): Promise<void> => {
  for (const [at, person] of applicants.entries()) {
    const actor = stage.actor(stand, person, ['technician']);
    const begun = await stage.of(BeginApplication).run(actor, call.id);
    const startsOn = DateTime.fromISO(call.closesAt, { zone }).plus({ days: eventInDays + random.below(40) });
    const draft = inventApplication(random, startsOn);
    const saved = await stage.of(SaveDraft).run(actor, begun.id, {
      draftVersion: begun.draftVersion,
      // Not finished: the case is begun, and nothing is said yet of how it will be shared.
      draft: at < draftsOnly ? { ...draft, case: draft.case.slice(0, 90), objectives: [] } : draft,
    });
    if (at >= draftsOnly) await stage.of(SubmitApplication).run(actor, begun.id, { draftVersion: saved.draftVersion });
  }
  await stage.settle();
};

/** Whoever was asked endorses; of a thousand so many, and the others wait. */
export const endorse = async (stage: Stage, { stand, random }: CallPlayers, call: CallView, share: number) => {
  const asked = await rows<{ id: string; version: number; personId: string; name: string }>(
    stage,
    stand,
    `select e.id, e.version, p.id as "personId", p.given_name || ' ' || p.family_name as name
     from endorsement e
     join application a on a.institution_id = $1 and a.id = e.application_id
     join person p on p.institution_id = $1 and p.id = e.asked_of
     where e.institution_id = $1 and e.status = 'asked' and a.call_id = $2 order by a.reference`,
    [call.id],
  );
  for (const { id, version, personId, name } of asked) {
    if (!random.chance(share)) continue;
    const actor = stage.actor(stand, { id: personId, name }, ['line-manager']);
    await stage.of(AnswerEndorsement).run(actor, id, { version, answer: 'endorsed', reason: '' });
  }
  await stage.settle();
};

/** The window closes, the panel is named and given its reading. */
export const assignPanel = async (
  stage: Stage,
  { stand, coordinator }: CallPlayers,
  call: CallView,
  panel: readonly string[],
): Promise<void> => {
  await stage.tick('close-calls');
  await stage.tick('end-unanswered-endorsements');
  await stage.settle();
  for (const [at, name] of panel.entries()) {
    const [person] = await rows<Someone>(
      stage,
      stand,
      `select id, given_name || ' ' || family_name as name from person
       where institution_id = $1 and given_name || ' ' || family_name = $2 limit 1`,
      [name],
    );
    if (person)
      await stage
        .of(AddPanelist)
        .run(coordinator, call.id, { personId: person.id, chair: at === 0, mostReviews: null });
  }
  const version = await versionOf(stage, stand, call.id);
  await stage.of(StartScoring).run(coordinator, call.id, { version });
  const { hash } = await stage.of(AssignmentPreview).see(coordinator, call.id);
  await stage.of(AssignReviews).run(coordinator, call.id, { hash });
  await stage.settle();
};

const remarks = [
  'Clear about what you will learn, and who gains from it.',
  'The costs are well explained. Say more next time of how you will share it.',
  'A strong case; the dates of the sharing could be firmer.',
  'You could ask two people who run the same equipment to join you afterwards.',
] as const;

/** Each reads what they were given; all of it, or the share that is done by now. */
export const score = async (stage: Stage, { stand, random }: CallPlayers, call: CallView, share = 1): Promise<void> => {
  const given = await rows<{ id: string; version: number; applicationId: string; personId: string; name: string }>(
    stage,
    stand,
    `select r.id, r.version, r.application_id as "applicationId", p.id as "personId", p.given_name || ' ' || p.family_name as name
     from review r
     join application a on a.institution_id = $1 and a.id = r.application_id
     join person p on p.institution_id = $1 and p.id = r.panelist_id
     where r.institution_id = $1 and r.call_id = $2 and r.status = 'assigned' order by a.reference, p.email`,
    [call.id],
  );
  const worth = new Map<string, number>();
  for (const { id, version, applicationId, personId, name } of given) {
    const good = worth.get(applicationId) ?? 1.6 + random.below(34) / 10;
    worth.set(applicationId, good);
    if (!random.chance(share)) continue;
    const points = (): number => Math.max(0, Math.min(5, Math.round(good + (random.below(21) - 10) / 10)));
    await stage.of(SubmitReview).run(stage.actor(stand, { id: personId, name }, ['technician']), id, {
      version,
      scores: Object.fromEntries(call.terms.criteria.map((criterion) => [criterion.id, points()])),
      commentToApplicant: random.one(remarks),
      privateComment: '',
    });
  }
};

/** Scoring closes, and two ways to share out the budget are computed. Answers the first. */
export const compareMethods = async (
  stage: Stage,
  { stand, coordinator }: CallPlayers,
  call: CallView,
): Promise<{ id: string; version: number }> => {
  const version = await versionOf(stage, stand, call.id);
  await stage.of(StartModeration).run(coordinator, call.id, { version });
  const { budgetPence, terms } = call;
  const made = [];
  for (const method of ['by-rank', 'by-total', 'equal-shares'] as const) {
    made.push(
      await stage.of(MakeScenario).run(coordinator, call.id, {
        method,
        parameters: {
          ...{ budgetPence, bar: terms.bar, groups: [], seed: call.name },
          partAwards: true,
          shareBy: method === 'equal-shares' ? 'unit' : null,
        },
      }),
    );
    await stage.settle();
  }
  const [first] = made;
  if (!first) throw new Error('a scenario was made');
  return first;
};

/** Proposed, approved by somebody else, published; everybody hears. */
export const decide = async (
  stage: Stage,
  { coordinator, lead }: CallPlayers,
  scenario: { id: string; version: number },
): Promise<void> => {
  const steps = stage.of(ScenarioSteps);
  const proposed = await steps.propose(coordinator, scenario.id, { version: scenario.version });
  const approved = await steps.approve(lead, scenario.id, { version: proposed.version });
  await stage.of(PublishScenario).run(coordinator, scenario.id, { version: approved.version });
  await stage.settle();
};

/** What was offered is taken up, but for a few who let it lapse. */
export const takeUp = async (stage: Stage, { stand, random }: CallPlayers, call: CallView, share: number) => {
  for (const { id, version, ...person } of await awardsOf(stage, stand, call, 'offered')) {
    if (!random.chance(share)) continue;
    const actor = stage.actor(stand, { ...person, id: person.personId }, ['technician']);
    const taken = await stage.of(AcceptAward).run(actor, id, { version });
    if (taken.abstract !== 'waiting') continue;
    await stage.of(SayAbstract).run(actor, id, { version: taken.version, abstract: 'accepted' });
  }
  await stage.settle();
};

/** Of those whose event is past, so many claim what they spent; where `pay` says so, finance approves and pays it. */
export const claim = async (
  stage: Stage,
  { stand, random, finance }: CallPlayers,
  call: CallView,
  { share, pay }: { share: number; pay: boolean },
): Promise<void> => {
  await stage.tick('attend-after-events');
  for (const award of await awardsOf(stage, stand, call, 'attended')) {
    if (!random.chance(share)) continue;
    const person = stage.actor(stand, { id: award.personId, name: award.name }, ['technician']);
    const begun = await stage.of(BeginClaim).run(person, award.id);
    const spentPence = Math.floor(Number(award.amountPence) * (0.82 + random.below(19) / 100));
    const sent = await stage.of(SubmitClaim).run(person, begun.id, {
      version: begun.version,
      // The last one waits while a report is overdue: finance sees which.
      last: !pay,
      lines: [
        {
          ...{ id: randomUUIDv7(), category: 'registration', what: 'Registration and travel', fileIds: [] },
          amount: (spentPence / 100).toFixed(2),
          noReceiptBecause: 'Paid through the department; the order number is with finance.',
        },
      ],
    });
    if (!pay) continue;
    await stage.of(ApproveClaim).run(finance, sent.id, { version: sent.version, costCodeId: null });
  }
  await stage.settle();
  if (!pay) return;
  const batch = await stage.of(MakeBatch).run(finance);
  await stage.of(PayBatch).run(finance, batch.id, { version: batch.version });
  await stage.settle();
};

const awardsOf = (stage: Stage, stand: Stand, call: CallView, status: string) =>
  rows<{ id: string; version: number; amountPence: string; personId: string; name: string }>(
    stage,
    stand,
    `select w.id, w.version, w.amount_pence as "amountPence", p.id as "personId", p.given_name || ' ' || p.family_name as name
     from award w join person p on p.institution_id = $1 and p.id = w.person_id
     where w.institution_id = $1 and w.call_id = $2 and w.status = $3
       and not exists (select from claim c where c.institution_id = $1 and c.award_id = w.id) order by p.email`,
    [call.id, status],
  );

const versionOf = async (stage: Stage, stand: Stand, callId: string): Promise<number> => {
  const [call] = await rows<{ version: number }>(
    stage,
    stand,
    `select version from call where institution_id = $1 and id = $2`,
    [callId],
  );
  if (!call) throw new Error('a call of the demonstration is gone');
  return call.version;
};
