import { ProposalView, RoundRules, ScorePart } from '@waymark/contracts';
import { gradeStepsWords } from '../rules/grade-words';
import { counted, listed, sentenceCase } from '../../shell/words';

/** A part of a score as the bar shows it: always the same parts in the same order, so that a colour means one thing. */
export interface ShownPart {
  label: string;
  points: number;
  of: number;
}

const keyOf = (part: ScorePart['part'], attribute: string | null): string =>
  `${part}:${(attribute ?? '').toLowerCase()}`;

/** The parts that these rules can give, with the most each can give; waiting has no most. */
const partsOfRules = (rules: RoundRules): { key: string; label: string; of: number }[] => [
  ...(rules.points.grade.length > 0
    ? [
        {
          key: keyOf('grade', null),
          label: $localize`Grade`,
          of: Math.max(...rules.points.grade.map((row) => row.points)),
        },
      ]
    : []),
  ...rules.points.shared.map((row) => ({
    key: keyOf('shared', row.attribute),
    label: sentenceCase(row.attribute),
    of: row.points,
  })),
  ...(rules.points.waiting > 0 || rules.points.patience !== null
    ? [{ key: keyOf('waiting', null), label: $localize`Waiting`, of: 0 }]
    : []),
];

/** A pair's parts laid out by the rules, with 0 for a part that gave nothing; waiting, which is last, only where it did. */
export const shownParts = (rules: RoundRules, parts: readonly ScorePart[]): ShownPart[] => {
  const given = new Map(parts.map((part) => [keyOf(part.part, part.attribute), part]));
  return partsOfRules(rules)
    .map(({ key, label, of }) => {
      const part = given.get(key);
      return { label, points: part?.points ?? 0, of: Math.max(of, part?.of ?? 0, part?.points ?? 0) };
    })
    .filter((part) => part.of > 0);
};

/** The legend above the pairs: each part with the most it can give. */
export const legendOf = (rules: RoundRules): { label: string; series: number }[] =>
  partsOfRules(rules).map(({ label, of }, at) => ({
    label: of > 0 ? $localize`${label}:part:, of ${of}:points:` : label,
    series: (at % 5) + 1,
  }));

/** Why a part gave points, addressed to one of the two: "You are 2 grades above", "You have waited 1 round". */
export const reasonFor = (part: ScorePart, side: ProposalView['side'], paired: boolean): string => {
  const mentor = side === 'mentor';
  if (part.part === 'grade') {
    const steps = Number(part.because[0]);
    if (!Number.isInteger(steps)) return $localize`Your grades fit together`;
    if (steps === 0) return $localize`You have the same grade`;
    const above = gradeStepsWords(steps);
    if (mentor) return $localize`You are ${above}:steps:`;
    return paired ? $localize`Your mentor is ${above}:steps:` : $localize`Your mentor would be ${above}:steps:`;
  }
  if (part.part === 'waiting') {
    const rounds = Number(part.because[0]);
    if (!Number.isInteger(rounds)) return mentor ? $localize`The mentee has waited` : $localize`You have waited`;
    const waited = counted(rounds, $localize`round`, $localize`rounds`);
    return mentor ? $localize`The mentee has waited ${waited}:rounds:` : $localize`You have waited ${waited}:rounds:`;
  }
  const name = part.attribute ?? '';
  return part.because.length === 0
    ? $localize`You share the same ${name}:attribute:`
    : $localize`The same ${name}:attribute:: ${listed(part.because)}:values:`;
};
