import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, dayIn, Refused, Transactions, type Tx } from '@waymark/api-platform';
import {
  type AppealKind,
  type ApplicationMoney,
  type ApplicationStatus,
  type ApplicationView,
  askedOf,
  type EndorserView,
  missingOf,
  type RuleResult,
} from '@waymark/contracts';
import { applicationTable } from '../statuses';
import { decisionOf } from './decision-of';
import { judgeRules } from './judge-rules';
import { contentOfDraft } from './judged-content';
import { nextSteps } from './next-steps';
import { type ApplicationRecord, recordOf } from './record-of';
import { ruleFactsIn } from './rule-facts';
import { sendBefore } from './send-before';
import { writable } from './writable';
import { conflictsOf } from '../panel/conflicts';

/** Which appeals a decision is open to. A manager's no can be looked at as to how it came about, and no further. */
export const appealsOpen = (status: ApplicationStatus): AppealKind[] => {
  if (status === 'ineligible' || status === 'unsuccessful') return ['feedback', 'review-of-process'];
  return status === 'declined' ? ['review-of-process'] : [];
};

/** Where a coordinator may decide otherwise than the rules: before anybody's scores are locked. */
export const eligibilityOpen = (callStatus: string, status: ApplicationStatus): boolean =>
  callStatus === 'scoring' && (status === 'eligible' || status === 'ineligible');

/** An application as one person may see it: the applicant, or whoever may see calls. To anybody else it is not there. */
@Injectable()
export class ApplicationViews {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  see(actor: Actor, id: string): Promise<ApplicationView> {
    return this.transactions.run({ ...actor, command: undefined }, (tx) => this.in(tx, actor, id));
  }

  async in(tx: Tx, actor: Actor, id: string): Promise<ApplicationView> {
    const record = await recordOf(tx, id, actor.personId);
    if (!record) throw new Refused('not-found');
    const mine = record.personId === actor.personId;
    if (!mine) await mayRead(tx, actor, record);
    const isWritable = writable.includes(record.status);
    const before = sendBefore(record.call, record.extendedUntil, record.status, actor.timeZone);
    const endorser = await this.endorserOf(tx, actor, record);
    const [newest] = record.submissions;
    const { draft, call, terms } = record;
    const manages = actor.permissions.has('calls.manage') && !mine;
    const inTime = before !== null && tx.now >= call.opensAt && tx.now < before;
    return {
      ...{ id, reference: record.reference, status: record.status, version: record.version, mine },
      applicant: record.applicant,
      call: {
        ...record.callWords,
        status: call.status,
        opensAt: call.opensAt.toISOString(),
        closesAt: call.closesAt.toISOString(),
        endorseBy: record.endorseBy.toISOString(),
        returnGraceDays: call.returnGraceDays,
      },
      ...{ terms, termsNumber: record.termsNumber, termsChangedAt: record.termsChangedAt?.toISOString() ?? null },
      draft: mine && isWritable ? draft : null,
      draftVersion: record.draftVersion,
      draftSavedAt: record.draftSavedAt.toISOString(),
      // What is attached to what is being written is, like it, the applicant's until it is sent.
      files: mine && (isWritable || !newest) ? record.files : (newest?.files ?? []),
      submissions: record.submissions,
      rules: await this.rulesOf(tx, actor, record, mine && isWritable),
      missing: mine && isWritable ? missingOf(draft, terms) : [],
      sendBefore: before?.toISOString() ?? null,
      extension:
        record.extendedUntil === null
          ? null
          : { until: record.extendedUntil.toISOString(), reason: record.extendedBecause ?? '' },
      endorser,
      next: nextSteps({
        ...{ status: record.status, sendBefore: before, closesAt: call.closesAt, endorseBy: record.endorseBy },
        ...{ decideBy: record.callWords.decideBy, reserveUntil: record.callWords.reserveUntil },
        reviewersEach: terms.reviewersEach,
        endorser: endorser && {
          name: endorser.name,
          passesOnAt: endorser.status === 'asked' && endorser.passesOnAt ? new Date(endorser.passesOnAt) : null,
        },
        award: record.award && { ...record.award, answerBy: new Date(record.award.answerBy) },
        now: tx.now,
      }),
      timeline: record.timeline,
      failedRules: record.failedRules,
      decidedReason: record.decidedReason,
      reserveRank: record.reserveRank,
      decision: await decisionOf(tx, id),
      money: moneyOf(record, mine, newest),
      award: record.award,
      appeal: record.appeal,
      may: {
        save: mine && isWritable,
        submit: mine && isWritable && inTime,
        withdraw: mine && applicationTable[record.status].includes('withdrawn') && !record.claimed,
        appeal: mine && record.appeal === null ? appealsOpen(record.status) : [],
        answerAppeal: manages && record.appeal !== null && record.appeal.answer === null,
        decideEligibility: manages && eligibilityOpen(call.status, record.status),
      },
    };
  }

