import { PersonCard, UnlocksView } from '@waymark/contracts';

type Unlock = UnlocksView['unlocks'][number];

/** Mentors where one more place would serve the same people. */
export interface UnlockGroup {
  key: string;
  mentors: PersonCard[];
  serves: PersonCard[];
  servesCount: number;
}

const keyOf = ({ serves, servesCount }: Unlock): string =>
  [servesCount, ...serves.map((person) => person.id).sort()].join(' ');

/** One group for each set of people served, in the order in which the server first names one. */
export const unlockGroups = (unlocks: readonly Unlock[]): UnlockGroup[] => {
  const groups = new Map<string, UnlockGroup>();
  for (const unlock of unlocks) {
    const key = keyOf(unlock);
    const { serves, servesCount } = unlock;
    const group = groups.get(key) ?? { key, mentors: [], serves, servesCount };
    group.mentors.push(unlock.mentor);
    groups.set(key, group);
  }
  return [...groups.values()];
};
