import { proposalStatuses } from '@waymark/contracts';
import { comingSteps, endingWords, standing } from './proposal-words';

const other = { id: '1', name: 'Anjali Anode', unit: null, grade: null, jobTitle: null, email: null };

describe('a proposal in words', () => {
  it('says something for each side in every status', () => {
    for (const status of proposalStatuses) {
      expect(standing('mentor', status, 'Anjali')).not.toBe('');
      expect(standing('mentee', status, 'Anjali')).not.toBe('');
    }
  });

  it('explains every ending, and nothing while it lives', () => {
    const ended = proposalStatuses.filter((status) => endingWords('mentee', status, 'Anjali') !== null);
    expect(ended).toEqual(['declined', 'expired', 'withdrawn', 'superseded']);
  });

  it('never tells the mentee the reason', () => {
    expect(JSON.stringify(endingWords('mentee', 'declined', 'Anjali'))).not.toContain('reason');
  });

  it('says what is to come, by whose turn it is', () => {
    expect(comingSteps({ status: 'proposed', agreement: null, side: 'mentor', other })[0]).toBe('You answer');
    expect(comingSteps({ status: 'proposed', agreement: null, side: 'mentee', other })[0]).toBe('Anjali Anode answers');
    const agreement = {
      goals: 'x',
      rhythm: 'monthly' as const,
      mode: 'either' as const,
      endsOn: '2026-11-01',
      writtenBy: 'me' as const,
    };
    expect(comingSteps({ status: 'accepted', agreement, side: 'mentor', other })[0]).toBe(
      'Anjali Anode confirms the agreement',
    );
    expect(comingSteps({ status: 'declined', agreement: null, side: 'mentor', other })).toEqual([]);
  });
});
