import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, Reads } from '@waymark/api-platform';
import type { AlikeQuery, AlikeView } from '@waymark/contracts';
import { cardJoins } from '../person-card';

const most = 10;

/**
 * Who is here already and may be the person about to be added: the same name, either way round and whatever its spaces and
 * hyphens; an address with the same part before the @, whatever its dots and digits; a staff number that differs in leading
 * zeros alone. Those who left count too: somebody who comes back is one person.
 */
@Injectable()
export class AlikePeople {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async find(actor: Actor, query: AlikeQuery): Promise<AlikeView> {
    const people = await this.reads.rows<{ view: AlikeView['people'][number] }>(actor, {
      name: 'people-alike',
      text: `
        with asked as (
          select ${plain('$2')} as given, ${plain('$3')} as family, ${address('$4')} as mail, ltrim(lower($5::text), '0') as number
        ), alike as (
          select p.*, array_remove(array[
              case when (${plain('p.given_name')}, ${plain('p.family_name')}) in ((a.given, a.family), (a.family, a.given))
                and a.family <> '' then 'name' end,
              case when length(a.mail) > 2 and ${address('p.email')} = a.mail then 'email' end,
              case when a.number <> '' and ltrim(lower(p.staff_number), '0') = a.number then 'staff-number' end
            ], null) as because
          from person p cross join asked a
          where p.institution_id = $1 and p.erased_at is null
        )
        select json_build_object('id', p.id, 'name', trim(p.given_name || ' ' || p.family_name), 'unit', p_unit.name,
          'grade', p_grade.name, 'email', p.email, 'staffNumber', p.staff_number,
          'active', p.left_on is null or p.left_on >= $6::date, 'because', p.because) as view
        from alike p ${cardJoins('p')}
        where cardinality(p.because) > 0
        order by cardinality(p.because) desc, lower(p.family_name), p.id limit ${most}`,
      values: [
        actor.institutionId,
        query.givenName,
        query.familyName,
        query.email ?? '',
        query.staffNumber ?? '',
        dayIn(actor.timeZone, this.clock.now()),
      ],
    });
    return { people: people.map(({ view }) => view) };
  }
}

/** A name without what people write now this way, now that. */
const plain = (expression: string): string => `lower(regexp_replace(${expression}::text, '[\\s''’.-]+', '', 'g'))`;
/** What stands before the @, without dots, digits and what follows a plus sign. */
const address = (expression: string): string =>
  `regexp_replace(lower(split_part(split_part(${expression}::text, '@', 1), '+', 1)), '[^[:alpha:]]', '', 'g')`;
