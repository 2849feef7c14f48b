import type { GroupLimit } from '@waymark/contracts';
import { AllocationRefused, type Grade, type ScoredApplication, type Unit } from './allocation-work';

/** What stands above each unit, itself first. A tree that turned in on itself by mistake ends where it would begin again. */
export const chainsOf = (units: readonly Unit[]): Map<string, string[]> => {
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]));
  return new Map(
    units.map(({ id }) => {
      const chain: string[] = [];
      for (let at: string | null | undefined = id; at && !chain.includes(at); at = parents.get(at)) chain.push(at);
      return [id, chain];
    }),
  );
};

/**
 * Between which units money is shared and counted: the first level of the tree, from the top, on which there are several. Who
 * belongs to a unit above that level, as to the institution itself, counts there.
 */
export const topUnits = (units: readonly Unit[]): Map<string, string> => {
  const chains = chainsOf(units);
  const depthOf = (chain: readonly string[]) => chain.length - 1;
  const atLevel = new Map<number, number>();
  for (const chain of chains.values()) atLevel.set(depthOf(chain), (atLevel.get(depthOf(chain)) ?? 0) + 1);
  const level = [...atLevel.keys()].sort((a, b) => a - b).find((depth) => (atLevel.get(depth) ?? 0) > 1) ?? 0;
  return new Map([...chains].map(([id, chain]) => [id, chain[Math.max(0, depthOf(chain) - level)] ?? id]));
};

export interface Named {
  id: string;
  name: string;
}

/** The group of each application for sharing by `unit` or `grade`; null where the person has none. */
export const sharingGroups = (
  by: 'unit' | 'grade',
  applications: readonly Pick<ScoredApplication, 'unitId' | 'gradeId'>[],
  units: readonly Unit[],
): (string | null)[] => {
  if (by === 'grade') return applications.map(({ gradeId }) => gradeId);
  const top = topUnits(units);
  return applications.map(({ unitId }) => (unitId === null ? null : (top.get(unitId) ?? unitId)));
};

/**
 * The limited group that each application counts for; null: none. Refused with `group-limits-overlap` where one would count for
 * two, whether or not anybody is in both: limits are to mean the same next year.
 */
export const limitedGroups = (
  limits: readonly GroupLimit[],
  applications: readonly Pick<ScoredApplication, 'unitId' | 'gradeId'>[],
  units: readonly Unit[],
): (string | null)[] => {
  const wanted = new Set(limits.map(({ groupId }) => groupId));
  const kinds = new Set(limits.map(({ by }) => by));
  if (kinds.size > 1 || wanted.size < limits.length) throw new AllocationRefused('group-limits-overlap');
  if (kinds.has('grade'))
    return applications.map(({ gradeId }) => (gradeId !== null && wanted.has(gradeId) ? gradeId : null));
  const chains = chainsOf(units);
  for (const id of wanted) {
    if ((chains.get(id) ?? []).some((above) => above !== id && wanted.has(above)))
      throw new AllocationRefused('group-limits-overlap');
  }
  return applications.map(({ unitId }) => (chains.get(unitId ?? '') ?? []).find((id) => wanted.has(id)) ?? null);
};

export const namesOf = (units: readonly Unit[], grades: readonly Grade[]): Map<string, string> =>
  new Map([...units, ...grades].map(({ id, name }) => [id, name]));
