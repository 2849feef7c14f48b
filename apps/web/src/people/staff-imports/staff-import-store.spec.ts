import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { StaffImportView } from '@waymark/contracts';
import { problemFrom } from '../../shell/problem';
import { StaffImportStore } from './staff-import-store';

const id = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c11';
const url = `/api/people/staff-imports/${id}`;
const settings = {
  dateOrder: 'day-first' as const,
  newAreTechnicians: false,
  missingAreLeavers: false,
  lastDayOfMissing: null,
  makeUnits: true,
  makeSkills: true,
};
const view = (given: Partial<StaffImportView> = {}): StaffImportView => ({
  id,
  kind: 'staff',
  fileName: 'staff.csv',
  status: 'uploaded',
  bytes: 100,
  rows: 3,
  encoding: 'UTF-8',
  separator: ',',
  sheet: null,
  columns: [
    { column: 0, heading: 'Mail', samples: ['a@b.example'] },
    { column: 1, heading: 'Name', samples: ['Ann Flask'] },
  ],
  mapping: [{ column: 0, field: 'email' }],
  mappingRemembered: false,
  settings,
  counts: null,
  problems: [],
  changes: [],
  newUnits: [],
  newSkills: [],
  grades: [],
  gradesToOrder: false,
  people: 0,
  confirmLeavers: false,
  job: null,
  failure: null,
  uploadedAt: '2026-11-22T09:00:00.000Z',
  uploadedBy: 'Iris Inkwell',
  appliedAt: null,
  undoneAt: null,
  may: { preview: true, apply: false, undo: false, discard: true },
  undoRefused: 'not-applied',
  version: 1,
  ...given,
});

let store: StaffImportStore;
let http: HttpTestingController;

beforeEach(() => {
  jest.useFakeTimers();
  let made = 0;
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: { randomUUID: () => `key-${++made}` } });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([(request, next) => next(request)])),
      provideHttpClientTesting(),
      StaffImportStore,
    ],
  });
  store = TestBed.inject(StaffImportStore);
  http = TestBed.inject(HttpTestingController);
  store.id.set(id);
});
afterEach(() => {
  http.verify();
  jest.useRealTimers();
});

/** Answers the read under way with this view. */
const arrive = async (given: StaffImportView): Promise<void> => {
  TestBed.tick();
  http.expectOne(url).flush(given);
  await settle();
};
const settle = async (): Promise<void> => {
  await jest.advanceTimersByTimeAsync(0);
  TestBed.tick();
};
const seen = (): StaffImportView => store.view() ?? view();
const sentPreview = () => http.expectOne({ method: 'PUT', url: `${url}/preview` });
const refuse = (refusal: string, status: number) => ({
  body: { type: 'about:blank', title: refusal, status, refusal, correlationId: 'WM-1' },
  options: { status, statusText: 'No' },
});

describe('a staff file on screen', () => {
  it('shows the guess of the server, and what is chosen instead until it is sent', async () => {
    await arrive(view());
    expect(store.mapping()).toEqual([
      { column: 0, field: 'email' },
      { column: 1, field: null },
    ]);
    expect(store.touched()).toBe(false);

    store.changeMapping([
      { column: 0, field: 'email' },
      { column: 1, field: 'full-name' },
    ]);
    store.changeSettings({ newAreTechnicians: true });
    expect(store.touched()).toBe(true);

    const checked = store.check(seen());
    const request = sentPreview();
    expect(request.request.body).toEqual({
      version: 1,
      mapping: [
        { column: 0, field: 'email' },
        { column: 1, field: 'full-name' },
      ],
      settings: { ...settings, newAreTechnicians: true },
      gradeOrder: null,
    });
    const mapping = [
      { column: 0, field: 'email' as const },
      { column: 1, field: 'full-name' as const },
    ];
    request.flush(
      view({ status: 'previewing', version: 2, mapping, settings: { ...settings, newAreTechnicians: true } }),
    );
    await checked;
    await settle();
    expect(store.touched()).toBe(false);
    expect(store.view()?.status).toBe('previewing');
  });

  it('keeps what was chosen where somebody else was quicker, and takes theirs when asked to', async () => {
    await arrive(view());
    store.changeSettings({ makeUnits: false });
    const checked = store.check(seen()).catch((thrown: unknown) => problemFrom(thrown).refusal);
    const { body, options } = refuse('changed-meanwhile', 409);
    sentPreview().flush(body, options);
    expect(await checked).toBe('changed-meanwhile');

    store.reload();
    await arrive(view({ version: 4, settings: { ...settings, makeSkills: false } }));
    expect(store.settings()).toEqual({ ...settings, makeUnits: false });
    expect(seen().version).toBe(4);

    store.forgetChoices();
    expect(store.settings()).toEqual({ ...settings, makeSkills: false });
  });

  it('is asked for again while the server works on it, and no longer afterwards', async () => {
    await arrive(view({ status: 'reading' }));
    await jest.advanceTimersByTimeAsync(750);
    await arrive(view({ status: 'uploaded' }));
    await jest.advanceTimersByTimeAsync(5000);
    TestBed.tick();
    http.expectNone(url);
  });

  it('sends the order of grades that is on screen, and none where other columns brought other grades', async () => {
    const grades = [
      { name: 'Grade 5', fresh: true },
      { name: 'Grade 4', fresh: true },
    ];
    await arrive(view({ status: 'previewed', version: 3, grades, gradesToOrder: true }));
    store.changeGrades([...grades].reverse());
    expect(store.gradesMoved()).toBe(true);
    const ordered = store.orderGrades(seen());
    const request = sentPreview();
    expect((request.request.body as { gradeOrder: string[] }).gradeOrder).toEqual(['Grade 4', 'Grade 5']);
    request.flush(view({ status: 'previewed', version: 4, grades: [...grades].reverse() }));
    await ordered;
    await settle();
    expect(store.gradesMoved()).toBe(false);

    const again = store.check(seen());
    const { body, options } = refuse('grades-unordered', 422);
    sentPreview().flush(body, options);
    await settle();
    const second = sentPreview();
    expect((second.request.body as { gradeOrder: string[] | null }).gradeOrder).toBeNull();
    second.flush(view({ status: 'previewed', version: 5, gradesToOrder: true }));
    await again;
  });

  it('repeats the number of leavers where it is asked for, and stops the job it waits for', async () => {
    const job = {
      id: '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c99',
      kind: 'people.apply-staff-import' as const,
      status: 'running' as const,
      stage: 'writing' as const,
      percent: 10,
      startedAt: null,
      finishedAt: null,
      failure: null,
      correlationId: null,
      cancellable: true,
    };
    await arrive(view({ status: 'previewed', version: 7 }));
    const applied = store.apply(seen(), 12);
    const request = http.expectOne({ method: 'POST', url: `${url}/apply` });
    expect(request.request.body).toEqual({ version: 7, leavers: 12 });
    request.flush(view({ status: 'applying', version: 8, job }));
    await applied;
    await settle();

    const stopped = store.stop(seen());
    http.expectOne({ method: 'POST', url: `/api/jobs/${job.id}/cancel` }).flush({ ...job, cancellable: false });
    await stopped;
    await arrive(view({ status: 'previewed', version: 9 }));
    expect(store.working()).toBe(false);
  });
});
