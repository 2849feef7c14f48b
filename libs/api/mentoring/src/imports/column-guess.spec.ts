import { describe, expect, it } from '@jest/globals';
import type { Side } from '@waymark/contracts';
import { guessMapping, isPrivate } from './column-guess';

const guess = (side: Side, ...headings: string[]) =>
  guessMapping(headings, side).map(({ field, attribute }) => (attribute === null ? field : `${field} ${attribute}`));

describe('the guess of what columns mean', () => {
  it('reads the headings of the public scheme', () => {
    expect(
      guess(
        'mentees',
        'first name',
        'last name',
        'email address',
        'both mentor and mentee',
        'job title',
        'grade',
        'organisation',
        'profession',
        'match with similar identity',
        'identity to match',
        'biography',
      ),
    ).toEqual([
      'given-name',
      'family-name',
      'email',
      'leave-out',
      'job-title',
      'grade',
      'unit',
      'attribute profession',
      'leave-out',
      'identity',
      'leave-out',
    ]);
    expect(guess('mentors', 'characteristics')).toEqual(['identity']);
  });

  it.each([
    ['Forename', 'given-name'],
    ['Surname', 'family-name'],
    ['Full name', 'full-name'],
    ['E-Mail', 'email'],
    ['Work_Email', 'email'],
    ['Job role', 'job-title'],
    ['Department', 'unit'],
    ['Pay grade', 'grade'],
    ['Capacity', 'places'],
    ['Skills', 'attribute skills'],
    ['Skill', 'attribute skills'],
    ['Campus', 'attribute campus'],
    ["Line manager's email", 'leave-out'],
    ['Comments', 'leave-out'],
    ['Disability', 'leave-out'],
  ])('takes “%s” of mentors for %s', (heading, field) => expect(guess('mentors', heading)).toEqual([field]));

  it('gives a meaning once, to the first', () => {
    expect(guess('mentors', 'Email', 'E-mail', 'Name', 'First name', 'Last name', 'Skills', 'Skills (2)')).toEqual([
      'email',
      'leave-out',
      'leave-out',
      'given-name',
      'family-name',
      'attribute skills',
      'leave-out',
    ]);
  });

  it('takes a question that asks for leave as the leave, of mentees', () => {
    expect(guess('mentees', 'Do you consent to be matched on your identity?')).toEqual(['identity-wish']);
    expect(guess('mentees', 'Places')).toEqual(['leave-out']);
  });

  it.each([
    'characteristics',
    'Identity to match',
    'match with similar identity',
    'Ethnicity',
    'Ethnic group',
    'Gender',
    'Disabled?',
    'Sexual orientation',
    'Religion or belief',
    'biography',
    'About me',
    'Tell us about yourself',
    'Pronouns',
    'Age',
    'Notes',
  ])('never shows what stands under “%s”', (heading) => expect(isPrivate(heading)).toBe(true));
  it.each([
    'first name',
    'E-mail',
    'job title',
    'grade',
    'organisation',
    'profession',
    'Skills',
    'Places',
    'Stage',
    'Language',
    'Trace analysis',
  ])('shows what stands under “%s”', (heading) => expect(isPrivate(heading)).toBe(false));
});