  /** Live while it is written; else as it was judged when it was sent, and as it failed since. */
  private async rulesOf(tx: Tx, actor: Actor, record: ApplicationRecord, live: boolean): Promise<RuleResult[]> {
    if (live) {
      const facts = (await ruleFactsIn(tx, [record.id], actor.timeZone)).get(record.id);
      return facts ? judgeRules(record.terms, contentOfDraft(record.draft), facts) : [];
    }
    const judged = record.submissions[0]?.judged ?? [];
    const failed = record.timeline.findLast(({ kind }) => kind === 'ineligible')?.facts ?? {};
    return judged.map((each) =>
      record.failedRules.includes(each.rule) ? { rule: each.rule, verdict: 'fails', facts: failed } : each,
    );
  }

  /** Who was asked last; while it is written, who would be asked today. */
  private async endorserOf(tx: Tx, actor: Actor, record: ApplicationRecord): Promise<EndorserView | null> {
    if (record.endorser || !writable.includes(record.status)) return record.endorser;
    const today = dayIn(actor.timeZone, tx.now);
    const approver = (await this.people.approversOf(tx, [record.personId], today)).get(record.personId);
    if (!approver?.personId || approver.because === null) return null;
    const names = await this.people.facts(tx, [approver.personId, ...(approver.inPlaceOf ? [approver.inPlaceOf] : [])]);
    const nameOf = (id: string | null): string | null => {
      const found = names.find((person) => person.id === id);
      return found ? `${found.givenName} ${found.familyName}`.trim() : null;
    };
    return {
      status: null,
      name: nameOf(approver.personId) ?? '',
      as: approver.because,
      inPlaceOf: nameOf(approver.inPlaceOf),
      ...{ askedAt: null, passesOnAt: null, answeredAt: null, reason: null },
    };
  }
}

/**
 * Whoever may see calls may see applications. A panelist with an interest in the applicant may not, whatever else they are: the
 * page would tell them what they are to know nothing of. Nor may one who reads blind, until it is decided.
 */
const mayRead = async (tx: Tx, actor: Actor, record: ApplicationRecord): Promise<void> => {
  if (!actor.permissions.has('calls.see')) throw new Refused('not-found');
  if (!record.readerIsPanelist) return;
  if (record.readerReadsBlind) throw new Refused('not-found');
  const conflicts = await conflictsOf(tx, record.callId);
  const conflicted = conflicts.some(
    ({ panelistId, applicantId }) => panelistId === actor.personId && applicantId === record.personId,
  );
  if (conflicted) throw new Refused('not-found');
};

const moneyOf = (
  { draft, award, figures }: ApplicationRecord,
  mine: boolean,
  newest: ApplicationView['submissions'][number] | undefined,
): ApplicationMoney => {
  const written = mine && !newest ? askedOf(draft) : null;
  const asked = newest?.askedPence ?? (written?.exact && written.askedPence > 0 ? written.askedPence : null);
  return {
    askedPence: asked,
    leastPence: newest?.leastPence ?? null,
    awardedPence: award === null ? null : figures.awardedPence,
    committedPence: figures.committedPence,
    spentPence: figures.spentPence,
    releasedPence: figures.releasedPence,
  };
};
