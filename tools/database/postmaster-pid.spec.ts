import { describe, expect, it } from '@jest/globals';
import { parsePostmasterPid } from './postmaster-pid.ts';

const running = [
  '4711',
  '/somewhere/data',
  '1764000000',
  '54321',
  '',
  '127.0.0.1',
  '  1234567   0',
  'ready   ',
  '',
].join('\n');

describe('reading postmaster.pid', () => {
  it('names the process, the directory, the port and the state', () => {
    expect(parsePostmasterPid(running)).toEqual({
      pid: 4711,
      dataDirectory: '/somewhere/data',
      port: 54321,
      status: 'ready',
    });
  });

  it('takes the first lines alone while the server has not said more', () => {
    expect(parsePostmasterPid('4711\n/somewhere/data\n')).toEqual({
      pid: 4711,
      dataDirectory: '/somewhere/data',
      port: undefined,
      status: '',
    });
  });

  it('knows a stand-alone backend by its negative number', () => {
    expect(parsePostmasterPid('-12\n/somewhere/data\n')?.pid).toBe(12);
  });

  it.each(['', '\n', 'torn', '0\n/somewhere'])('finds nobody in %j', (text) => {
    expect(parsePostmasterPid(text)).toBeUndefined();
  });
});
