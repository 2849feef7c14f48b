import { z } from 'zod';

/**
 * Text as people type it: trimmed, at most `max` characters, without the NUL character, which PostgreSQL cannot store.
 * Every string that enters Waymark goes through this or through one of the narrower schemas below.
 */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\u0000]*$/, 'nul')
    // Half a surrogate pair is no character, and PostgreSQL's jsonb refuses it.
    .refine((value) => value.isWellFormed(), { error: 'half-a-character' });

/** Cut to at most `most` UTF-16 units, never through the middle of a character. */
export const cut = (value: string, most: number): string =>
  value.length <= most ? value : value.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/** The same, and not empty. */
export const requiredText = (max: number) => text(max).min(1);

/** An identifier of a record: a UUID in its usual form. */
export const id = z.uuid();
export type Id = string;

/** An instant in UTC, ISO 8601, as `2026-05-01T16:00:00.000Z`. */
export const instant = z.iso.datetime();

/** A calendar day in the institution's time zone, as `2026-05-01`. There is no year 0000, which PostgreSQL refuses. */
export const day = z.iso.date().refine((value) => value >= '0001', { error: 'no-such-year' });

/** A day and an instant for which something is planned: what is counted on from them still is in a year of four figures. */
export const plannedDay = day.refine((value) => value < '3000', { error: 'no-such-year' });
export const plannedInstant = instant.refine((value) => value >= '2000' && value < '3000', { error: 'no-such-year' });

/** An e-mail address, kept in lower case: one person, one spelling. */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** The path parameter of a single record. */
export const idParams = z.strictObject({ id });

/** A whole number in a query string. */
const queryInt = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Every list is paged and bounded. Pages count from 1. */
export const pageQuery = {
  page: queryInt(1, 100_000).default(1),
  pageSize: queryInt(1, 100).default(50),
};

/** One page of a list, with the count over all pages. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), page: z.int(), pageSize: z.int(), total: z.int() });
export interface Page<Row> {
  rows: Row[];
  page: number;
  pageSize: number;
  total: number;
}

/** A flag in a query string. */
export const queryFlag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A revision of a record; a command on an older one is refused with `changed-meanwhile`. */
export const version = z.int().min(1);
