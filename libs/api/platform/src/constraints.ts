import type { Refusal } from '@waymark/contracts';
import { QueryFailedError } from 'typeorm';
import { Refused } from './refused';

/** What money and fairness rest on is also a constraint; where two race for it, the loser is refused by name. */
const refusals: Readonly<Record<string, Refusal>> = {
  person_email_unique: 'email-taken',
  // What the person was given was removed at the same moment.
  person_unit: 'changed-meanwhile',
  person_grade: 'changed-meanwhile',
  person_line_manager: 'changed-meanwhile',
  account_email_unique: 'email-taken',
  grade_name_unique: 'name-taken',
  unit_name_unique: 'name-taken',
  mentor_full: 'mentor-full',
  proposal_one_acceptance: 'proposal-answered',
  role_held_not_to_self: 'grant-to-self',
};

export const refusalOfConstraint = (error: unknown): Refused | null => {
  if (!(error instanceof QueryFailedError)) return null;
  const { constraint } = error.driverError as { constraint?: string };
  const refusal = constraint === undefined ? undefined : refusals[constraint];
  return refusal ? new Refused(refusal) : null;
};
