import { newMentorWords } from './new-mentor-words';

describe('a mentor who is not there yet', () => {
  it.each<[string | null, string | null, string[], string]>([
    ['skills', 'Welding', [], 'With skills “Welding”'],
    ['skills', 'Welding', ['Grade 7'], 'With skills “Welding”, at Grade 7'],
    [null, null, ['HEO', 'SEO', 'Grade 7', 'Grade 6'], 'At HEO, SEO, Grade 7 and 1 other'],
    [null, null, [], 'Of any kind'],
  ])('with %s %s and grades %j is “%s”', (attribute, value, grades, words) => {
    expect(newMentorWords({ attribute, value, grades })).toBe(words);
  });
});
