import { hash } from 'node:crypto';

/** What stands before the first seal. */
export const genesis = '0'.repeat(64);

/**
 * The hash of seal `number` of an institution, as 64 hexadecimal digits in lower case: SHA-256 (FIPS 180-4) over the UTF-8
 * bytes of this JSON array, written without white space as ECMAScript's JSON.stringify writes it:
 *
 *     ["waymark-audit-1", <hash of the seal before, or 64 zeros>, <institution>, <number>, <id>, <at>, <actor or null>,
 *      <on behalf of or null>, <act>, <subject kind>, <subject>, <details as text>, <correlation id or null>]
 *
 * Identifiers are UUIDs in lower case with hyphens, `at` is UTC to the microsecond as `2026-05-01T16:00:00.000000Z`,
 * `number` is a JSON number, all else are strings or null: pseudonyms, times and acts, never a name or an address.
 * `details` is PostgreSQL's own text of the jsonb value: jsonb keeps keys in an order of its own (shorter ones first, then
 * by their bytes), each once, and numbers as exact decimals, so its text depends on the value alone and not on how it was
 * written. An array of JSON values can be read in one way only, so no two lines have one encoding. A change of this needs
 * a new first word.
 *
 * @param entry what `entryText` selects: the array from `<id>` on, without its closing bracket.
 */
export const hashOfSeal = (before: string, institutionId: string, number: number, entry: string): string =>
  hash('sha256', `["waymark-audit-1","${before}","${institutionId}",${number},${entry}]`, 'hex');

const jsonOrNull = (column: string) => `coalesce(to_json(${column})::text, 'null')`;

/**
 * SQL of a line's part of the array above, for audit_entry under alias `e`. One text a row: twelve columns read one by
 * one took twice the time. PostgreSQL escapes JSON strings just as JSON.stringify does.
 */
export const entryText = `'"' || e.id || '","' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '",'
  || ${jsonOrNull('e.actor_person_id')} || ',' || ${jsonOrNull('e.on_behalf_of')} || ','
  || to_json(e.act) || ',' || to_json(e.subject_kind) || ',"' || e.subject_id || '",'
  || to_json(e.details::text) || ',' || ${jsonOrNull('e.correlation_id')}`;
