import { Injectable } from '@nestjs/common';
import {
  type AuditHead as AuditHeadView,
  type ChainView,
  chainWaitingMost,
  type HeadComparison,
  type VerificationView,
} from '@waymark/contracts';
import type { Scope } from '../actor';
import { jobViewSql } from '../jobs';
import { Reads } from '../reads';
import { Refused } from '../refused';
import { PersonNames } from './person-names';

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

interface HeadRow {
  head: AuditHeadView | null;
  kept: ChainView['kept'];
}
type VerificationRow = Omit<VerificationView, 'askedBy'> & { askedBy: string };

/** The state of the chain: how far it is sealed, what waits, what is kept outside, and how it was last verified. */
@Injectable()
export class ChainViews {
  constructor(
    private readonly reads: Reads,
    private readonly names: PersonNames,
  ) {}

  async see(scope: Pick<Scope, 'institutionId'>): Promise<ChainView> {
    const { institutionId } = scope;
    const [[state], [waiting], verifications, [running]] = await this.reads.all<
      [HeadRow, { waiting: number }, VerificationRow, { job: ChainView['job'] }]
    >(scope, [
      {
        name: 'audit-head',
        text: `select
            case when h.number > 0 then json_build_object('institutionId', h.institution_id, 'number', h.number,
              'hash', encode(h.hash, 'hex'), 'at', ${instant('h.sealed_at')}) end as head,
            case when h.kept_number > 0 then json_build_object('number', h.kept_number, 'at', ${instant('h.kept_at')}) end as kept
          from audit_head h where h.institution_id = $1`,
        values: [institutionId],
      },
      {
        name: 'audit-waiting',
        text: `select count(*)::int as waiting from (
            select from audit_unsealed where institution_id = $1 limit ${chainWaitingMost}) w`,
        values: [institutionId],
      },
      {
        name: 'audit-verifications',
        text: `select v.id, v.asked_by as "askedBy", ${instant('v.asked_at')} as "askedAt",
            ${instant('v.finished_at')} as "finishedAt", v.status, v.entries::float8 as entries, v.heads,
            case when v.fault is not null then json_build_object('kind', v.fault, 'number', v.fault_number,
              'entryId', v.fault_entry_id) end as fault
          from audit_verification v where v.institution_id = $1 order by v.asked_at desc, v.id desc limit 10`,
        values: [institutionId],
      },
      {
        name: 'audit-verification-job',
        text: `select ${jobViewSql} as job from audit_verification v
          join job j on j.institution_id = v.institution_id and j.id = v.job_id
          where v.institution_id = $1 and v.status = 'running' limit 1`,
        values: [institutionId],
      },
    ]);
    const names = await this.names.of(
      scope,
      verifications.map(({ askedBy }) => askedBy),
    );
    return {
      head: state?.head ?? null,
      kept: state?.kept ?? null,
      waiting: waiting?.waiting ?? 0,
      verifications: verifications.map(({ askedBy, ...row }) => ({
        ...row,
        askedBy: { id: askedBy, name: names.get(askedBy) ?? null },
      })),
      job: running?.job ?? null,
    };
  }

  /** To be noted or kept by an auditor. Refused with `not-found` while nothing is sealed. */
  async head(scope: Pick<Scope, 'institutionId'>): Promise<AuditHeadView> {
    const { head } = await this.see(scope);
    if (!head) throw new Refused('not-found');
    return head;
  }

  async compare(scope: Pick<Scope, 'institutionId'>, held: { number: number; hash: string }): Promise<HeadComparison> {
    const [seal] = await this.reads.rows<{ same: boolean }>(scope, {
      name: 'audit-compare-head',
      text: `select hash = decode($3, 'hex') as same from audit_seal where institution_id = $1 and number = $2`,
      values: [scope.institutionId, held.number, held.hash],
    });
    return { outcome: !seal ? 'beyond' : seal.same ? 'matches' : 'differs' };
  }
}
