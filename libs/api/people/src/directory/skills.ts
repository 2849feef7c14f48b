import { Injectable } from '@nestjs/common';
import { type Actor, Reads, Refused, Transactions } from '@waymark/api-platform';
import type { PersonPageView, SkillsQuery, SkillsView } from '@waymark/contracts';
import { putSkills } from '../administration/person-skills';
import { Person } from '../entities';
import { patternOf } from '../person-card';
import { personPageIn } from './person-page';

/** Offered while somebody types, at the most. */
const most = 20;

@Injectable()
export class PutPersonSkills {
  constructor(private readonly transactions: Transactions) {}

  /** The whole list: one's own, or anybody's for those who may edit people. Names that are new are made. */
  run(actor: Actor, personId: string, skills: readonly string[]): Promise<PersonPageView> {
    return this.transactions.run(actor, async (tx) => {
      const person = await tx.lock(Person, personId);
      if (actor.personId !== personId && !actor.permissions.has('people.edit')) throw new Refused('not-allowed');
      if (person.erasedAt !== null) throw new Refused('already-erased');
      if (await putSkills(tx, personId, skills)) {
        await tx.audit('person.skills', { kind: 'person', id: personId }, { count: skills.length });
      }
      return personPageIn(tx, actor, personId);
    });
  }
}

@Injectable()
export class SkillsList {
  constructor(private readonly reads: Reads) {}

  /** Skills that hold what was typed; those that begin with it first, then those of most people. */
  async suggest(actor: Actor, { search = '' }: SkillsQuery): Promise<SkillsView> {
    const skills = await this.reads.rows<SkillsView['skills'][number]>(actor, {
      name: 'skills',
      text: `select s.id, s.name, count(ps.person_id)::int as people from skill s
        left join person_skill ps on ps.institution_id = s.institution_id and ps.skill_id = s.id
        where s.institution_id = $1 and s.name ilike $2
        group by s.id, s.name order by not starts_with(lower(s.name), lower($3)), 3 desc, lower(s.name) limit ${most}`,
      values: [actor.institutionId, patternOf(search), search],
    });
    return { skills };
  }
}
