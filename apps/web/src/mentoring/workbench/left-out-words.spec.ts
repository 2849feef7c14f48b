import { LeftOutRow, newRoundRules } from '@waymark/contracts';
import { blockedSentence, reasonPlate, reasonSentence, waitedWords } from './left-out-words';

const card = (name: string) => ({ id: '00000000-0000-4000-8000-000000000000', name, unit: null, grade: null });
const blocked = { allowed: 8, managementChain: 1, sameUnit: 12, gradeSteps: 29, forbidden: 0, other: 0, noPlaces: 0 };
const row = (reason: LeftOutRow['reason'], over = blocked): LeftOutRow => ({
  mentee: card('Ash Autoclave'),
  waited: 1,
  reason,
  blocked: over,
});

describe('why somebody is left out', () => {
  it('counts who competes for what', () => {
    const competing = row({
      kind: 'competition',
      people: 5,
      places: 2,
      mentors: [card('Skye Stirrer'), card('Mei Manometer')],
      short: null,
    });
    expect(reasonPlate(competing)).toBe('5 people for 2 places');
    expect(reasonSentence(competing)).toBe(
      'Competes with 4 other people for 2 places with Skye Stirrer and Mei Manometer.',
    );
  });

  it('says how many points were lacking, and with whom; that lots decided where it was none', () => {
    const short = (points: number) => ({ points, mentor: card('Skye Stirrer') });
    const competing = (points: number) =>
      row({ kind: 'competition', people: 2, places: 1, mentors: [card('Skye Stirrer')], short: short(points) });
    expect(reasonSentence(competing(5))).toBe(
      'Competes with 1 other person for 1 place with Skye Stirrer. Lacks 5 points with Skye Stirrer: with more than that on top, a place would go to this person.',
    );
    expect(reasonSentence(competing(0))).toContain('would be just as good: lots decided');
    expect(reasonPlate(row({ kind: 'others-preferred', short: short(1) }))).toBe('1 point short');
    expect(reasonPlate(row({ kind: 'fewer-points', short: null }))).toBe('Others score more with the mentors allowed');
  });

  it('says when every pair allowed is below the floor', () => {
    const below = row({ kind: 'below-floor', mentor: card('Skye Stirrer') });
    expect(reasonSentence(below)).toBe(
      'By this method nobody scores less than the floor. The best pair allowed, with Skye Stirrer, would.',
    );
  });

  it('says when the rules keep everybody away', () => {
    const kept = row({ kind: 'no-mentor-allowed' }, { ...blocked, allowed: 0 });
    expect(reasonPlate(kept)).toBe('42 of 42 mentors kept away by the rules');
  });

  it('says when nobody has a place', () => {
    expect(reasonPlate(row({ kind: 'no-places' }))).toBe('No place with any mentor allowed');
  });

  it('names only the rules that keep somebody away, with the range of grades', () => {
    const rules = { ...newRoundRules, never: { ...newRoundRules.never, gradeSteps: { from: 1, to: 2 } } };
    expect(blockedSentence(blocked, rules)).toBe(
      'Of 50 mentors: 1: same management chain; 12: same unit; 29: not 1 to 2 grades above; 8 allowed.',
    );
  });

  it.each([
    [0, 'first round'],
    [1, 'has waited 1 round'],
    [3, 'has waited 3 rounds'],
  ])('says a wait of %i as “%s”', (rounds, text) => {
    expect(waitedWords(rounds)).toBe(text);
  });
});
