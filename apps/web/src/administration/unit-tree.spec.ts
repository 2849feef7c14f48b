import type { UnitOfTree } from '@waymark/contracts';
import { linesFound, unitLines, withinUnit } from './unit-tree';

const unit = (id: string, parentId: string | null, active = 0): UnitOfTree => ({
  id,
  name: id,
  parentId,
  people: active,
  active,
  version: 1,
});
const units = [
  unit('Labs', 'Science', 3),
  unit('Arts', null, 1),
  unit('Science', null, 2),
  unit('Chemistry', 'Science'),
  unit('Organic', 'Chemistry', 5),
];

describe('the tree of units', () => {
  it('stands with each unit before those below it, by name, with who is within', () => {
    expect(unitLines(units).map(({ name, depth, below, activeWithin }) => [name, depth, below, activeWithin])).toEqual([
      ['Arts', 0, 0, 1],
      ['Science', 0, 2, 10],
      ['Chemistry', 1, 1, 5],
      ['Organic', 2, 0, 5],
      ['Labs', 1, 0, 3],
    ]);
  });

  it('shows a unit whose parent is not there at the top', () => {
    expect(unitLines([unit('Lost', 'gone')])).toMatchObject([{ name: 'Lost', depth: 0 }]);
  });

  it('a unit holds itself and everything below', () => {
    expect([...withinUnit(units, 'Science')].sort()).toEqual(['Chemistry', 'Labs', 'Organic', 'Science']);
    expect([...withinUnit(units, 'Arts')]).toEqual(['Arts']);
  });

  it('what is found is shown with what lies above it', () => {
    expect(linesFound(unitLines(units), 'ORG').map(({ name }) => name)).toEqual(['Science', 'Chemistry', 'Organic']);
    expect(linesFound(unitLines(units), 'none')).toEqual([]);
    expect(linesFound(unitLines(units), ' ')).toHaveLength(5);
  });
});
