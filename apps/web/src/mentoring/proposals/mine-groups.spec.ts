import { MyProposals, ProposalStatus } from '@waymark/contracts';
import { mineGrouped } from './mine-groups';

type Row = MyProposals['proposals'][number];
const row = (id: string, side: Row['side'], status: ProposalStatus, answerBy: string | null = null): Row => ({
  id,
  side,
  status,
  over: false,
  answerBy,
  round: 'Spring 2026',
  at: '2026-04-17T09:00:00.000Z',
  other: { id, name: id, unit: null, grade: null },
});

describe('my proposals', () => {
  it('begin with what waits for me, the earliest date first', () => {
    const groups = mineGrouped([
      row('over', 'mentee', 'declined'),
      row('asked', 'mentee', 'proposed'),
      row('later', 'mentor', 'proposed', '2026-05-02T22:59:59.000Z'),
      row('sooner', 'mentee', 'accepted', '2026-05-01T22:59:59.000Z'),
      row('pair', 'mentor', 'agreed'),
    ]);
    expect(groups.map((group) => group.rows.map((each) => each.id))).toEqual([
      ['sooner', 'later'],
      ['asked'],
      ['pair'],
      ['over'],
    ]);
    expect(groups.map((group) => group.mine)).toEqual([true, false, false, false]);
  });

  it('leave empty groups out', () => expect(mineGrouped([])).toEqual([]));
});
