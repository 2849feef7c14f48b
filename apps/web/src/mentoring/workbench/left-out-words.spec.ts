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
    });
    expect(reasonPlate(competing)).toBe('5 people for 2 places');
    expect(reasonSentence(competing)).toBe(
      'Competes with 4 other people for 2 places with Skye Stirrer and Mei Manometer.',
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
