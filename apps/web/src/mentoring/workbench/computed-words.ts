import { ReplayView, RunView } from '@waymark/contracts';
import { counted, figure } from '../../shell/words';

/** A time as people write it: "0.3 ms", "412 ms", "1.2 s". */
export const milliseconds = (elapsedMs: number): string =>
  elapsedMs < 10
    ? $localize`${elapsedMs.toFixed(1)}:time: ms`
    : elapsedMs < 1000
      ? $localize`${figure(Math.round(elapsedMs))}:time: ms`
      : $localize`${(elapsedMs / 1000).toFixed(1)}:time: s`;

/** What proves that nothing better exists by the run's method; for stable pairs, what being stable costs. */
export const proofWords = (run: RunView): string => {
  const checked = $localize`The result carries its proof, which was checked: no other result is better by this method, and the gap between them is 0.`;
  if (run.method !== 'stable')
    return run.choices.pinned > 0
      ? $localize`${checked}:proof: Pinned pairs were made first; the proof is for the rest.`
      : checked;
  const checkedStable = $localize`It was checked that no two people would both rather have each other.`;
  const stable =
    run.choices.pinned > 0
      ? $localize`${checkedStable}:proof: Pinned pairs were made first; that holds for the rest.`
      : checkedStable;
  const cost = run.stability;
  if (!cost) return stable;
  const pairs =
    cost.pairsFewer > 0
      ? $localize`${counted(cost.pairsFewer, $localize`pair`, $localize`pairs`)}:pairs: fewer`
      : $localize`as many pairs`;
  if (cost.pointsFewer === null)
    return $localize`${stable}:stable: Against most pairs and then most points, that is ${pairs}:pairs:. Points are not compared, because identity counts in this round.`;
  const points =
    cost.pointsFewer > 0
      ? $localize`${counted(cost.pointsFewer, $localize`point`, $localize`points`)}:points: fewer`
      : cost.pointsFewer === 0
        ? $localize`as many points`
        : $localize`${counted(-cost.pointsFewer, $localize`point`, $localize`points`)}:points: more`;
  return $localize`${stable}:stable: Against most pairs and then most points, that is ${pairs}:pairs: and ${points}:points:.`;
};

/** Whether a kept run came out the same again. */
export const replayWords = ({ sameInput, sameResult, engineVersion }: ReplayView): string => {
  if (!sameInput && engineVersion.run !== engineVersion.now)
    return $localize`What is computed from is not as it was then: people, places or pairs have changed, or the run's engine, ${engineVersion.run}:then:, wrote it down otherwise than this one, ${engineVersion.now}:now:. The result above is kept as it came out then.`;
  if (!sameInput)
    return $localize`People, places or pairs have changed since this run, so it cannot be computed again as it was. The result above is kept as it came out then.`;
  if (sameResult) return $localize`The people and rules are the same as then, and the very same pairs came out.`;
  return engineVersion.run === engineVersion.now
    ? $localize`The people and rules are the same as then, but other pairs came out. Please tell whoever looks after Waymark.`
    : $localize`The people and rules are the same as then, but other pairs came out: the run was made by ${engineVersion.run}:then:, and this is ${engineVersion.now}:now:.`;
};
