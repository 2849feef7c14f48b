import type { Refusal } from '@waymark/contracts';
import { QueryFailedError } from 'typeorm';
import { Refused } from './refused';

/** What money and fairness rest on is also a constraint; where two race for it, the loser is refused by name. */
const refusals: Readonly<Record<string, Refusal>> = {
  person_email_unique: 'email-taken',
  person_staff_number_unique: 'staff-number-taken',
  closure_day_pk: 'closure-days-overlap',
  unit_parent: 'changed-meanwhile',
  delegation_two_people: 'delegate-to-self',
  membership_pk: 'already-member',
  network_invitation_once: 'invitation-open',
  // Swept away for having been attached to nothing for seven days.
  application_file_file: 'not-found',
  claim_file_file: 'not-found',
  // What the person was given was removed at the same moment.
  person_unit: 'changed-meanwhile',
  person_grade: 'changed-meanwhile',
  person_line_manager: 'changed-meanwhile',
  account_email_unique: 'email-taken',
  grade_name_unique: 'name-taken',
  unit_name_unique: 'name-taken',
  mentor_full: 'mentor-full',
  proposal_one_acceptance: 'proposal-answered',
  round_choice_once: 'choice-made',
  role_held_not_to_self: 'grant-to-self',
  staff_import_one_at_work: 'import-busy',
  award_held_once: 'award-known',
  award_held_not_own: 'own-award',
  erasure_once: 'erasure-running',
  correction_not_own: 'own-correction',
  audit_verification_running: 'verification-running',
  cost_code_code_unique: 'cost-code-taken',
  pot_name_unique: 'pot-name-taken',
  pot_financial_year: 'invalid-input',
  pot_overdrawn: 'pot-overdrawn',
  pot_commitments_overdrawn: 'pot-overdrawn',
  pot_spent_below_zero: 'pot-overdrawn',
  pot_closed: 'pot-closed',
  pot_rolled_once: 'pot-closed',
  call_panelist_pk: 'panelist-known',
  review_panelist: 'panelist-has-reviews',
  review_once: 'panelist-reads-already',
  review_without_interest: 'panelist-has-interest',
  declaration_of_interest_once: 'interest-declared',
  moderation_note_pk: 'changed-meanwhile',
  ledger_entry_corrected_once: 'entry-corrected',
  scenario_on_its_way: 'scenario-on-its-way',
  scenario_name_unique: 'scenario-name-taken',
  scenario_approver_proposed: 'own-proposal',
  own_scenario: 'own-call',
  award_overdrawn: 'award-overdrawn',
  call_budget_spent: 'call-budget-spent',
  award_of_application: 'changed-meanwhile',
  claim_open_once: 'claim-open',
  claim_last_once: 'last-claim-sent',
  payment_once: 'changed-meanwhile',
  own_claim: 'own-claim',
  call_name_unique: 'call-name-taken',
  call_extension_not_to_self: 'extension-to-self',
};

export const refusalOfConstraint = (error: unknown): Refused | null => {
  if (!(error instanceof QueryFailedError)) return null;
  const { constraint } = error.driverError as { constraint?: string };
  const refusal = constraint === undefined ? undefined : refusals[constraint];
  return refusal ? new Refused(refusal) : null;
};
