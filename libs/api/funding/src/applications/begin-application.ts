import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import { type ApplicationView, emptyDraft } from '@waymark/contracts';
import { DateTime } from 'luxon';
import { shareCall, submitsUntil, takesSubmissions, termsOf } from '../calls/call-at';
import { ApplicationViews } from './application-view';
import { Application } from './entities';
import { judgeRules } from './judge-rules';
import { ruleFactsIn } from './rule-facts';
import { record } from './timeline';

/**
 * A person begins to apply. Whoever has a draft in the call gets that one, and so does, where the call takes one application from
 * each, whoever has applied; so it is safe to repeat, and two at once begin one.
 */
@Injectable()
export class BeginApplication {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: ApplicationViews,
  ) {}

  run(actor: Actor, callId: string): Promise<ApplicationView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await shareCall(tx, callId);
      // Nobody outside knows of a call before it is published.
      if (call.status === 'draft') throw new Refused('not-found');
      // One after the other for each person, so that two clicks at once find one draft and no reference goes unused.
      await tx.query(`select pg_advisory_xact_lock(hashtext('applications of ' || $1::text), hashtext($2::text))`, [
        actor.institutionId,
        actor.personId,
      ]);
      const terms = await termsOf(tx, callId, call.termsNumber);
      const onlyOne = terms.rules.some(({ rule }) => rule === 'one-application');
      const before = await existing(tx, callId, actor.personId, onlyOne);
      if (before) return this.views.in(tx, actor, before);
      if (!takesSubmissions(call, await submitsUntil(tx, call, actor.personId), tx.now)) {
        throw new Refused('call-not-open');
      }
      const id = tx.newId();
      const made = await tx.query(
        `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
           draft_saved_at, created_at, version)
         values ($1, $2, $3, $4, $5, 'draft', $6, $7, 1, $8, $8, 1) on conflict do nothing returning id`,
        [
          ...[actor.institutionId, id, callId, actor.personId, await nextReference(tx, call.opensAt, actor.timeZone)],
          ...[onlyOne, JSON.stringify(emptyDraft()), tx.now],
        ],
      );
      if (made.length === 0) {
        const other = await existing(tx, callId, actor.personId, onlyOne);
        if (!other) throw new Refused('changed-meanwhile');
        return this.views.in(tx, actor, other);
      }
      await refuseOutside(tx, actor, id, terms);
      await record(tx, [{ applicationId: id, kind: 'begun' }]);
      await tx.audit('application.begin', { kind: 'application', id }, { callId });
      return this.views.in(tx, actor, id);
    });
  }
}

const existing = async (tx: Tx, callId: string, personId: string, onlyOne: boolean): Promise<string | undefined> => {
  const found = await tx.find(Application, { callId, personId });
  const draft = found.find(({ status }) => status === 'draft');
  const other = found.find(({ status }) => status !== 'withdrawn' && status !== 'call-cancelled');
  return (draft ?? (onlyOne ? other : undefined))?.id;
};

/** Whom a call is not for is told before they have written anything. */
const refuseOutside = async (
  tx: Tx,
  { timeZone }: Actor,
  id: string,
  terms: Parameters<typeof judgeRules>[0],
): Promise<void> => {
  const facts = (await ruleFactsIn(tx, [id], timeZone)).get(id);
  if (!facts) throw new Refused('not-found');
  const results = judgeRules(terms, { startsOn: null, endsOn: null, askedPence: null }, facts);
  const outside = results.find(({ rule, verdict }) => rule === 'in-audience' && verdict === 'fails');
  if (outside) throw new Refused('rules-fail', { facts: { rules: outside.rule } });
};

/**
 * `CF26-0042`: the year in which the call opens, and a number that each institution counts for itself. The counter's row is held
 * until the transaction ends, so that no number is given twice and none is missing.
 */
const nextReference = async (tx: Tx, opensAt: Date, timeZone: string): Promise<string> => {
  const { year } = DateTime.fromJSDate(opensAt, { zone: timeZone });
  const [row] = await tx.query<{ last: number }>(
    `insert into application_reference_count (institution_id, year, last) values ($1, $2, 1)
     on conflict (institution_id, year) do update set last = application_reference_count.last + 1 returning last`,
    [tx.scope.institutionId, year],
  );
  if (!row) throw new Error('a counter without a row');
  return `CF${String(year % 100).padStart(2, '0')}-${String(row.last).padStart(4, '0')}`;
};
