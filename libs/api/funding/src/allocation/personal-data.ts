import { type ImpersonalTables, mentions, type PersonalTable } from '@waymark/api-platform';

const books = { until: 'For as long as the institution keeps its books.' };
const word = 'a word of ours';
const byPseudonym = 'Who decided on money stays known by pseudonym.';
const mine = `exists (select from application a where a.institution_id = t.institution_id and a.id = t.application_id
  and a.person_id = :person)`;
const published = `exists (select from scenario s where s.institution_id = t.institution_id and s.id = t.scenario_id
  and s.status = 'published')`;
const callName = `(select c.name from call c where c.institution_id = t.institution_id and c.id = t.call_id)`;
const stays = {
  name: 'a letter, or what the scenario is called',
  status: word,
  method: word,
  computing: word,
  failure: word,
  engine_version: 'a version of the engine',
  input_hash: 'a hash',
  parameters: 'budget, bar, units and grades',
  result: 'figures, and words of ours',
};
const somebodyElse = 'may be somebody else';
/** Deeds of others on the same scenario. */
const others = {
  made_by: somebodyElse,
  made_at: 'of the making',
  proposed_by: somebodyElse,
  proposed_at: 'of the proposal',
  decided_by: somebodyElse,
  decided_at: 'of the decision',
  rejected_because: 'written by whoever decided',
  published_at: 'of the publication',
};
const without = (...columns: (keyof typeof others)[]) =>
  Object.fromEntries(Object.entries(others).filter(([column]) => !columns.some((each) => each === column)));
const lineStays = { outcome: word, reason: 'figures, and words of ours', computed: 'the same' };
const notOut = 'never published';

/** See PersonalTable. */
export const allocationPersonalTables: readonly PersonalTable[] = [
  {
    table: 'scenario',
    title: 'Allocations',
    kept: { for: 'So that it can be seen later how money was shared out, and who decided.', ...books },
    plumbing: [
      ...[
        'institution_id',
        'id',
        'call_id',
        'version',
        'parameters',
        'computing',
        'job_id',
        'failure',
        'engine_version',
      ],
      ...['input_hash', 'result', 'computed_at', 'reminded_at'],
    ],
    parts: [
      {
        as: 'You made it',
        whose: 't.made_by = :person',
        shows: {
          made_by: ['Call', callName],
          name: 'Scenario',
          method: 'Method',
          status: 'Status',
          made_at: 'Made at',
        },
        hides: without('made_by', 'made_at'),
        erasure: { does: 'keep', why: byPseudonym, stays: { ...stays, rejected_because: 'somebody else’s reason' } },
      },
      {
        as: 'You proposed it',
        whose: 't.proposed_by = :person',
        shows: {
          proposed_by: ['Call', callName],
          ...{ name: 'Scenario', method: 'Method', status: 'Status', proposed_at: 'Proposed at' },
        },
        hides: without('proposed_by', 'proposed_at'),
        erasure: { does: 'keep', why: byPseudonym, stays: { ...stays, rejected_because: 'somebody else’s reason' } },
      },
      {
        as: 'You decided on it',
        whose: 't.decided_by = :person',
        shows: {
          decided_by: ['Call', callName],
          ...{ name: 'Scenario', method: 'Method', status: 'Status', decided_at: 'Decided at' },
          ...{ rejected_because: 'Why you returned it', published_at: 'Published at' },
        },
        hides: without('decided_by', 'decided_at', 'rejected_because', 'published_at'),
        erasure: {
          does: 'keep',
          why: byPseudonym,
          stays: { ...stays, rejected_because: 'why an allocation was returned; names do not belong there' },
        },
      },
      {
        as: 'It names you',
        whose: mentions('t.rejected_because', 't.name'),
        shows: { name: 'Scenario', rejected_because: 'Why it was returned' },
        hides: { ...without('rejected_because'), status: 'of the scenario', method: 'of the scenario' },
        erasure: {
          does: 'empty',
          set: {
            rejected_because: `case when t.rejected_because is null then null else 'erased' end`,
            name: `case when ${mentions('t.name')} then 'Erased ' || right(t.id::text, 12) else t.name end`,
          },
          why: 'It names this person.',
          stays,
        },
      },
    ],
  },
  {
    table: 'scenario_line',
    title: 'Decisions on your applications',
    kept: { for: 'So that it can be seen later why each application was decided as it was.', ...books },
    leftOut: 'What was only tried and never published.',
    plumbing: ['institution_id', 'scenario_id', 'application_id', 'below_bar', 'computed'],
    parts: [
      {
        as: 'Your application',
        whose: `${mine} and ${published}`,
        shows: {
          rank: 'Rank',
          score: ['Score', 't.score / 10.0'],
          asked_pence: ['Asked, in pence', 't.asked_pence'],
          least_pence: ['Least amount, in pence', 't.least_pence'],
          outcome: 'Outcome',
          amount_pence: ['Award, in pence', 't.amount_pence'],
          reserve_rank: 'Place on the reserve list',
          reason: ['What decided it', `t.reason->>'decidedBy'`],
          overridden: 'Decided by hand',
        },
        erasure: {
          does: 'keep',
          why: 'Money that was given is accounted for; only the pseudonym stands there.',
          stays: lineStays,
        },
      },
      {
        as: 'In a scenario not published',
        whose: `${mine} and not ${published}`,
        secret: true,
        shows: {},
        hides: {
          ...{ rank: notOut, score: notOut, asked_pence: notOut, least_pence: notOut, outcome: notOut },
          ...{ amount_pence: notOut, reserve_rank: notOut, reason: notOut, overridden: notOut },
        },
        erasure: {
          does: 'keep',
          why: 'It was tried, and nobody heard of it; only the pseudonym stands there.',
          stays: lineStays,
        },
      },
    ],
  },
  {
    table: 'scenario_override',
    title: 'Outcomes changed by hand',
    kept: { for: 'So that it can be seen later what was decided by hand, and why.', ...books },
    leftOut: 'Changes in scenarios that were never published.',
    plumbing: ['institution_id', 'id', 'scenario_id', 'application_id'],
    parts: [
      {
        as: 'Your application',
        whose: `${mine} and ${published}`,
        shows: {
          outcome: 'Outcome',
          amount_pence: ['Award, in pence', 't.amount_pence'],
          reason: 'Reason',
          made_at: 'Changed at',
        },
        hides: { made_by: 'who changed it' },
        erasure: {
          does: 'empty',
          set: { reason: `'erased'` },
          why: 'That it was changed stays; why is about this person.',
          stays: { outcome: word },
        },
      },
      {
        as: 'In a scenario not published',
        whose: `${mine} and not ${published}`,
        secret: true,
        shows: {},
        hides: { outcome: notOut, amount_pence: notOut, reason: notOut, made_at: notOut, made_by: notOut },
        erasure: {
          does: 'empty',
          set: { reason: `'erased'` },
          why: 'That it was changed stays; why is about this person.',
          stays: { outcome: word },
        },
      },
      {
        as: 'You changed it',
        whose: 't.made_by = :person',
        shows: { outcome: 'Outcome', made_at: 'Changed at' },
        hides: { made_by: 'yourself', reason: 'about somebody else', amount_pence: 'somebody else’s' },
        erasure: {
          does: 'keep',
          why: byPseudonym,
          stays: { outcome: word, reason: 'why somebody else’s outcome was changed' },
        },
      },
    ],
  },
];

export const allocationImpersonalTables: ImpersonalTables = {};
