import { unlockGroups } from './unlock-groups';

const card = (id: string) => ({ id, name: id, unit: null, grade: null });
const unlock = (mentor: string, ...serves: string[]) => ({
  mentor: card(mentor),
  serves: serves.map(card),
  servesCount: serves.length,
});

describe('what one more place would unlock', () => {
  it('is said once for all mentors who would serve the same people, in whatever order they are named', () => {
    const groups = unlockGroups([unlock('m1', 'a', 'b'), unlock('m2', 'c'), unlock('m3', 'b', 'a')]);
    expect(groups.map(({ mentors, servesCount }) => [mentors.map(({ id }) => id), servesCount])).toEqual([
      [['m1', 'm3'], 2],
      [['m2'], 1],
    ]);
  });

  it('does not take for the same what is only listed alike', () => {
    const longer = { ...unlock('m2', 'a'), servesCount: 20 };
    expect(unlockGroups([unlock('m1', 'a'), longer])).toHaveLength(2);
  });
});
