import { PeopleFacade } from '@waymark/api-people';
import { postEach, type Tx } from '@waymark/api-platform';

export interface Words {
  subject: string;
  /** Paragraphs, without greeting and link. */
  body: readonly string[];
}

export interface Addressed {
  personId: string;
  words: Words;
  /** The screen it speaks of, as `/funding/awards/…`. */
  path: string;
}

/** It has no state of its own: what it does, it does in the caller's transaction. */
const people = new PeopleFacade();

/** Posts letters about awards and claims in the caller's transaction. Who has left, or has no address, gets none. */
export const tell = async (tx: Tx, letters: readonly Addressed[]): Promise<void> => {
  if (letters.length === 0) return;
  const facts = await people.facts(tx, [...new Set(letters.map(({ personId }) => personId))]);
  const known = new Map(facts.map((person) => [person.id, person]));
  await postEach(
    tx,
    letters.flatMap(({ personId, words, path }) => {
      const person = known.get(personId);
      if (!person?.active || !person.email) return [];
      const paragraphs = [`Hello ${person.givenName || person.familyName},`, ...words.body, tx.link(path)];
      return [{ to: person.email, subject: words.subject, body: paragraphs.join('\n\n') }];
    }),
  );
};
