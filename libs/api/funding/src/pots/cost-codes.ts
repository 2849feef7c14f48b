import { Injectable } from '@nestjs/common';
import { type Actor, type ReadQuery, Reads, type Scope, Transactions, type Tx } from '@waymark/api-platform';
import type {
  AddCostCode as AddInput,
  ChangeCostCode as ChangeInput,
  CostCodes as CostCodesView,
  CostCodeView,
} from '@waymark/contracts';
import { CostCode } from '../entities';

/** More codes than an institution has. */
const most = 1000;

const query = (institutionId: string): ReadQuery => ({
  name: 'cost-codes',
  text: `select c.id, c.code, c.name, c.active, c.version,
      (select count(*) from pot p where p.institution_id = c.institution_id and p.cost_code_id = c.id)::int
      + (select count(*) from ledger_line l where l.institution_id = c.institution_id and l.cost_code_id = c.id
          and l.account = 'spent')::int as uses
    from cost_code c where c.institution_id = $1 order by c.active desc, upper(c.code) limit ${most}`,
  values: [institutionId],
});

const viewIn = async (tx: Tx): Promise<CostCodesView> => {
  const { text, values } = query(tx.scope.institutionId);
  return { rows: await tx.query<CostCodeView>(text, values) };
};

@Injectable()
export class CostCodes {
  constructor(private readonly reads: Reads) {}

  async all(scope: Scope): Promise<CostCodesView> {
    return { rows: await this.reads.rows<CostCodeView>(scope, query(scope.institutionId)) };
  }
}

@Injectable()
export class AddCostCode {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { code, name }: AddInput): Promise<CostCodesView> {
    return this.transactions.run(actor, async (tx) => {
      const id = tx.newId();
      await tx.insert(CostCode, { institutionId: actor.institutionId, id, code, name, active: true, version: 1 });
      await tx.audit('cost-code.add', { kind: 'cost-code', id });
      return viewIn(tx);
    });
  }
}

/** Its name, and whether it is in use. The code itself stays as it is in the books. */
@Injectable()
export class ChangeCostCode {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, name, active }: ChangeInput): Promise<CostCodesView> {
    return this.transactions.run(actor, async (tx) => {
      const code = await tx.lockAt(CostCode, id, version);
      await tx.update(CostCode, code, { name, active });
      await tx.audit('cost-code.change', { kind: 'cost-code', id }, { active });
      return viewIn(tx);
    });
  }
}
