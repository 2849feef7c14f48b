import type { Kept, Nation, SettingsView } from '@waymark/contracts';
import { counted } from '../shell/words';

export const nationWords: Readonly<Record<Nation, string>> = {
  'england-and-wales': $localize`England and Wales`,
  scotland: $localize`Scotland`,
  'northern-ireland': $localize`Northern Ireland`,
};

/** What each time is for, in plain words. */
export const keptWords: Readonly<Record<Kept, { label: string; hint: string }>> = {
  mail: {
    label: $localize`Messages`,
    hint: $localize`To whom Waymark wrote, when and about what. Messages that wait to be sent are never deleted.`,
  },
  importFiles: {
    label: $localize`Files that were loaded`,
    hint: $localize`The rows of files that nobody applied, and what is kept to undo one that was. The people stay.`,
  },
  commands: {
    label: $localize`Answers to repeated clicks`,
    hint: $localize`They make sure that something sent twice is done once. A few weeks are plenty.`,
  },
  sessions: {
    label: $localize`Sessions and links that ended`,
    hint: $localize`When people were signed in, and links in mail that were used or ran out. Open ones are not touched.`,
  },
  jobs: {
    label: $localize`Long work that ended`,
    hint: $localize`How imports and matching ended, and what stopped them. What a record still points to stays with it.`,
  },
  leavers: {
    label: $localize`People who left, until erasing is suggested`,
    hint: $localize`Nothing is erased by itself: an administrator is reminded and decides for each person.`,
  },
};

/** A number of days as people think of it: "90 days", "730 days (2 years)". */
export const daysWords = (days: number): string => {
  const whole = counted(days, $localize`day`, $localize`days`);
  const years = days / 365;
  return days >= 365 && Number.isInteger(years)
    ? $localize`${whole}:days: (${counted(years, $localize`year`, $localize`years`)}:years:)`
    : whole;
};

/** What follows from another nation or time zone; empty where neither changes. */
export const followsWords = (
  before: Pick<SettingsView, 'nation' | 'timeZone'>,
  after: Pick<SettingsView, 'nation' | 'timeZone'>,
): string[] => {
  const zone = before.timeZone !== after.timeZone;
  const nation = before.nation !== after.nation;
  return [
    ...(nation
      ? [
          $localize`Working days are counted without the bank holidays of ${nationWords[after.nation]}:nation: from now on.`,
        ]
      : []),
    ...(zone
      ? [
          $localize`A day begins and ends by the clock of ${after.timeZone}:zone:: roles, delegates, last days and deadlines that name a day count from then.`,
          $localize`Times on every page are shown by that clock.`,
        ]
      : []),
    ...(zone || nation
      ? [
          $localize`Deadlines that were set already stay at the moment they were set to, and messages that went out stay as they are.`,
        ]
      : []),
  ];
};

/** Time zones by the part before the slash, in order; those without one come last. */
export const zoneGroups = (zones: readonly string[]): { name: string; zones: { value: string; words: string }[] }[] => {
  const groups = new Map<string, { value: string; words: string }[]>();
  for (const zone of zones) {
    const [area = '', ...place] = zone.split('/');
    const name = place.length === 0 ? '' : area;
    const words = (place.length === 0 ? area : place.join(', ')).replaceAll('_', ' ');
    groups.set(name, [...(groups.get(name) ?? []), { value: zone, words }]);
  }
  return [...groups]
    .map(([name, list]) => ({ name: name || $localize`Other`, zones: list }))
    .sort((a, b) => Number(!groups.has(a.name)) - Number(!groups.has(b.name)) || a.name.localeCompare(b.name));
};
