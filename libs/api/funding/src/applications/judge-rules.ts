import type { CallTerms, EligibilityRule, RuleResult } from '@waymark/contracts';

/** What the rules look at: the person, their reports and earlier awards, and the call's close. Days are the institution's. */
export interface RuleFacts {
  today: string;
  /** The day on which the call closes. */
  closesOn: string;
  technician: boolean;
  gradeId: string | null;
  /** Their unit and all above it. */
  unitIds: readonly string[];
  /** The last day of their contract; null: it has no end. */
  contractUntil: string | null;
  /** Their last day, where they are known to leave. */
  leavesOn: string | null;
  /** Other applications of theirs that this call has received. */
  others: number;
  /** Reports whose last day has come, the oldest first: see owedReports. */
  owed: readonly { subject: string; dueOn: string; lastDay: string }[];
  /** Earlier calls of the same kind that awarded them something: 1 is the last call before this one. */
  funded: readonly { callsAgo: number; callName: string }[];
}

/** What of an application the rules look at; null is not said yet, or cannot be read. */
export interface JudgedContent {
  startsOn: string | null;
  endsOn: string | null;
  askedPence: number | null;
}

const passes = (rule: EligibilityRule, facts: RuleResult['facts'] = {}): RuleResult => ({
  rule,
  verdict: 'passes',
  facts,
});
const fails = (rule: EligibilityRule, facts: RuleResult['facts'] = {}): RuleResult => ({
  rule,
  verdict: 'fails',
  facts,
});
const unknown = (rule: EligibilityRule, facts: RuleResult['facts'] = {}): RuleResult => ({
  rule,
  verdict: 'unknown',
  facts,
});

const audienceOf = ({ audience }: Pick<CallTerms, 'audience'>, facts: RuleFacts): RuleResult[] => {
  const { techniciansOnly, unitIds, gradeIds } = audience;
  if (!techniciansOnly && unitIds.length === 0 && gradeIds.length === 0) return [];
  const technician = !techniciansOnly || facts.technician;
  const unit = unitIds.length === 0 || unitIds.some((id) => facts.unitIds.includes(id));
  const grade = gradeIds.length === 0 || (facts.gradeId !== null && gradeIds.includes(facts.gradeId));
  const about = { technician, unit, grade };
  return [technician && unit && grade ? passes('in-audience', about) : fails('in-audience', about)];
};

/** Days of the calendar, which know no change of the clocks: both are midnight in UTC. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

const retrospective = (days: number, { startsOn }: JudgedContent, { closesOn }: RuleFacts): RuleResult => {
  if (startsOn === null) return unknown('not-retrospective', { days, closesOn });
  const after = daysBetween(closesOn, startsOn);
  const about = { startsOn, closesOn, days, daysAfter: after };
  return after >= days ? passes('not-retrospective', about) : fails('not-retrospective', about);
};

const cap = (capPence: number, { askedPence }: JudgedContent): RuleResult => {
  if (askedPence === null) return unknown('within-cap', { capPence });
  const about = { askedPence, capPence };
  return askedPence <= capPence ? passes('within-cap', about) : fails('within-cap', about);
};

const contract = ({ endsOn }: JudgedContent, { contractUntil, leavesOn }: RuleFacts): RuleResult => {
  const until = [contractUntil, leavesOn].filter((day) => day !== null).sort()[0] ?? null;
  if (until === null) return passes('contract-outlasts-event', { contractUntil: null });
  if (endsOn === null) return unknown('contract-outlasts-event', { contractUntil: until });
  const about = { contractUntil: until, eventEndsOn: endsOn };
  return until >= endsOn ? passes('contract-outlasts-event', about) : fails('contract-outlasts-event', about);
};

const reports = ({ owed, today }: RuleFacts): RuleResult => {
  const [first] = owed;
  if (!first) return passes('no-overdue-report');
  const late = owed.filter(({ lastDay }) => lastDay < today).length;
  const about = { subject: first.subject, dueOn: first.dueOn, lastDay: first.lastDay, count: late || owed.length };
  return late > 0 ? fails('no-overdue-report', about) : { rule: 'no-overdue-report', verdict: 'warns', facts: about };
};

const fundedLately = (calls: number, { funded }: RuleFacts): RuleResult => {
  const counted = funded.filter(({ callsAgo }) => callsAgo <= calls).sort((a, b) => a.callsAgo - b.callsAgo);
  const [last] = counted;
  return last
    ? fails('not-funded-lately', { calls, callName: last.callName, count: counted.length })
    : passes('not-funded-lately', { calls, ever: funded.length > 0 });
};

/**
 * Every rule of a call's terms as it stands for an application: the audience where it is not everybody, the call's rules, and the
 * cap. A rule names itself with the figures and days that its wording needs. Order: as in `eligibilityRules`. Rule: domain.md,
 * "Eligibility rules".
 */
export const judgeRules = (
  terms: Pick<CallTerms, 'audience' | 'rules' | 'capPence'>,
  content: JudgedContent,
  facts: RuleFacts,
): RuleResult[] => {
  const ofCall = new Map(terms.rules.map((rule) => [rule.rule, rule]));
  const results = audienceOf(terms, facts);
  if (ofCall.has('one-application')) {
    const about = { others: facts.others };
    results.push(facts.others === 0 ? passes('one-application', about) : fails('one-application', about));
  }
  const late = ofCall.get('not-retrospective');
  if (late?.rule === 'not-retrospective') results.push(retrospective(late.days, content, facts));
  results.push(cap(terms.capPence, content));
  if (ofCall.has('contract-outlasts-event')) results.push(contract(content, facts));
  if (ofCall.has('no-overdue-report')) results.push(reports(facts));
  const lately = ofCall.get('not-funded-lately');
  if (lately?.rule === 'not-funded-lately') results.push(fundedLately(lately.calls, facts));
  return results;
};

/** The rules that keep an application from being sent: those that fail, and those that cannot be told. */
export const hindering = (results: readonly RuleResult[]): EligibilityRule[] =>
  results.filter(({ verdict }) => verdict === 'fails' || verdict === 'unknown').map(({ rule }) => rule);
