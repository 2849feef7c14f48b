import { MatchingMethod, WhyNotView, newRoundRules } from '@waymark/contracts';
import { movesNote, whyNotWords } from './why-not-words';

const card = (name: string) => ({ id: '00000000-0000-4000-8000-000000000000', name, unit: null, grade: null });
const view = (answer: WhyNotView['answer']): WhyNotView => ({
  mentee: card('Anjali Anode'),
  mentor: card('Reed Reagent'),
  asRun: true,
  answer,
});
type Forced = Extract<WhyNotView['answer'], { kind: 'allowed' }>['forced'];
const forced: Forced = {
  pinsGivingWay: 0,
  pairsLost: 0,
  pointsLost: 20,
  floor: null,
  moves: [],
  moved: 0,
  inTurn: true,
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
const words = (answer: WhyNotView['answer'], method: MatchingMethod = 'pairs-total', mayPin = true) => {
  const { why, help } = whyNotWords(view(answer), { ...newRoundRules, method }, mayPin);
  return [...why, ...help].join(' ');
};

describe('why not her?', () => {
  it('says both scores, who has the place, and what the round would lose', () => {
    expect(words(allowed())).toBe(
      'The two are allowed and would score 3. Anjali Anode has Mabel Mandrel with 10 instead. Reed Reagent has Wren Lathe with 12. Put together, the whole round would have as many pairs, but 20 points fewer. With more than 20 points on top, this pair would be in the best result. Pinning them puts them together whatever it costs.',
    );
  });

  it('advises a pin only where one may be made', () => {
    expect(words(allowed(), 'pairs-total', false)).not.toContain('Pinning');
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

  it('says what becomes of the lowest score', () => {
    expect(words(allowed({ floor: { now: 9, then: 3 } }))).toContain('The lowest score would fall from 9 to 3.');
    expect(words(allowed({ floor: { now: 3, then: 9 } }))).toContain('The lowest score would rise from 3 to 9.');
    expect(words(allowed({ floor: { now: 3, then: 3 } }))).not.toContain('lowest score');
  });

  it('says what comes before points, where the round would have more of them', () => {
    expect(words(allowed({ pointsLost: -2 }), 'pairs-floor-total')).toContain(
      'as many pairs, and 2 points more. By this method the lowest score comes before the points of all.',
    );
    expect(words(allowed({ pointsLost: -2 }), 'pairs-dissatisfaction')).toContain('one large shortfall counts more');
    expect(words(allowed({ pairsLost: -1, pointsLost: 4 }), 'total')).toContain(
      'the whole round would have 1 pair more and 4 points fewer.',
    );
  });

  it('promises a place for more points only where points decide', () => {
    expect(words(allowed())).toContain('With more than 20 points on top');
    expect(words(allowed(), 'pairs-floor-total')).not.toContain('on top');
    expect(words(allowed(), 'stable')).not.toContain('on top');
  });

  it('says that the moves follow from one another, and how many are not listed', () => {
    const move = { mentee: card('Anjali Anode'), from: [], to: [card('Reed Reagent')] };
    expect(movesNote({ ...forced, moves: [move, move], moved: 3 })).toBe(
      'In turn: each takes the place that somebody before them gives up. 1 more is not listed here.',
    );
    expect(movesNote({ ...forced, moves: [move], moved: 1 })).toBe('');
  });

  it('says that lots decided', () => {
    expect(words(allowed({ pointsLost: 0, byLot: true }))).toContain('lots decided between them');
    expect(words(allowed({ pointsLost: 0, byLot: true }), 'stable')).not.toContain('By this method');
    expect(words(allowed({ pointsLost: -15, byLot: true }), 'stable')).toContain(
      'as many pairs, and 15 points more. Both results are stable, and lots decided between them.',
    );
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
