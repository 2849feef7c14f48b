import { z } from 'zod';
import { day, id } from '../platform/fields';

export const obligationStatuses = [
  'due',
  'submitted',
  'changes-asked',
  'accepted',
  'discharged',
  'waived',
  'cancelled',
] as const;
export type ObligationStatus = (typeof obligationStatuses)[number];

/** Where an obligation comes from: the domain's own record. */
export const obligationSources = ['award', 'visit', 'workshop', 'mentoring'] as const;
export type ObligationSource = (typeof obligationSources)[number];

/** A report that is owed and late: past its date and not submitted, or changes to it unanswered for fourteen days. */
export const overdueReport = z.object({ id, subject: z.string(), dueOn: day, since: day });
export type OverdueReport = z.infer<typeof overdueReport>;
