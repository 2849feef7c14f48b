import type { DelegationsView } from '@waymark/contracts';
import { approverWords } from './delegate-words';

const mo = { id: 'm', name: 'Mo' };
const dee = { id: 'd', name: 'Dee' };
const una = { id: 'u', name: 'Una' };
type Approver = DelegationsView['approver'];

describe('who decides, in words', () => {
  it.each<[string, Approver, string, string]>([
    [
      'the line manager',
      { decides: mo, because: 'line-manager', inPlaceOf: null, passedOver: [] },
      'Mo decides on what you ask for, as line manager.',
      '',
    ],
    [
      'a delegate',
      { decides: dee, because: 'delegate', inPlaceOf: mo, passedOver: [{ person: mo, because: 'away' }] },
      'Dee decides on what you ask for, in place of Mo.',
      'Mo is away.',
    ],
    [
      'the next manager, since the delegate is the applicant',
      {
        ...{ decides: una, because: 'next-manager', inPlaceOf: null },
        passedOver: [
          { person: mo, because: 'away' },
          { person: dee, because: 'own-request' },
        ],
      },
      'Una decides on what you ask for, as the next manager up.',
      'Mo is away and Dee would decide on their own request.',
    ],
    [
      'nobody, where all have left',
      { decides: null, because: null, inPlaceOf: null, passedOver: [{ person: mo, because: 'left' }] },
      'Nobody can decide today: the coordinator names somebody.',
      'Mo has left.',
    ],
    [
      'nobody, without a manager',
      { decides: null, because: null, inPlaceOf: null, passedOver: [] },
      'Nobody can decide today: the coordinator names somebody.',
      'No line manager is recorded.',
    ],
  ])('%s', (_, approver, who, why) => {
    expect(approverWords(approver, true)).toEqual({ who, why });
  });

  it('speaks of others as others', () => {
    const { who } = approverWords({ decides: mo, because: 'line-manager', inPlaceOf: null, passedOver: [] }, false);
    expect(who).toContain('what they ask for');
  });
});
