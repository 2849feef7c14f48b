import { importFileBytesMax } from '@waymark/contracts';
import { applyWords, changeWords, changesNothing, fileRefusal, readingWords, sizeWords, toLoad } from './import-words';

describe('an import in words', () => {
  it.each([
    [0, '0 bytes'],
    [12_400, '12 kB'],
    [4_194_304, '4.2 MB'],
  ])('says %i bytes as “%s”', (bytes, text) => expect(sizeWords(bytes)).toBe(text));

  it('counts what would be loaded, without the refused', () => {
    expect(toLoad({ new: 40, changed: 5, unchanged: 3, refused: 2, newUnits: [] })).toBe(48);
    expect(applyWords('mentors', 50)).toBe('Load 50 mentors');
    expect(applyWords('mentees', 1)).toBe('Load 1 mentee');
  });

  it('says what differs', () => {
    expect(changeWords({ field: 'grade', from: 'AO', to: 'EO' })).toBe('Grade: EO instead of AO');
    expect(changeWords({ field: 'profession', from: null, to: 'Policy' })).toBe('Profession: Policy');
  });

  it('says when loading would change nobody, unless identity is in the file', () => {
    const preview = { new: 0, changed: 0, unchanged: 50, refused: 0, newUnits: [] };
    expect(changesNothing({ preview, mapping: [] })).toBe(true);
    expect(changesNothing({ preview: { ...preview, changed: 1 }, mapping: [] })).toBe(false);
    expect(changesNothing({ preview, mapping: [{ column: 0, field: 'identity', attribute: null }] })).toBe(false);
  });

  it('says how the file was read', () => {
    expect(readingWords({ separator: ';', encoding: 'windows-1252' })).toBe('semicolons between cells, windows-1252');
  });

  it('refuses a file early that cannot be read', () => {
    expect(fileRefusal({ name: 'mentors.csv', size: 9_000 }, importFileBytesMax)).toBeNull();
    expect(fileRefusal({ name: 'mentors.csv', size: 0 }, importFileBytesMax)).toContain('is empty');
    expect(fileRefusal({ name: 'mentors.XLSX', size: 10 }, importFileBytesMax)).toContain('is not a CSV file');
    expect(fileRefusal({ name: 'mentors.csv', size: 5_000_000 }, importFileBytesMax)).toContain('5 MB');
  });
});
