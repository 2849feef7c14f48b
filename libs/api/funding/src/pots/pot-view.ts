import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import { permissionsOf, type PotView } from '@waymark/contracts';

/** The figures of pot `p` by the view `f`, as the contract has them. */
export const figuresOf = (f: string): string =>
  `json_build_object('putInPence', ${f}.put_in_pence, 'fundedPence', ${f}.funded_pence, 'availablePence', ${f}.available_pence,
    'committedPence', ${f}.committed_pence, 'spentPence', ${f}.spent_pence)`;

const neighbour = (alias: string): string =>
  `case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name,
    'financialYear', ${alias}.financial_year) end`;

type Row = Omit<PotView, 'may'>;

const query = (institutionId: string, id: string): ReadQuery => ({
  name: 'pot',
  text: `select p.id, p.name, p.financial_year as "financialYear", c.code as "costCode", p.cost_code_id as "costCodeId", p.status,
      p.version, ${instantOf('p.created_at')} as "createdAt", ${figuresOf('f')} as figures,
      ${neighbour('before')} as "rolledFrom", ${neighbour('after')} as "rolledInto"
    from pot p
    join cost_code c on c.institution_id = p.institution_id and c.id = p.cost_code_id
    join pot_figures f on f.institution_id = p.institution_id and f.pot_id = p.id
    left join pot before on before.institution_id = p.institution_id and before.id = p.rolled_from
    left join pot after on after.institution_id = p.institution_id and after.rolled_from = p.id
    where p.institution_id = $1 and p.id = $2`,
  values: [institutionId, id],
});

const viewOf = (row: Row | undefined, actor: Actor): PotView => {
  if (!row) throw new Refused('not-found');
  const mayManage = permissionsOf(actor.roles).has('pots.manage') && row.status === 'open';
  return {
    ...row,
    may: {
      change: mayManage,
      fund: mayManage,
      transfer: mayManage && row.figures.availablePence > 0,
      rollOver: mayManage,
    },
  };
};

export const potViewIn = async (tx: Tx, actor: Actor, id: string): Promise<PotView> => {
  const { text, values } = query(actor.institutionId, id);
  const [row] = await tx.query<Row>(text, values);
  return viewOf(row, actor);
};

@Injectable()
export class PotViews {
  constructor(private readonly reads: Reads) {}

  async see(actor: Actor, id: string): Promise<PotView> {
    const [row] = await this.reads.rows<Row>(actor, query(actor.institutionId, id));
    return viewOf(row, actor);
  }
}
