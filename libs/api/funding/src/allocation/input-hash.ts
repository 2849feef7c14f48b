import type { AllocationMethod, ScenarioParameters } from '@waymark/contracts';
import { createHash } from 'node:crypto';
import type { ScoredApplication, Unit } from './allocation-work';
import { limitedGroups, sharingGroups } from './groups';

/**
 * Of what a scenario is computed from besides its parameters: who is in it, with exact scores, amounts and bar, and the groups
 * where the method looks at them. The same hash, and the same parameters, the same answer: it is compared before anything is
 * proposed, approved or published. By rank nobody's change of department makes a scenario stale.
 */
export const inputHash = (
  method: AllocationMethod,
  { groups: limits, shareBy }: Pick<ScenarioParameters, 'groups' | 'shareBy'>,
  applications: readonly ScoredApplication[],
  units: readonly Unit[],
): string => {
  const groups =
    method === 'equal-shares'
      ? sharingGroups(shareBy ?? 'unit', applications, units)
      : method === 'by-total' && limits.length > 0
        ? limitedGroups(limits, applications, units)
        : [];
  const hash = createHash('sha256');
  const lines = applications
    .map(({ id, sum, count, asked, least, bar }, at) => [id, sum, count, asked, least, bar, groups[at] ?? ''].join(' '))
    .sort();
  return hash.update(`waymark-allocation/1\n${lines.join('\n')}`).digest('hex');
};
