import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { PlatformConfig, postEach, type Tx } from '@waymark/api-platform';
import type { Words } from './letters';

export interface Addressed {
  personId: string;
  /** By the given name of whoever gets it. */
  words: (given: string) => Words;
}

/** Letters about endorsements: who they go to, and the addresses in them. */
@Injectable()
export class EndorsementPost {
  constructor(
    private readonly people: PeopleFacade,
    private readonly config: PlatformConfig,
  ) {}

  application(id: string): string {
    return `${this.config.publicUrl}/funding/applications/${id}`;
  }

  endorsement(id: string): string {
    return `${this.config.publicUrl}/funding/endorsements/${id}`;
  }

  secretLink(secret: string): string {
    return `${this.config.publicUrl}/endorse/${secret}`;
  }

  ofCall(callId: string): string {
    return `${this.config.publicUrl}/funding/calls/${callId}/endorsements`;
  }

  async names(tx: Tx, ids: readonly string[]): Promise<(id: string) => string> {
    const facts = await this.people.facts(tx, [...new Set(ids)]);
    const names = new Map(facts.map(({ id, givenName, familyName }) => [id, `${givenName} ${familyName}`.trim()]));
    return (id) => names.get(id) ?? '';
  }

  /** Posts in the caller's transaction. Who has left gets none; who has no e-mail sees it on their home. */
  async post(tx: Tx, letters: readonly Addressed[]): Promise<void> {
    if (letters.length === 0) return;
    const facts = await this.people.facts(tx, [...new Set(letters.map(({ personId }) => personId))]);
    const people = new Map(facts.filter(({ active, email }) => active && email).map((person) => [person.id, person]));
    await postEach(
      tx,
      letters.flatMap(({ personId, words }) => {
        const person = people.get(personId);
        return person?.email ? [{ to: person.email, ...words(person.givenName || 'there') }] : [];
      }),
    );
  }
}
