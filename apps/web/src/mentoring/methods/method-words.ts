import { MatchingMethod } from '@waymark/contracts';

export interface MethodWords {
  /** A few words for lists and headings. */
  name: string;
  /** What comes first, in one sentence. */
  says: string;
  /** For whom it is good. */
  goodFor: string;
}

export const methodWords: Readonly<Record<MatchingMethod, MethodWords>> = {
  'pairs-total': {
    name: $localize`Most pairs, then most points`,
    says: $localize`As many pairs as possible are made; of all ways to do that, the one with the most points in all is taken.`,
    goodFor: $localize`Good for the round as a whole: one pair may score low so that others score high.`,
  },
  'pairs-floor-total': {
    name: $localize`Most pairs, then the highest floor`,
    says: $localize`As many pairs as possible are made, then the lowest score is lifted as high as it can be, then the most points are taken.`,
    goodFor: $localize`Good for whoever would otherwise get the poorest pair.`,
  },
  'pairs-dissatisfaction': {
    name: $localize`Most pairs, then no great shortfalls`,
    says: $localize`As many pairs as possible are made, then one large shortfall from the most points possible counts more than several small ones.`,
    goodFor: $localize`Good for an even result, in which nobody is much worse off than the others.`,
  },
  total: {
    name: $localize`Most points alone`,
    says: $localize`The points of all pairs together come first, even where fewer people are paired.`,
    goodFor: $localize`Good for those who fit well; whoever fits less well may get nobody.`,
  },
  stable: {
    name: $localize`Stable pairs`,
    says: $localize`No mentee and mentor are kept apart who would both score more together than in the pairs they have.`,
    goodFor: $localize`Good for people who would otherwise arrange it between themselves; fewer may be paired.`,
  },
};

/** Whether a method pairs as many people as possible, so that one more place can be said to serve somebody. */
export const seeksMostPairs = (method: MatchingMethod): boolean => method.startsWith('pairs-');
