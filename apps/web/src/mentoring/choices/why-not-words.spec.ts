import { WhyNotView, newRoundRules } from '@waymark/contracts';
import { whyNotWords } from './why-not-words';

const card = (name: string) => ({ id: '00000000-0000-4000-8000-000000000000', name, unit: null, grade: null });
const view = (answer: WhyNotView['answer']): WhyNotView => ({
  mentee: card('Anjali Anode'),
  mentor: card('Reed Reagent'),
  asRun: true,
  answer,
});
type Forced = NonNullable<Extract<WhyNotView['answer'], { kind: 'allowed' }>['forced']>;
const forced: Forced = {
  pinsGivingWay: 0,
  pairsLost: 0,
  pointsLost: 20,
  moves: [],
  moved: 0,
  byLot: false,
  onePlaceMore: false,
};
const allowed = (changes: Partial<Forced> = {}): WhyNotView['answer'] => ({
  kind: 'allowed',
  score: { score: 3, parts: [] },
  instead: [{ mentor: card('Mabel Mandrel'), score: 10, parts: [] }],
  holders: [{ mentee: card('Wren Lathe'), score: 12, parts: [], pinned: false }],
  forced: { ...forced, ...changes },
});
const words = (answer: WhyNotView['answer']) => {
  const { why, help } = whyNotWords(view(answer), newRoundRules);
  return [...why, ...help].join(' ');
};

describe('why not her?', () => {
  it('says both scores, who has the place, and what the round would lose', () => {
    expect(words(allowed())).toBe(
      'The two are allowed and would score 3. Anjali Anode has Mabel Mandrel with 10 instead. The places of Reed Reagent go to Wren Lathe with 12. Put together, the whole round would have as many pairs, but 20 points fewer. With more than 20 points on top, this pair would be in the best result. Pinning them puts them together whatever it costs.',
    );
  });

  it('says that pairs come first where one would be lost, and that one more place would do', () => {
    expect(words(allowed({ pairsLost: 1, pointsLost: null, onePlaceMore: true }))).toContain(
      'the whole round would have 1 pair fewer, and as many pairs as possible come first. One more place with this mentor would put them together.',
    );
  });

  it('says which way a pin would have to give, and what that would bring', () => {
    expect(words(allowed({ pinsGivingWay: 1, pointsLost: -20 }))).toContain(
      'To put them together, 1 pin would have to give way. The whole round would then have as many pairs, and 20 points more.',
    );
    expect(words(allowed({ pinsGivingWay: 1, pairsLost: -1, pointsLost: null }))).toContain('1 pair more');
  });

  it('says that lots decided', () => {
    expect(words(allowed({ pointsLost: 0, byLot: true }))).toContain('lots decided between them');
  });

  it('gives no points where identity counts', () => {
    expect(words(allowed({ pointsLost: null }))).toContain('identity counts in this round and is never shown');
  });

  it('never tells an exclusion from other private things', () => {
    const said = words({ kind: 'kept-apart', by: 'other' });
    expect(said).toContain('Waymark never says which');
    expect(said).not.toMatch(/exclu/i);
  });
});
