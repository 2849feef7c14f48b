import { Injectable } from '@nestjs/common';
import { type Actor, move, post, Refused, Transactions, type Tx } from '@waymark/api-platform';
import {
  type ApplicationDocument,
  type ApplicationView,
  type CallTerms,
  documentOf,
  type RuleResult,
  type SubmitApplication as Input,
} from '@waymark/contracts';
import { shareCall, submitsUntil, termsOf } from '../calls/call-at';
import type { Call } from '../calls/entities';
import { askToEndorse } from '../endorsements/ask-to-endorse';
import { applicationTable } from '../statuses';
import { ApplicationViews } from './application-view';
import { Application, ApplicationSubmission } from './entities';
import { hindering, judgeRules } from './judge-rules';
import { contentOfDocument } from './judged-content';
import { receipt } from './letters';
import { ownApplication } from './own-application';
import { ruleFactsIn } from './rule-facts';
import { sendBefore } from './send-before';
import { record } from './timeline';

/**
 * The applicant sends what was saved as a version: it is frozen with the rules as they are judged now, and whoever decides for the
 * applicant is asked. In time is what came in time, however long it then waited for its turn in the last minute's rush. Judged under
 * a share lock of the call, so that hundreds can send at once while nobody closes, changes or cancels it under them.
 */
@Injectable()
export class SubmitApplication {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: ApplicationViews,
  ) {}

  run(actor: Actor, id: string, { draftVersion }: Input): Promise<ApplicationView> {
    return this.transactions.run(actor, async (tx) => {
      const { callId } = await ownApplication(tx, actor, id);
      const call = await shareCall(tx, callId);
      const application = await tx.lock(Application, id);
      const status = move(applicationTable, application.status, 'submitted');
      if (application.draftVersion !== draftVersion) {
        throw new Refused('changed-meanwhile', { facts: { draftVersion: application.draftVersion } });
      }
      const cameAt = actor.cameAt ?? tx.now;
      await refuseLate(tx, actor, call, application, cameAt);
      const terms = await termsOf(tx, callId, call.termsNumber);
      const read = documentOf(application.draft, terms);
      if ('missing' in read) {
        const fields = read.missing.map(({ field, fault }) => ({ path: field, code: fault }));
        throw new Refused('application-incomplete', { fields: fields.slice(0, 50) });
      }
      const judged = await judge(tx, actor, application, terms, read.document);
      const number = (application.submissionNumber ?? 0) + 1;
      await freeze(tx, application, { ...read, number, judged, termsNumber: call.termsNumber, cameAt });
      await tx.update(Application, application, {
        status,
        submissionNumber: number,
        onlyOne: terms.rules.some(({ rule }) => rule === 'one-application'),
      });
      await record(tx, [{ applicationId: id, kind: 'submitted', facts: { number, askedPence: read.askedPence } }]);
      await askToEndorse(tx, {
        applicationId: id,
        submissionNumber: number,
        personId: actor.personId,
        purpose: 'application',
      });
      await tx.audit('application.submit', { kind: 'application', id }, { number, askedPence: read.askedPence });
      const view = await this.views.in(tx, actor, id);
      await confirm(tx, actor, view);
      return view;
    });
  }
}

/** It is in, and what comes next. Who has no address sees it on the page. */
const confirm = async (tx: Tx, actor: Actor, view: ApplicationView): Promise<void> => {
  const [person] = await tx.query<{ email: string | null; givenName: string }>(
    `select email, given_name as "givenName" from person where institution_id = $1 and id = $2`,
    [actor.institutionId, actor.personId],
  );
  if (!person?.email) return;
  const link = tx.link(`/funding/applications/${view.id}`);
  await post(tx, { to: person.email, ...receipt(person.givenName, view, link, actor.timeZone) });
};

/** The closing second itself is too late; see sendBefore. */
const refuseLate = async (
  tx: Tx,
  { timeZone }: Actor,
  call: Call,
  application: Application,
  cameAt: Date,
): Promise<void> => {
  if (cameAt < call.opensAt) throw new Refused('call-not-open');
  const { until, extended } = await submitsUntil(tx, call, application.personId);
  const before = sendBefore(call, extended ? until : null, application.status, timeZone);
  if (before === null) throw new Refused('submission-too-late');
  if (cameAt >= before) throw new Refused('submission-too-late', { facts: { before: before.toISOString() } });
};

const judge = async (
  tx: Tx,
  { timeZone }: Actor,
  { id }: Application,
  terms: CallTerms,
  document: ApplicationDocument,
): Promise<RuleResult[]> => {
  const facts = (await ruleFactsIn(tx, [id], timeZone)).get(id);
  if (!facts) throw new Refused('not-found');
  const judged = judgeRules(terms, contentOfDocument(document), facts);
  const rules = hindering(judged);
  if (rules.length > 0) throw new Refused('rules-fail', { facts: { rules: rules.join(',') } });
  return judged;
};

const freeze = async (
  tx: Tx,
  { id }: Application,
  {
    document,
    askedPence,
    number,
    judged,
    termsNumber,
    cameAt,
  }: {
    document: ApplicationDocument;
    askedPence: number;
    number: number;
    judged: RuleResult[];
    termsNumber: number;
    cameAt: Date;
  },
): Promise<void> => {
  const { institutionId, personId } = tx.scope;
  if (!personId) throw new Error('an application is sent by a person');
  await tx.insert(ApplicationSubmission, {
    ...{ institutionId, applicationId: id, number, document, termsNumber, judged },
    askedPence: String(askedPence),
    leastPence: String(document.leastPence),
    eventName: document.event.name,
    eventStartsOn: document.event.startsOn,
    eventEndsOn: document.event.endsOn,
    submittedAt: cameAt,
    submittedBy: personId,
  });
  await tx.query(
    `insert into application_submission_file (institution_id, application_id, number, file_id)
     select institution_id, application_id, $3, file_id from application_file where institution_id = $1 and application_id = $2`,
    [institutionId, id, number],
  );
};
