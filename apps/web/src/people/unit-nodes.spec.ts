import { pathTo, unitNodes } from './unit-nodes';

const unit = (id: string, parentId: string | null, people: number) => ({ id, name: `Unit ${id}`, parentId, people });

describe('the tree of units', () => {
  const nodes = unitNodes([
    unit('b', null, 1),
    unit('a', null, 2),
    unit('a2', 'a', 3),
    unit('a1', 'a', 4),
    unit('a11', 'a1', 5),
    unit('lost', 'not there', 6),
  ]);

  it('stands in order of names, one without its parent at the top', () => {
    expect(nodes.map(({ id }) => id)).toEqual(['a', 'b', 'lost']);
    expect(nodes[0]?.below.map(({ id }) => id)).toEqual(['a1', 'a2']);
  });

  it('counts people of the units below too', () => {
    expect(nodes.map(({ people }) => people)).toEqual([14, 1, 6]);
    expect(nodes[0]?.below.map(({ people }) => people)).toEqual([9, 3]);
  });

  it('knows what stands above a unit', () => {
    expect(pathTo(nodes, 'a11').map(({ id }) => id)).toEqual(['a', 'a1', 'a11']);
    expect(pathTo(nodes, 'none')).toEqual([]);
  });
});
