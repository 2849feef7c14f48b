import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { GradesView, PutGrades as PutGradesInput } from '@waymark/contracts';
import { Grade } from '../entities';
import { gradesViewIn } from './person-page';

@Injectable()
export class PutGrades {
  constructor(private readonly transactions: Transactions) {}

  /** The whole order, lowest first. A grade left out is removed, refused with `grade-in-use` while people hold it. */
  run(actor: Actor, { grades }: PutGradesInput): Promise<GradesView> {
    return this.transactions.run(actor, async (tx) => {
      const { institutionId } = actor;
      const known = await tx.query<{ id: string }>(
        `select id from grade where institution_id = $1 order by id for update`,
        [institutionId],
      );
      const kept = new Set(grades.flatMap(({ id }) => (id === null ? [] : [id])));
      if ([...kept].some((id) => !known.some((grade) => grade.id === id))) throw new Refused('changed-meanwhile');
      const gone = known.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
      if (gone.length > 0) {
        const used = await tx.query<{ name: string }>(
          `select name from grade g where institution_id = $1 and id = any ($2)
             and exists (select from person p where p.institution_id = $1 and p.grade_id = g.id) limit 1`,
          [institutionId, gone],
        );
        if (used[0]) throw new Refused('grade-in-use', { facts: { grade: used[0].name } });
        await tx.query(`delete from grade where institution_id = $1 and id = any ($2)`, [institutionId, gone]);
      }
      // Names may change places: they step aside first, so that the unique index sees no two alike on the way.
      await tx.query(`update grade set name = id::text where institution_id = $1`, [institutionId]);
      for (const [position, { id, name }] of grades.entries()) {
        if (id === null) await tx.insert(Grade, { institutionId, id: tx.newId(), name, position });
        else await tx.manager.update(Grade, { institutionId, id }, { name, position });
      }
      await tx.audit('grades.order', { kind: 'institution', id: institutionId }, { grades: grades.length });
      return gradesViewIn(tx);
    });
  }
}
