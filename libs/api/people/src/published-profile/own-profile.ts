import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, PlatformConfig, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { PublishedProfileView } from '@waymark/contracts';
import { PublishedProfile } from '../entities';
import { instantOf } from '../person-card';
import { newSecret } from '../sign-in/sessions';

/** What somebody lets the world see of themself: opt in, and taken back at one click. */
@Injectable()
export class OwnProfile {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  see(actor: Actor): Promise<PublishedProfileView> {
    return this.transactions.run(actor, (tx) => this.viewIn(tx, actor));
  }

  /**
   * Publishes under a new address. Where it is published already nothing changes. Nobody does that in another's place: it is
   * a consent.
   */
  publish(actor: Actor): Promise<PublishedProfileView> {
    if (actor.acting) throw new Refused('not-while-acting');
    return this.transactions.run(actor, async (tx) => {
      const made = await tx.query(
        `insert into published_profile (institution_id, person_id, code, published_at) values ($1, $2, $3, $4)
         on conflict (institution_id, person_id) do nothing returning person_id`,
        [actor.institutionId, actor.personId, newSecret(), tx.now],
      );
      if (made.length > 0) await tx.audit('profile.publish', { kind: 'person', id: actor.personId });
      return this.viewIn(tx, actor);
    });
  }

  /** Takes it back: the address shows nothing from now on, and never again. */
  takeBack(actor: Actor): Promise<PublishedProfileView> {
    return this.transactions.run(actor, async (tx) => {
      const { affected } = await tx.manager.delete(PublishedProfile, {
        institutionId: actor.institutionId,
        personId: actor.personId,
      });
      if (affected) await tx.audit('profile.take-back', { kind: 'person', id: actor.personId });
      return this.viewIn(tx, actor);
    });
  }

  private async viewIn(tx: Tx, actor: Actor): Promise<PublishedProfileView> {
    const [row] = await tx.query<
      Omit<PublishedProfileView, 'published'> & { code: string | null; publishedAt: string | null }
    >(
      `select trim(p.given_name || ' ' || p.family_name) as name, p.job_title as "jobTitle", i.name as institution, f.code,
         ${instantOf('f.published_at')} as "publishedAt",
         coalesce((select json_agg(json_build_object('id', a.id, 'award', a.award, 'body', a.body, 'awardedOn', a.awarded_on,
           'validTo', a.valid_to) order by a.awarded_on desc, a.id) from award_held a
           where a.institution_id = $1 and a.person_id = p.id and a.status = 'verified'
             and (a.valid_to is null or a.valid_to >= $3::date)), '[]'::json) as awards
       from person p join institution i on i.id = p.institution_id
       left join published_profile f on f.institution_id = $1 and f.person_id = p.id
       where p.institution_id = $1 and p.id = $2`,
      [actor.institutionId, actor.personId, dayIn(actor.timeZone, tx.now)],
    );
    if (!row) throw new Refused('not-found');
    const { code, publishedAt, ...shown } = row;
    const dataUrl = `${this.config.publicUrl}/api/public/profiles/${code}`;
    return {
      ...shown,
      published: code === null || publishedAt === null ? null : { publishedAt, pageUrl: `${dataUrl}/page`, dataUrl },
    };
  }
}
