import { RoundRules, ScorePart } from '@waymark/contracts';
import { gradeStepsWords } from '../rules/grade-words';
import { listed, sentenceCase } from '../words';

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
  ...(rules.points.waiting > 0 ? [{ key: keyOf('waiting', null), label: $localize`Waiting`, of: 0 }] : []),
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

/** Why a part gave points: "2 grades above", "profession in common: Policy". */
export const partReason = (part: ScorePart): string => {
  if (part.part === 'grade') {
    const steps = Number(part.because[0]);
    return Number.isInteger(steps)
      ? $localize`The mentor is ${gradeStepsWords(steps)}:steps:`
      : $localize`Their grades fit together`;
  }
  if (part.part === 'waiting') {
    const rounds = Number(part.because[0]);
    if (!Number.isInteger(rounds)) return $localize`The mentee has waited`;
    return rounds === 1
      ? $localize`The mentee has waited 1 round`
      : $localize`The mentee has waited ${rounds}:rounds: rounds`;
  }
  const name = part.attribute ?? '';
  return part.because.length === 0
    ? $localize`The same ${name}:attribute:`
    : $localize`The same ${name}:attribute:: ${listed(part.because)}:values:`;
};
