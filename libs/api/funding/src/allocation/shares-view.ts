import { Injectable } from '@nestjs/common';
import { type Actor, Refused } from '@waymark/api-platform';
import type { SharesQuery, SharesView } from '@waymark/contracts';
import { AllocationReads } from './access';
import type { Grade, Unit } from './allocation-work';
import { topUnits } from './groups';
import { type GroupFigures, sharesOf } from './shares';

interface Counted {
  unitId: string | null;
  gradeId: string | null;
  people: number;
  awardedPence: number;
  askedPence: number;
  staff: number;
}

/** Shares of a scenario by unit or grade, as they may be published: see sharesOf. */
@Injectable()
export class Shares {
  constructor(private readonly reads: AllocationReads) {}

  async see(actor: Actor, id: string, { by }: SharesQuery): Promise<SharesView> {
    await this.reads.mayLookAt(actor, id);
    const asking = this.reads.asking(actor);
    const [[scenario], applied, staff, units, grades] = (await asking.all([
      {
        name: 'shares-of-scenario',
        text: `select computing from scenario where institution_id = $1 and id = $2`,
        values: [actor.institutionId, id],
      },
      {
        name: 'shares-applied',
        // People, not applications: where a call takes several of one person, they count once.
        text: `select p.unit_id as "unitId", p.grade_id as "gradeId", count(distinct p.id)::int as people, 0 as staff,
            sum(l.amount_pence)::float8 as "awardedPence", sum(l.asked_pence)::float8 as "askedPence"
          from scenario_line l
          join application a on a.institution_id = l.institution_id and a.id = l.application_id
          join person p on p.institution_id = a.institution_id and p.id = a.person_id
          where l.institution_id = $1 and l.scenario_id = $2 group by 1, 2`,
        values: [actor.institutionId, id],
      },
      {
        name: 'shares-staff',
        text: `select p.unit_id as "unitId", p.grade_id as "gradeId", 0 as people, 0 as "awardedPence", 0 as "askedPence",
            count(*)::int as staff
          from person p join institution i on i.id = p.institution_id
          where p.institution_id = $1 and p.technician
            and (p.left_on is null or p.left_on >= ($2::timestamptz at time zone i.time_zone)::date) group by 1, 2`,
        values: [actor.institutionId, asking.now],
      },
      {
        name: 'allocation-units',
        text: `select id, parent_id as "parentId", name from unit where institution_id = $1 order by lower(name), id`,
        values: [actor.institutionId],
      },
      {
        name: 'allocation-grades',
        text: `select id, name from grade where institution_id = $1 order by position`,
        values: [actor.institutionId],
      },
    ])) as [{ computing: string }[], Counted[], Counted[], Unit[], Grade[]];
    if (scenario?.computing !== 'done') throw new Refused('scenario-not-computed');
    return sharesOf(by, figuresBy(by, [...applied, ...staff], units, grades));
  }
}

/** In the order of the groups; those without one last, where there are any. */
const figuresBy = (
  by: 'unit' | 'grade',
  counted: readonly Counted[],
  units: readonly Unit[],
  grades: readonly Grade[],
): GroupFigures[] => {
  const top = topUnits(units);
  const figures = new Map<string | null, GroupFigures>();
  for (const { unitId, gradeId, people, awardedPence, askedPence, staff } of counted) {
    const id = by === 'grade' ? gradeId : unitId === null ? null : (top.get(unitId) ?? unitId);
    const name = (by === 'grade' ? grades : units).find((one) => one.id === id)?.name ?? null;
    const known = figures.get(id) ?? { name, people: 0, awardedPence: 0, askedPence: 0, staff: 0 };
    figures.set(id, {
      name,
      people: known.people + people,
      awardedPence: known.awardedPence + awardedPence,
      askedPence: known.askedPence + askedPence,
      staff: known.staff + staff,
    });
  }
  const order = [...(by === 'grade' ? grades : units).map(({ id }): string | null => id), null];
  return order.flatMap((id) => figures.get(id) ?? []);
};
