import type { ScenarioRow } from '@waymark/contracts';

const onItsWay: readonly ScenarioRow['status'][] = ['published', 'approved', 'proposed'];

/** The one asked for by name; else the one on its way to be published, else the newest that is computed, else the newest. */
export const scenarioToShow = (scenarios: readonly ScenarioRow[], name: string | undefined): ScenarioRow | null =>
  scenarios.find((each) => each.name === name) ??
  scenarios.find(({ status }) => onItsWay.includes(status)) ??
  scenarios.filter(({ computing, status }) => computing === 'done' && status !== 'rejected').at(-1) ??
  scenarios.at(-1) ??
  null;
