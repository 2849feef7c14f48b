import { daysWords, followsWords, zoneGroups } from './settings-words';

describe('words of settings', () => {
  it.each([
    [1, '1 day'],
    [90, '90 days'],
    [365, '365 days (1 year)'],
    [730, '730 days (2 years)'],
    [3650, '3,650 days (10 years)'],
    [400, '400 days'],
  ])('%i days are “%s”', (days, words) => {
    expect(daysWords(days)).toBe(words);
  });

  const before = { nation: 'england-and-wales', timeZone: 'Europe/London' } as const;
  it('nothing follows where neither nation nor time zone changes', () => {
    expect(followsWords(before, { ...before })).toEqual([]);
  });
  it('another nation has other bank holidays; another time zone other days; what was set stays', () => {
    const nation = followsWords(before, { ...before, nation: 'scotland' });
    expect(nation).toHaveLength(2);
    expect(nation[0]).toContain('bank holidays of Scotland');
    const zone = followsWords(before, { ...before, timeZone: 'Europe/Dublin' });
    expect(zone[0]).toContain('Europe/Dublin');
    expect(zone.at(-1)).toContain('stay at the moment');
    expect(followsWords(before, { nation: 'scotland', timeZone: 'Europe/Dublin' })).toHaveLength(4);
  });

  it('time zones stand by their part of the world, with places as people write them', () => {
    const groups = zoneGroups(['America/Argentina/Salta', 'Europe/Isle_of_Man', 'Europe/London', 'UTC']);
    expect(groups.map(({ name }) => name)).toEqual(['America', 'Europe', 'Other']);
    expect(groups[0]?.zones).toEqual([{ value: 'America/Argentina/Salta', words: 'Argentina, Salta' }]);
    expect(groups[1]?.zones[0]?.words).toBe('Isle of Man');
  });
});
