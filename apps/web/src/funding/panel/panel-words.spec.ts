import { calibrationWords, offsetOf, scoreOf } from './panel-words';

describe('scores in words', () => {
  it('tenths are shown with their tenth', () => {
    expect([745, 1000, 0, null].map(scoreOf)).toEqual(['74.5', '100.0', '0.0', '–']);
  });
  it('a difference has its sign', () => {
    expect([20, -230, 0].map(offsetOf)).toEqual(['+2.0', '\u221223.0', '0.0']);
  });
  it('within five points is as the others', () => {
    expect([49, 50, -50, null].map(calibrationWords)).toEqual([
      'Scores as the others do',
      'Scores higher than the others',
      'Scores lower than the others',
      'Shares no application with others',
    ]);
  });
});
