import { describe, expect, it } from '@jest/globals';
import type { ScenarioRow } from '@waymark/contracts';
import { scenarioToShow } from './scenario-to-show';

const row = (name: string, status: ScenarioRow['status'], computing: ScenarioRow['computing'] = 'done') =>
  ({ name, status, computing }) as ScenarioRow;
const shown = (rows: ScenarioRow[], asked?: string) => scenarioToShow(rows, asked)?.name ?? null;

describe('the scenario that is looked at', () => {
  it('is the one asked for', () => {
    expect(shown([row('A', 'draft'), row('B', 'draft')], 'A')).toBe('A');
    expect(shown([row('A', 'draft')], 'Z')).toBe('A');
  });
  it('is else the one on its way', () => {
    expect(shown([row('A', 'proposed'), row('B', 'draft')])).toBe('A');
    expect(shown([row('A', 'draft'), row('B', 'published'), row('C', 'draft')])).toBe('B');
  });
  it('is else the newest with a result', () => {
    expect(shown([row('A', 'draft'), row('B', 'draft'), row('C', 'draft', 'running')])).toBe('B');
    expect(shown([row('A', 'draft'), row('B', 'rejected')])).toBe('A');
    expect(shown([row('A', 'draft', 'failed')])).toBe('A');
    expect(shown([])).toBeNull();
  });
});
