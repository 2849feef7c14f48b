import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BudgetTrial, ScenarioParameters, ScenarioRow, ScenarioTotals, WorkbenchView } from '@waymark/contracts';
import { AllocationStore } from './allocation-store';

const uuid = (last: number) => `0a3f5d7e-95d4-4c57-9a35-${String(last).padStart(12, '0')}`;
const callId = uuid(1);
const at = '2026-11-22T09:00:00.000Z';
const parameters: ScenarioParameters = {
  budgetPence: 1_500_000,
  partAwards: true,
  bar: 500,
  groups: [],
  shareBy: null,
  seed: 'call',
};
const totals = (given: Partial<ScenarioTotals> = {}): ScenarioTotals => ({
  awardedPence: 1_500_000,
  leftPence: 0,
  askedPence: 2_001_200,
  people: 18,
  inFull: 17,
  inPart: 1,
  reserve: 5,
  unsuccessful: 1,
  totalScore: 14_890,
  lowestRank: 18,
  overrides: 0,
  ...given,
});
const scenario = (given: Partial<ScenarioRow> = {}): ScenarioRow => ({
  id: uuid(2),
  name: 'A',
  version: 1,
  status: 'draft',
  method: 'by-rank',
  parameters,
  computing: 'done',
  failure: null,
  job: null,
  totals: totals(),
  inputHash: '7c41e09b',
  engineVersion: '1',
  stale: false,
  made: { by: 'Olive Solder', byMe: true, at },
  proposed: null,
  decided: null,
  publishedAt: null,
  may: { override: true, propose: true, withdraw: false, approve: false, reject: false, publish: false },
  mayNot: { propose: null, approve: null, publish: null },
  ...given,
});
const bench = (given: Partial<WorkbenchView> = {}): WorkbenchView => ({
  call: {
    id: callId,
    name: 'Conference fund 2026',
    status: 'moderation',
    version: 1,
    budgetPence: 1_840_000,
    bar: 500,
    partAwards: true,
    decideBy: '2026-12-01',
  },
  pot: { id: uuid(3), name: 'Conference fund', financialYear: 2026, availablePence: 1_840_000, committedPence: 0 },
  input: { applications: 24, belowBar: 1, reviews: 72, unlocked: 0, askedPence: 2_001_200, hash: '7c41e09b' },
  scenarios: [scenario()],
  units: [],
  grades: [],
  approvers: ['Bram Burette'],
  parameters,
  may: { make: true },
  mayNot: { make: null },
  ...given,
});
const queue = { askedPence: [1], leastPence: [1], awardPence: [1], outcome: [0], belowBar: [0] };
const trial = (budgetPence: number): BudgetTrial => ({
  totals: totals({ awardedPence: budgetPence }),
  queue,
  moves: null,
});

let store: AllocationStore;
let http: HttpTestingController;
const previewUrl = `/api/funding/calls/${callId}/scenarios/preview`;
const asked = (): TestRequest[] => http.match(previewUrl);
const budgetOf = ({ request }: TestRequest) =>
  (request.body as { parameters: ScenarioParameters }).parameters.budgetPence;
const settle = async (ms = 0) => {
  TestBed.tick();
  await jest.advanceTimersByTimeAsync(ms);
  TestBed.tick();
  await jest.advanceTimersByTimeAsync(0);
};
const open = async (view: WorkbenchView) => {
  store.callId.set(callId);
  await settle();
  http.expectOne(`/api/funding/calls/${callId}/workbench`).flush(view);
  await settle();
  for (const request of http.match(`/api/funding/scenarios/${uuid(2)}`))
    request.flush({ ...scenario(), callId, queue, others: [] });
  await settle();
};

beforeEach(() => {
  jest.useFakeTimers();
  TestBed.configureTestingModule({
    providers: [AllocationStore, provideHttpClient(), provideHttpClientTesting(), provideRouter([])],
  });
  store = TestBed.inject(AllocationStore);
  http = TestBed.inject(HttpTestingController);
});
afterEach(() => {
  jest.useRealTimers();
});

