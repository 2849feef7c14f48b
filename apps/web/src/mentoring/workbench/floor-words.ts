import { FloorView, RunView } from '@waymark/contracts';
import { counted, figure, someNames } from '../../shell/words';

/** "The lowest score is 9. Anjali Anode with Mabel Mandrel has it." */
export const floorSentence = ({ lowest, pairs, pairsCount }: FloorView): string => {
  if (lowest === null) return $localize`Nobody is paired, so there is no lowest score.`;
  const names = pairs.map(({ mentee, mentor }) => $localize`${mentee.name}:mentee: with ${mentor.name}:mentor:`);
  return pairsCount === 1
    ? $localize`The lowest score is ${figure(lowest)}:score:. One pair has it: ${names.join()}:pair:.`
    : $localize`The lowest score is ${figure(lowest)}:score:. ${figure(pairsCount)}:count: pairs have it: ${someNames(names, pairsCount)}:pairs:.`;
};

/** What proves that the floor is as high as it can be; null where the run's method does not lift it, or nothing may be told. */
export const floorProof = (run: RunView): string | null => {
  if (run.method !== 'pairs-floor-total' || run.lowest === null) return null;
  if (run.pairsAboveLowest === null)
    return run.rules.points.identity > 0
      ? $localize`No floor could be higher without fewer pairs. Where identity counts it is lifted with the identity points, which are never shown.`
      : null;
  const than = figure(run.lowest);
  const pinned = run.choices.pinned - (run.pinsNotKept ?? 0) > 0;
  const most = counted(run.pairsAboveLowest, $localize`pair`, $localize`pairs`);
  return pinned
    ? $localize`Apart from the pinned pairs, the lowest score could not be higher without fewer pairs.`
    : $localize`It could not be higher without fewer pairs: if every pair had to score more than ${than}:score:, there could be ${most}:pairs: at most, and there are ${figure(run.count ?? 0)}:count:.`;
};

/** A share cut to one decimal, never rounded up. */
export const shareWords = (part: number, all: number): string => {
  if (all === 0) return '–';
  const cut = Math.floor((1000 * part) / all) / 10;
  return `${new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(cut)}%`;
};
