import { RunStatus, RunView } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';
import { counted, figure } from '../../shell/words';

export const runStatusWords: Readonly<Record<RunStatus, StatusWords>> = {
  queued: { text: $localize`Waiting`, tone: 'wait', icon: 'hourglass' },
  matching: { text: $localize`Matching`, tone: 'wait', icon: 'hourglass' },
  done: { text: $localize`Done`, tone: 'ok', icon: 'tick' },
  failed: { text: $localize`Failed`, tone: 'bad', icon: 'octagon' },
  cancelled: { text: $localize`Stopped`, tone: 'draft', icon: 'close' },
};

export const running = (run: RunView): boolean => run.status === 'queued' || run.status === 'matching';

/** The run a person most likely wants: the released one, else the newest finished, else the newest. */
export const runToShow = (
  runs: readonly RunView[],
  asked: string | undefined,
  releasedId: string | null,
): RunView | null => {
  const newestFirst = [...runs].sort((a, b) => b.number - a.number);
  return (
    newestFirst.find((run) => run.id === asked) ??
    newestFirst.find((run) => run.id === releasedId) ??
    newestFirst.find((run) => run.status === 'done') ??
    newestFirst[0] ??
    null
  );
};

/** "one more than run 3", "as in run 3"; empty where there is nothing to compare with. */
export const comparedWith = (value: number | null, before: number | null, number: number): string => {
  if (value === null || before === null) return '';
  if (value === before) return $localize`as in run ${number}:run:`;
  return $localize`${figure(before)}:before: in run ${number}:run:`;
};

export interface RunFigure {
  term: string;
  value: string;
  note: string;
}

/** The figures of a finished run. */
export const runFigures = (run: RunView, before: RunView | null): RunFigure[] => {
  const beside = (now: number | null, then: number | null) => (before ? comparedWith(now, then, before.number) : '');
  return [
    {
      term: $localize`Paired, run ${run.number}:run:`,
      value: $localize`${figure(run.menteesPaired ?? 0)}:paired: of ${figure(run.mentees)}:all:`,
      note:
        beside(run.menteesPaired, before?.menteesPaired ?? null) ||
        counted(run.count ?? 0, $localize`pair`, $localize`pairs`),
    },
    {
      term: $localize`Left out`,
      value: figure(run.leftOut ?? 0),
      note:
        beside(run.leftOut, before?.leftOut ?? null) ||
        (run.leftOut === 0 ? $localize`everybody has a mentor` : $localize`each with what blocks them, below`),
    },
    {
      term: $localize`Lowest score`,
      value: run.lowest === null ? $localize`none` : $localize`${figure(run.lowest)}:score: of ${figure(run.of)}:most:`,
      note:
        beside(run.lowest, before?.lowest ?? null) ||
        (run.highest === null ? '' : $localize`highest ${figure(run.highest)}:score:`),
    },
    ...(run.leftOut
      ? [
          {
            term: $localize`Longest wait among those left out`,
            value:
              run.longestWait === null
                ? $localize`none`
                : counted(run.longestWait, $localize`round`, $localize`rounds`),
            note: $localize`before this round`,
          },
        ]
      : []),
    totalFigure(run, beside(run.total, before?.total ?? null)),
  ];
};

/** Where the total would give away what people said of their identity, the shown points stand alone, and it is said. */
const totalFigure = (run: RunView, beside: string): RunFigure =>
  run.total === null
    ? {
        term: $localize`Points of all pairs`,
        value: figure(run.shownTotal ?? 0),
        note: $localize`without identity points, which are never shown`,
      }
    : {
        term: $localize`Points of all pairs`,
        value: figure(run.total),
        note:
          beside ||
          (run.shownTotal !== null && run.shownTotal !== run.total
            ? $localize`with identity points; ${figure(run.shownTotal)}:shown: without`
            : ''),
      };
