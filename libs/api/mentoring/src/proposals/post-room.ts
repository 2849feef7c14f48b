import { Injectable } from '@nestjs/common';
import { PeopleFacade, type PersonFacts } from '@waymark/api-people';
import { MAIL_REQUESTED, PlatformConfig, type Tx } from '@waymark/api-platform';
import type { Words } from './letters';

export interface Addressed {
  personId: string;
  words: Words;
}

const batch = 2000;

/** Letters about proposals: who they go to, and the links in them. A round's release posts thousands at once. */
@Injectable()
export class PostRoom {
  constructor(
    private readonly people: PeopleFacade,
    private readonly config: PlatformConfig,
  ) {}

  link(proposalId: string): string {
    return `${this.config.publicUrl}/mentoring/proposals/${proposalId}`;
  }

  /** Where a mentor says how many they take, pauses and comes back. */
  mine(): string {
    return `${this.config.publicUrl}/mentoring/mine`;
  }

  /** People by their identifier: their name, and whether there is an address. */
  async names(tx: Tx, ids: readonly string[]): Promise<(id: string) => string> {
    const facts = new Map(
      (await this.people.facts(tx, [...new Set(ids)])).map((person) => [person.id, nameOf(person)]),
    );
    return (id) => facts.get(id) ?? '';
  }

  /**
   * Posts the letters in the caller's transaction. Who has left gets none; who has no e-mail is told by a coordinator,
   * who sees the proposal in the round.
   */
  async post(tx: Tx, letters: readonly Addressed[]): Promise<void> {
    const facts = await this.people.facts(tx, [...new Set(letters.map((letter) => letter.personId))]);
    const addresses = new Map(
      facts.flatMap((person) => (person.active && person.email ? [[person.id, person.email] as const] : [])),
    );
    const rows = letters.flatMap(({ personId, words }) => {
      const to = addresses.get(personId);
      return to ? [{ id: tx.newId(), eventId: tx.newId(), to, ...words }] : [];
    });
    for (let at = 0; at < rows.length; at += batch) {
      await tx.query(
        `with letters as (
           select * from jsonb_to_recordset($3) as letter (id uuid, "eventId" uuid, "to" text, subject text, body text)
         ), posted as (
           insert into mail_message (institution_id, id, recipient, subject, body, status, attempts, created_at)
           select $1, id, "to", subject, body, 'queued', 0, $2 from letters
         )
         insert into outbox (id, institution_id, topic, payload, at)
         select "eventId", $1, $4, jsonb_build_object('mailId', id), $2 from letters`,
        [tx.scope.institutionId, tx.now, JSON.stringify(rows.slice(at, at + batch)), MAIL_REQUESTED],
      );
    }
  }
}

const nameOf = ({ givenName, familyName }: PersonFacts): string => `${givenName} ${familyName}`.trim();
