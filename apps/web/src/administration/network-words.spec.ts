import { networkActs } from '@waymark/contracts';
import { historyWords, leavingWords } from './network-words';

const member = { id: 'a', name: 'A', joinedAt: '2026-01-01T00:00:00Z', own: true };
const invitation = {
  id: 'i',
  email: 'a@b.example',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-31T00:00:00Z',
};

describe('words of networks', () => {
  it.each(networkActs.map((act) => [act]))('%s says what happened, whether the network is known or not', (act) => {
    expect(historyWords({ act, network: 'North' })).not.toBe('');
    expect(historyWords({ act, network: null })).not.toContain('null');
  });

  it('leaving says what follows for the others, and that one’s own rounds go on', () => {
    const lines = leavingWords({ members: [member, { ...member, id: 'b', own: false }], invitations: [] });
    expect(lines[0]).toContain('The others stay');
    expect(lines.join(' ')).toContain('rounds, pairs and records go on');
    expect(lines).toHaveLength(3);
  });

  it('the last one to leave closes it; open invitations are withdrawn', () => {
    const lines = leavingWords({ members: [member], invitations: [invitation] });
    expect(lines[0]).toContain('closed');
    expect(lines.at(-1)).toContain('withdrawn');
  });
});
