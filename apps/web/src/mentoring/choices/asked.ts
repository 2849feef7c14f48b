import type { PersonCard } from '@waymark/contracts';

/** What a coordinator wants to do with two people: one or both may have been chosen where it was asked. */
export interface Asked {
  about: 'pin' | 'forbid' | 'why';
  mentee: PersonCard | null;
  mentor: PersonCard | null;
}
