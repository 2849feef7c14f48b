import { withSkill, withoutSkill } from './skill-list';

describe('a list of skills', () => {
  it.each<[string, string[], string, string[]]>([
    ['one more', ['Welding'], 'Laser safety', ['Welding', 'Laser safety']],
    ['the same in other capitals is there already', ['Welding'], ' welding ', ['Welding']],
    ['spaces are put in order', [], '  Vacuum   systems ', ['Vacuum systems']],
    ['blank is nothing', ['Welding'], '   ', ['Welding']],
  ])('%s', (_, skills, added, list) => {
    expect(withSkill(skills, added)).toEqual(list);
  });

  it('loses one, whatever its capitals', () => {
    expect(withoutSkill(['Welding', 'Laser safety'], 'WELDING')).toEqual(['Laser safety']);
  });
});
