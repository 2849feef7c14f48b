import type { AwardView } from '@waymark/contracts';
import { decisionWords } from './award-words';

const award = (facts: Partial<AwardView>): AwardView => ({
  id: '019a0000-0000-7000-8000-000000000001',
  award: 'RSciTech',
  body: 'Science Council',
  number: null,
  awardedOn: '2024-03-01',
  validTo: null,
  status: 'declared',
  decidedBy: null,
  decidedAt: null,
  rejectedFor: null,
  version: 1,
  ...facts,
});
const dates = { dayOf: () => 'Tuesday 2 April 2024' };
const decided = { decidedBy: 'Ver Ifier', decidedAt: '2024-04-02T12:00:00.000Z' };

describe('what became of an award', () => {
  it('is nothing while nobody has decided', () => {
    expect(decisionWords(award({}), dates)).toBeNull();
  });
  it('says who checked it and when', () => {
    expect(decisionWords(award({ status: 'verified', ...decided }), dates)).toBe(
      'Checked on Tuesday 2 April 2024 by Ver Ifier.',
    );
  });
  it('says why it was not confirmed', () => {
    expect(decisionWords(award({ status: 'rejected', rejectedFor: 'not-in-register', ...decided }), dates)).toBe(
      'Not found in the register. Checked on Tuesday 2 April 2024 by Ver Ifier.',
    );
  });
});
