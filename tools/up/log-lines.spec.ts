import { describe, expect, it } from '@jest/globals';
import { forTerminal, lineSplitter } from './log-lines.ts';

describe('what the terminal shows of a service', () => {
  it('passes plain words on as they are', () => {
    expect(forTerminal('api', 'Set up here: http://localhost:8700/set-up')).toBe(
      'Set up here: http://localhost:8700/set-up',
    );
  });

  it('keeps what is merely informative in the log file', () => {
    expect(forTerminal('api', '{"level":30,"msg":"request completed"}')).toBeUndefined();
    expect(forTerminal('api', '   ')).toBeUndefined();
  });

  it('says warnings and errors plainly, with their cause once', () => {
    expect(forTerminal('api', '{"level":40,"msg":"mail is off"}')).toBe('api warning: mail is off');
    expect(forTerminal('worker', '{"level":50,"msg":"job failed","err":{"message":"no such row"}}')).toBe(
      'worker error: job failed: no such row',
    );
    expect(forTerminal('api', '{"level":60,"msg":"gone","err":{"message":"gone"}}')).toBe('api error: gone');
    expect(forTerminal('api', '{"level":50}')).toBe('api error: see its log');
  });

  it('shows what only looks like JSON', () => {
    expect(forTerminal('api', '{ half')).toBe('{ half');
  });
});

describe('splitting into lines', () => {
  it('waits for the end of a line that arrives in pieces', () => {
    const lines: string[] = [];
    const take = lineSplitter((line) => lines.push(line));
    take('one\ntw');
    take('o\r\nthree');
    expect(lines).toEqual(['one', 'two']);
    take('\n');
    expect(lines).toEqual(['one', 'two', 'three']);
  });
});