describe('trying another budget', () => {
  it('asks nothing while what is chosen is what is kept', async () => {
    await open(bench());
    await settle(1000);
    expect(asked()).toEqual([]);
    expect(store.totals()?.awardedPence).toBe(1_500_000);
  });

  it('asks once the line rests, for the last place it was at', async () => {
    await open(bench());
    for (const budgetPence of [1_505_000, 1_510_000, 1_515_000]) {
      store.try({ parameters: { budgetPence } });
      await settle(20);
    }
    await settle(100);
    const requests = asked();
    expect(requests.map(budgetOf)).toEqual([1_515_000]);
    expect(requests[0]?.request.body).toMatchObject({ against: uuid(2), method: 'by-rank' });
  });

  it('asks on the way too, while one goes on dragging', async () => {
    await open(bench());
    let found = 0;
    for (let step = 1; step <= 20; step += 1) {
      store.try({ parameters: { budgetPence: 1_500_000 + step * 5000 } });
      await settle(50);
      found += asked().length;
    }
    expect(found).toBeGreaterThanOrEqual(2);
    expect(found).toBeLessThanOrEqual(5);
  });

  it('of two questions under way the newest answer counts, whichever comes first', async () => {
    await open(bench());
    store.try({ parameters: { budgetPence: 1_600_000 } });
    await settle(100);
    const [first] = asked();
    store.try({ parameters: { budgetPence: 1_700_000 } });
    await settle(100);
    const [second] = asked();
    // The one that nobody waits for any more is called off, so that its answer cannot come late.
    expect(first?.cancelled).toBe(true);
    second?.flush(trial(1_700_000));
    await settle();
    expect(store.totals()?.awardedPence).toBe(1_700_000);
    expect(store.waiting()).toBe(false);
  });

  it('keeps the last answer on screen while the next is on its way, and says that it waits', async () => {
    await open(bench());
    store.try({ parameters: { budgetPence: 1_600_000 } });
    await settle(100);
    asked()[0]?.flush(trial(1_600_000));
    await settle();
    expect(store.totals()?.awardedPence).toBe(1_600_000);
    store.try({ parameters: { budgetPence: 1_700_000 } });
    await settle(100);
    expect(store.totals()?.awardedPence).toBe(1_600_000);
    expect(store.waiting()).toBe(true);
  });

  it('is over when the line is back where it was', async () => {
    await open(bench());
    store.try({ parameters: { budgetPence: 1_600_000 } });
    await settle(100);
    asked()[0]?.flush(trial(1_600_000));
    await settle();
    store.try({ parameters: { budgetPence: 1_500_000 } });
    await settle(100);
    expect(store.trial()).toBeUndefined();
    expect(store.differs()).toBe(false);
    expect(store.totals()?.awardedPence).toBe(1_500_000);
  });

  it('outlives that the workbench is read anew', async () => {
    await open(bench());
    store.try({ parameters: { budgetPence: 1_600_037 } });
    await settle();
    store.resource.reload();
    await settle();
    http.expectOne(`/api/funding/calls/${callId}/workbench`).flush(bench({ scenarios: [scenario({ version: 2 })] }));
    await settle();
    expect(store.making()?.parameters.budgetPence).toBe(1_600_037);
  });

  it('asks before there is any scenario, so that the first picture is there at once', async () => {
    await open(bench({ scenarios: [] }));
    await settle(100);
    const requests = asked();
    expect(requests.map(budgetOf)).toEqual([1_500_000]);
    expect(requests[0]?.request.body).not.toHaveProperty('against');
  });

  it('with limits by group is not asked: that is computed when it is kept', async () => {
    await open(bench());
    store.try({
      method: 'by-total',
      parameters: { groups: [{ by: 'unit', groupId: uuid(9), leastPence: 100, mostPence: null }] },
    });
    await settle(1000);
    expect(asked()).toEqual([]);
    expect(store.limited()).toBe(true);
    expect(store.differs()).toBe(true);
  });

  it('is not for those who may not make scenarios', async () => {
    await open(bench({ may: { make: false } }));
    store.try({ parameters: { budgetPence: 1_600_000 } });
    await settle(1000);
    expect(asked()).toEqual([]);
  });
});
