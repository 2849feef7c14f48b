import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ApplicationDraft, type ApplicationView, emptyDraft } from '@waymark/contracts';
import { DraftStore } from './draft-store';
import { FormState } from './form-state';

const id = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c11';
const question = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c12';
const draft = signal<ApplicationDraft>(emptyDraft());
const terms = {
  partAwards: true,
  caseWordsMost: 50,
  objectivesLeast: 2,
  questions: [{ id: question, label: 'Tried?', help: '', kind: 'long', required: false, wordsMost: 10, options: [] }],
};

let form: FormState;

beforeEach(() => {
  draft.set(emptyDraft());
  TestBed.configureTestingModule({
    providers: [
      FormState,
      {
        provide: DraftStore,
        useValue: { draft, change: (change: (before: ApplicationDraft) => ApplicationDraft) => draft.update(change) },
      },
    ],
  });
  form = TestBed.inject(FormState);
  form.view.set({ terms } as unknown as ApplicationView);
});

const cost = (amount: string): void =>
  form.change((before) => ({
    ...before,
    costs: [{ id, category: 'travel', what: 'Train', note: '', amount, foreign: null }],
  }));

describe('an amount in its place', () => {
  it.each([
    ['-5', 'The amount must be more than nothing.'],
    ['0.00', 'The amount must be more than nothing.'],
    ['1e9', 'Write an amount in pounds, as “1,200.00”.'],
    ['1,5', 'Write an amount in pounds, as “1,200.00”.'],
    ['10.005', 'An amount has whole pence: two places after the point.'],
    ['12345678901234567890', 'That is more than any fund holds. Look at the noughts.'],
  ])('%s is named, and stays as it was typed', (typed, words) => {
    cost(typed);
    expect(form.error('costs.0.amount')).toBe(words);
    expect(form.draft().costs[0]?.amount).toBe(typed);
  });

  it.each([
    ['£1,200.00', 120_000],
    ['1 200.5', 120_050],
    ['0.01', 1],
  ])('%s is read to the penny', (typed, pence) => {
    cost(typed);
    expect(form.error('costs.0.amount')).toBeNull();
    expect(form.asked()).toMatchObject({ askedPence: pence, exact: true });
  });

  it('is not called wrong while it is being typed', () => {
    form.typing.set('f-costs.0.amount');
    cost('1e');
    expect(form.error('costs.0.amount')).toBeNull();
    form.typing.set(null);
    expect(form.error('costs.0.amount')).not.toBeNull();
  });

  it('the least amount is at most what is asked', () => {
    cost('100');
    form.change((before) => ({ ...before, least: '100.01' }));
    expect(form.error('least')).toBe('That is more than the £100.00 you ask for.');
    form.change((before) => ({ ...before, least: '100' }));
    expect(form.error('least')).toBeNull();
  });

  it('confirmed funding is taken off, hoped-for funding is not', () => {
    cost('100');
    const other = (confirmed: boolean) =>
      form.change((before) => ({ ...before, otherFunding: [{ id, from: 'Society', amount: '40', confirmed }] }));
    other(false);
    expect(form.asked().askedPence).toBe(10_000);
    other(true);
    expect(form.asked().askedPence).toBe(6000);
  });
});

describe('what is not there yet', () => {
  it('is said once the person has gone on, not before', () => {
    expect(form.error('event.name')).toBeNull();
    form.leave('event');
    expect(form.error('event.name')).toBe('Give the event’s name.');
    expect(form.error('case')).toBeNull();
    form.leaveAll();
    expect(form.error('case')).toBe('Write your case.');
    expect(form.error('objectives')).toBe('Add another objective. The call asks for at least 2.');
  });

  it('is counted by the step it is in', () => {
    expect([...form.lacking()]).toEqual(['event', 'costs', 'case']);
  });
});

describe('words', () => {
  it('one too many is said, as many as there may be are not', () => {
    form.change((before) => ({ ...before, case: 'word '.repeat(50) }));
    expect(form.error('case')).toBeNull();
    form.change((before) => ({ ...before, case: 'word '.repeat(51) }));
    expect(form.error('case')).toBe('At most 50 words.');
  });

  it('each question has its own most', () => {
    form.answer(question, 'word '.repeat(11));
    expect(form.error(`answers.${question}`)).toBe('At most 10 words.');
  });
});
