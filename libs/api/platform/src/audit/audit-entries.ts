import { Injectable } from '@nestjs/common';
import {
  type AuditEntryView,
  auditExportMost,
  type AuditExportQuery,
  type AuditPage,
  type AuditPerson,
  type AuditQuery,
} from '@waymark/contracts';
import type { Actor } from '../actor';
import { type ReadQuery, Reads } from '../reads';
import { PersonNames } from './person-names';

interface EntryRow {
  id: string;
  at: string;
  cursor: string;
  actorId: string | null;
  onBehalfOf: string | null;
  act: string;
  kind: string;
  subjectId: string;
  details: AuditEntryView['details'];
  correlationId: string | null;
  seal: number | null;
}

type Filters = Omit<AuditExportQuery, 'format'>;

/** The audit as it is searched: by keyset, so that the millionth row is found as soon as the first. */
@Injectable()
export class AuditEntries {
  constructor(
    private readonly reads: Reads,
    private readonly names: PersonNames,
  ) {}

  async page(actor: Actor, { pageSize, earlier, later, ...filters }: AuditQuery): Promise<AuditPage> {
    const rows = await this.reads.rows<EntryRow>(
      actor,
      entriesQuery(actor, filters, {
        limit: pageSize + 1,
        from: later ?? earlier ?? null,
        direction: later ? 'later' : 'earlier',
      }),
    );
    const more = rows.length > pageSize;
    const shown = rows.slice(0, pageSize);
    if (later) shown.reverse();
    const [newest, oldest] = [shown[0]?.cursor ?? null, shown.at(-1)?.cursor ?? null];
    return {
      rows: await this.views(actor, shown),
      // Whoever came from one side can go back there.
      earlier: later || more ? oldest : null,
      later: (later ? more : Boolean(earlier)) ? newest : null,
    };
  }

  /** The newest ones, at most `auditExportMost`. */
  async all(actor: Actor, { format: _, ...filters }: AuditExportQuery): Promise<AuditEntryView[]> {
    const rows = await this.reads.rows<EntryRow>(
      actor,
      entriesQuery(actor, filters, { limit: auditExportMost, from: null, direction: 'earlier' }),
    );
    return this.views(actor, rows);
  }

  private async views(actor: Actor, rows: EntryRow[]): Promise<AuditEntryView[]> {
    const subjects = rows.filter(({ kind }) => kind === 'person').map(({ subjectId }) => subjectId);
    const ids = rows.flatMap(({ actorId, onBehalfOf }) => [actorId, onBehalfOf]).concat(subjects);
    const names = await this.names.of(actor, [...new Set(ids.filter((id) => id !== null))]);
    const personOf = (id: string | null): AuditPerson | null =>
      id === null ? null : { id, name: names.get(id) ?? null };
    return rows.map((row) => ({
      id: row.id,
      at: row.at,
      actor: personOf(row.actorId),
      onBehalfOf: personOf(row.onBehalfOf),
      act: row.act,
      subject: {
        kind: row.kind,
        id: row.subjectId,
        person: row.kind === 'person' ? personOf(row.subjectId) : null,
      },
      details: row.details,
      correlationId: row.correlationId,
      seal: row.seal,
    }));
  }
}

interface Span {
  limit: number;
  /** The cursor where it begins; null: at the newest. */
  from: string | null;
  direction: 'earlier' | 'later';
}

/**
 * One statement for each set of filters, so that each is planned for the index that serves it. "Who" is two look-ups, one
 * for those who did it and one for those it was done for, since no index serves both at once.
 */
const entriesQuery = (actor: Actor, filters: Filters, { limit, from, direction }: Span): ReadQuery => {
  const values: unknown[] = [actor.institutionId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const [order, beyond] = direction === 'earlier' ? ['desc', '<'] : ['asc', '>'];
  const conditions = [
    'e.institution_id = $1',
    ...(filters.act ? [`e.act = ${bind(filters.act)}`] : []),
    ...(filters.kind ? [`e.subject_kind = ${bind(filters.kind)}`] : []),
    ...(filters.record ? [`e.subject_id = ${bind(filters.record)}`] : []),
    ...(filters.correlation ? [`e.correlation_id = ${bind(filters.correlation)}`] : []),
    ...(filters.onBehalf ? ['e.on_behalf_of is not null'] : []),
    ...dayConditions(filters, bind, actor.timeZone),
    ...(from
      ? [`(e.at, e.id) ${beyond} (${bind(from.split('_')[0])}::timestamptz, ${bind(from.split('_')[1])}::uuid)`]
      : []),
  ];
  const branch = (extra: string[]) =>
    `(select e.* from audit_entry e where ${[...conditions, ...extra].join(' and ')} order by e.at ${order}, e.id ${order} limit ${limit})`;
  const who = filters.who ? bind(filters.who) : null;
  const branches = who ? [branch([`e.actor_person_id = ${who}`]), branch([`e.on_behalf_of = ${who}`])] : [branch([])];
  const shape = [...Object.keys(filters).filter((key) => filters[key as keyof Filters] !== undefined), direction];
  return {
    name: `audit-entries ${[...shape.sort(), from ? 'from' : '', limit].join(' ')}`,
    text: `select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || e.id as cursor,
        e.actor_person_id as "actorId", e.on_behalf_of as "onBehalfOf", e.act, e.subject_kind as kind,
        e.subject_id as "subjectId", e.details, e.correlation_id as "correlationId",
        (select s.number::float8 from audit_seal s where s.institution_id = $1 and s.entry_id = e.id) as seal
      from (${branches.join(' union all ')}) e order by e.at ${order}, e.id ${order} limit ${limit}`,
    values,
  };
};

const dayConditions = ({ from, to }: Filters, bind: (value: unknown) => string, timeZone: string): string[] => [
  ...(from ? [`e.at >= ${bind(from)}::date::timestamp at time zone ${bind(timeZone)}`] : []),
  ...(to ? [`e.at < (${bind(to)}::date + 1)::timestamp at time zone ${bind(timeZone)}`] : []),
];
