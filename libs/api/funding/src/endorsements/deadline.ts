import { endorseWithinDays } from '@waymark/contracts';

/**
 * SQL: when an application that was handed in becomes `unendorsed`: the stated deadline of its call; for one handed in after
 * that, by an extension or after a question, a full turn from then by the institution's clock, as answerBy counts it, so that
 * somebody has a chance to answer. Aliases of call and submission.
 */
export const deadlineOf = (call: string, submission: string): string =>
  `(case when ${submission}.submitted_at < ${call}.endorse_by then ${call}.endorse_by
     else (select (${submission}.submitted_at at time zone z.time_zone + interval '${endorseWithinDays} days') at time zone z.time_zone
       from institution z where z.id = ${call}.institution_id) end)`;

/**
 * SQL: the same for one that came back with a question and was not handed in again: when it cannot be any more. Aliases of
 * call, submission and the institution, and of an extension that may be missing.
 */
export const returnedDeadlineOf = (call: string, submission: string, institution: string, extension: string): string =>
  `greatest(${deadlineOf(call, submission)}, coalesce(${extension}.until, ${call}.closes_at),
     (${call}.closes_at at time zone ${institution}.time_zone + interval '1 day' * ${call}.return_grace_days) at time zone ${institution}.time_zone)`;
