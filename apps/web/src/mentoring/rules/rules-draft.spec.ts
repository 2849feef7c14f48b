import { newRoundRules } from '@waymark/contracts';
import { draftOf, problemsFromServer, readDraft, withGradeRow, withSharedRow } from './rules-draft';

describe('the draft of the rules', () => {
  const draft = draftOf(newRoundRules);

  it('reads back as the rules it was made from', () => {
    expect(readDraft(draft).rules).toEqual(newRoundRules);
  });

  it('keeps what was typed and says at which control it is wrong', () => {
    const read = readDraft({ ...draft, placesLimited: true, placesAtMost: '12', waiting: 'ten' });
    expect(read.rules).toBeNull();
    expect(read.problems.map((problem) => problem.control)).toEqual(['rules-places', 'rules-waiting']);
  });

  it('refuses a range that runs backwards at its first control', () => {
    const read = readDraft({ ...draft, gradesLimited: true, gradeFrom: 2, gradeTo: 1 });
    expect(read.problems.map((problem) => problem.control)).toEqual(['rules-grade-from']);
  });

  it('refuses blank points at their row, whatever its place', () => {
    const grown = withGradeRow(withGradeRow(draft));
    const read = readDraft({
      ...grown,
      grade: grown.grade.map((row, at) => ({ ...row, points: at === 0 ? '9' : '' })),
    });
    expect(read.problems).toEqual([
      { control: 'rules-grade-points-1', text: 'Give the points for 2 grades above as a whole number from 0 to 1,000' },
    ]);
  });

  it('refuses a step and an attribute that stand twice, at the second', () => {
    const grade = [
      { key: 4, steps: 1, points: '1' },
      { key: 7, steps: 1, points: '2' },
    ];
    expect(readDraft({ ...draft, grade }).problems[0]?.control).toBe('rules-grade-steps-7');
    const twice = withSharedRow(draft, ' Skills ');
    const shared = twice.shared.map((row) => ({ ...row, points: '3' }));
    expect(readDraft({ ...draft, shared }).problems[0]?.control).toBe('rules-shared-1');
  });

  it('offers the next step inside the allowed grades', () => {
    const limited = { ...draft, gradesLimited: true, gradeFrom: 1, gradeTo: 2 };
    const steps = withGradeRow(withGradeRow(limited)).grade.map((row) => row.steps);
    expect(steps).toEqual([1, 2]);
  });

  it('puts what the server found at the same controls', () => {
    expect(problemsFromServer(draft, [{ path: 'rules.points.identity', code: 'too_big' }])[0]?.control).toBe(
      'rules-identity',
    );
    expect(problemsFromServer(draft, [{ path: 'name', code: 'too_small' }])).toEqual([]);
  });
});
