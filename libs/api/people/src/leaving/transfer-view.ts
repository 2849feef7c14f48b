import { Injectable } from '@nestjs/common';
import { type Actor, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import type {
  HomeTask,
  TransferCard,
  TransferInstitutions,
  TransfersPage,
  TransfersQuery,
  TransferStatus,
  TransferView,
} from '@waymark/contracts';
import { instantOf } from '../person-card';

interface Row {
  id: string;
  direction: 'out' | 'in';
  status: TransferStatus;
  from: string;
  to: string;
  personId: string | null;
  card: TransferCard | Record<string, never>;
  lastDay: string;
  firstDay: string;
  startedAt: string;
  decidedAt: string | null;
  version: number;
}

/** Names of institutions: one's own, as the other gave its own on the card, or as a shared network tells it. */
const named = (column: string): string =>
  `coalesce((select i.name from institution i where i.id = ${column}), (select m.name from members_of_own_networks() m where m.institution_id = ${column} limit 1), '')`;

const columns = `t.id, case when t.institution_id = $1 then 'out' else 'in' end as direction, t.status,
  coalesce(nullif(t.card->>'institution', ''), ${named('t.institution_id')}) as "from",
  coalesce(nullif(t.to_card->>'institution', ''), t.card->>'to', ${named('t.to_institution_id')}) as "to",
  t.last_day::text as "lastDay", t.first_day::text as "firstDay"`;

const ours = `(t.institution_id = $1 or t.to_institution_id = $1)`;

/** Transfers out of this institution and into it, as its administrators see them. */
@Injectable()
export class TransferViews {
  constructor(private readonly reads: Reads) {}

  async page(actor: Actor, { page, pageSize, status }: TransfersQuery): Promise<TransfersPage> {
    const values = [actor.institutionId, status ?? null];
    const wanted = `${ours} and ($2::text is null or t.status = $2)`;
    const [[count], rows] = await this.reads.all<[{ total: number }, TransfersPage['rows'][number]]>(actor, [
      { name: 'transfers-count', text: `select count(*)::int as total from transfer t where ${wanted}`, values },
      {
        name: 'transfers',
        text: `select ${columns}, case when t.institution_id = $1 or t.status in ('asked', 'accepted')
            then trim(coalesce(t.card->>'givenName', '') || ' ' || coalesce(t.card->>'familyName', '')) else '' end as name
          from transfer t where ${wanted} order by t.status = 'asked' desc, t.started_at desc, t.id limit $3 offset $4`,
        values: [...values, pageSize, (page - 1) * pageSize],
      },
    ]);
    return { rows, page, pageSize, total: count?.total ?? 0 };
  }

  async see(actor: Actor, id: string): Promise<TransferView> {
    return viewOf(await this.reads.rows<Row>(actor, query(actor, id)));
  }

  async institutions(actor: Actor): Promise<TransferInstitutions> {
    const institutions = await this.reads.rows<TransferInstitutions['institutions'][number]>(actor, {
      name: 'transfer-institutions',
      text: `select m.institution_id as id, m.name, array_agg(n.name order by n.name) as networks
        from members_of_own_networks() m join network n on n.id = m.network_id
        where m.institution_id <> $1 group by m.institution_id, m.name order by lower(m.name), m.institution_id limit 500`,
      values: [actor.institutionId],
    });
    return { institutions };
  }

  /** Somebody would come, and waits for an answer. */
  async tasks(actor: Actor): Promise<HomeTask[]> {
    if (!actor.permissions.has('people.transfer')) return [];
    return this.reads.rows<HomeTask>(actor, {
      name: 'home-transfers',
      text: `select t.id, 'answer-transfer' as kind,
          to_char(t.last_day::timestamp at time zone $2 at time zone 'UTC' + interval '1 day' - interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dueAt",
          trim(coalesce(t.card->>'givenName', '') || ' ' || coalesce(t.card->>'familyName', '')) as about, null::int as count
        from transfer t where t.to_institution_id = $1 and t.status = 'asked' order by t.last_day, t.id limit 50`,
      values: [actor.institutionId, actor.timeZone],
    });
  }
}

export const transferViewIn = async (tx: Tx, actor: Actor, id: string): Promise<TransferView> => {
  const { text, values } = query(actor, id);
  return viewOf(await tx.query<Row>(text, values));
};

/** Whoever does not come after all is no concern of the institution that was asked. */
const viewOf = ([row]: readonly Row[]): TransferView => {
  if (!row) throw new Refused('not-found');
  const { card, ...view } = row;
  const asked = row.status === 'asked';
  const shows = row.direction === 'out' || asked || row.status === 'accepted';
  return {
    ...view,
    card: shows && 'givenName' in card ? (card as TransferCard) : null,
    may: { cancel: asked && row.direction === 'out', decide: asked && row.direction === 'in' },
  };
};

const query = (actor: Actor, id: string): ReadQuery => ({
  name: 'transfer',
  text: `select ${columns}, t.card, case when t.institution_id = $1 then t.person_id else t.to_person_id end as "personId",
      ${instantOf('t.started_at')} as "startedAt", ${instantOf('t.decided_at')} as "decidedAt", t.version
    from transfer t where ${ours} and t.id = $2`,
  values: [actor.institutionId, id],
});
