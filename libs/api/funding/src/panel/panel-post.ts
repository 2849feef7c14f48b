import { Injectable } from '@nestjs/common';
import { PeopleFacade, type PersonFacts } from '@waymark/api-people';
import { PlatformConfig, postEach, type Tx } from '@waymark/api-platform';
import type { Words } from './letters';

/** Letters of the panel: to whom they go, and the links in them. Who has left, or has no address, gets none. */
@Injectable()
export class PanelPost {
  constructor(
    private readonly people: PeopleFacade,
    private readonly config: PlatformConfig,
  ) {}

  reading(callId: string): string {
    return `${this.config.publicUrl}/funding/reading/${callId}`;
  }

  review(reviewId: string): string {
    return `${this.config.publicUrl}/funding/reviews/${reviewId}`;
  }

  moderated(callId: string, applicationId: string): string {
    return `${this.config.publicUrl}/funding/calls/${callId}/moderation/${applicationId}`;
  }

  panel(callId: string): string {
    return `${this.config.publicUrl}/funding/calls/${callId}/panel`;
  }

  async send(
    tx: Tx,
    personIds: readonly string[],
    words: (person: Pick<PersonFacts, 'id' | 'givenName'>) => Words,
  ): Promise<void> {
    const people = await this.people.facts(tx, [...new Set(personIds)].sort());
    await postEach(
      tx,
      people.flatMap((person) => (person.active && person.email ? [{ to: person.email, ...words(person) }] : [])),
    );
  }
}
