import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { computed, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ApplicationDraft, type ApplicationView, emptyDraft } from '@waymark/contracts';
import { KeptDrafts } from '../../shell/kept-drafts';
import { Online } from '../../shell/online';
import { Session } from '../../shell/session';
import type { DraftFieldId } from './draft-fields';
import { DraftStore } from './draft-store';
import { DraftTabs, type Said } from './draft-tabs';

const id = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c11';
const personId = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c12';
const cardId = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c13';
const url = `/api/funding/applications/${id}/draft`;
const address = `/api/funding/applications/${id}`;

const draft = (text: string): ApplicationDraft => ({ ...emptyDraft(), case: text });

/** The application as the server answers it; only what the store reads matters. */
const view = (given: Partial<ApplicationView> = {}): ApplicationView => ({
  id,
  reference: 'CF26-0001',
  status: 'draft',
  version: 1,
  call: {
    id: cardId,
    name: 'Conference fund',
    kind: 'yearly',
    status: 'open',
    opensAt: '2026-11-01T09:00:00.000Z',
    closesAt: '2026-12-01T12:00:00.000Z',
    returnGraceDays: 7,
    endorseBy: '2026-12-08T12:00:00.000Z',
    decideBy: '2027-01-15',
    reserveUntil: '2027-06-30',
    claimBy: '2027-07-31',
    nextOpensOn: null,
    nextClosesOn: null,
    cancelledBecause: null,
  },
  applicant: {
    id: personId,
    name: 'Ivy Crucible',
    jobTitle: null,
    unit: null,
    grade: null,
  } as ApplicationView['applicant'],
  mine: true,
  termsNumber: 1,
  terms: {
    capPence: 150_000,
    audience: { techniciansOnly: false, unitIds: [], gradeIds: [] },
    rules: [],
    criteria: [{ id: cardId, name: 'Case', guidance: '', weight: 100 }],
    questions: [],
    blind: true,
    reviewersEach: 3,
    partAwards: true,
    bar: 500,
    caseWordsMost: 300,
    objectivesLeast: 2,
  },
  termsChangedAt: null,
  draft: draft(''),
  draftVersion: 14,
  draftSavedAt: '2026-11-22T10:42:00.000Z',
  files: [],
  submissions: [],
  rules: [],
  missing: [],
  sendBefore: '2026-12-01T12:00:00.000Z',
  extension: null,
  endorser: null,
  next: [],
  timeline: [],
  failedRules: [],
  decidedReason: null,
  reserveRank: null,
  decision: null,
  money: {
    askedPence: null,
    leastPence: null,
    awardedPence: null,
    committedPence: 0,
    spentPence: 0,
    releasedPence: 0,
  },
  award: null,
  appeal: null,
  may: { save: true, submit: true, withdraw: true, appeal: [], answerAppeal: false, decideEligibility: false },
  ...given,
});

/** Windows without a channel: what they would say is kept, and what they would hear is told to them. */
class Windows {
  tab = 'window-1';
  readonly open = jest.fn(() => Promise.resolve());
  readonly said: Said['kind'][] = [];
  readonly alive = new Set<string>();
  heard: (what: Said) => void = () => undefined;
  others = computed(() => 0);
  isOpenIn(tab: string): boolean {
    return this.alive.has(tab);
  }
  say(kind: Said['kind']): void {
    this.said.push(kind);
  }
}

let store: DraftStore;
let http: HttpTestingController;
let windows: Windows;
const online = signal(true);

const begin = (): void => {
  TestBed.resetTestingModule();
  windows = new Windows();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([(request, next) => next(request)])),
      provideHttpClientTesting(),
      DraftStore,
      { provide: DraftTabs, useValue: windows },
      { provide: Online, useValue: { online } },
      { provide: Session, useValue: { signedIn: () => ({ person: { id: personId }, acting: null }) } },
    ],
  });
  store = TestBed.inject(DraftStore);
  http = TestBed.inject(HttpTestingController);
};

beforeEach(() => {
  jest.useFakeTimers();
  localStorage.clear();
  online.set(true);
  let made = 0;
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: { randomUUID: () => `key-${++made}` } });
  begin();
});
afterEach(() => {
  http.verify();
  jest.useRealTimers();
});

const settle = async (ms = 0): Promise<void> => {
  await jest.advanceTimersByTimeAsync(ms);
  TestBed.tick();
};
const open = async (given: Partial<ApplicationView> = {}): Promise<void> => {
  TestBed.tick();
  void store.open(view(given));
  await settle();
};
const type = (text: string): void => store.change((before) => ({ ...before, case: text }));
const sent = (): { draftVersion: number; draft: ApplicationDraft } =>
  http.match(url).at(-1)?.request.body as { draftVersion: number; draft: ApplicationDraft };
/** Answers the save under way; what it had sent. */
const save = async (draftVersion: number): Promise<string> => {
  const open = http.expectOne(url);
  const body = open.request.body as { draft: ApplicationDraft };
  open.flush({ draftVersion, savedAt: '2026-11-22T10:43:00.000Z', rules: [], missing: [] });
  await settle();
  return body.draft.case;
};
const refuse = async (refusal: string, status: number): Promise<void> => {
  const body = { type: 'about:blank', title: refusal, status, refusal, correlationId: 'WM-1' };
  http.expectOne(url).flush(body, { status, statusText: 'No' });
  await settle();
};
/** The answer of the save under way is lost, and of its repeats. */
const lose = async (): Promise<void> => {
  for (let tries = 0; tries < 3; tries += 1) {
    http.expectOne(url).error(new ProgressEvent('error'));
    await settle(1300);
  }
};
const keptTexts = (): string[] =>
  Object.keys(localStorage).map(
    (key) => (JSON.parse(localStorage.getItem(key) ?? '') as { draft: ApplicationDraft }).draft.case,
  );

describe('saving by itself', () => {
  it('what is typed is saved once the typing rests, on top of the version before', async () => {
    await open();
    type('I');
    await settle(600);
    type('I run');
    await settle(600);
    http.expectNone(url);
    await settle(100);
    const request = http.expectOne(url);
    expect(request.request.body).toMatchObject({ draftVersion: 14, draft: { case: 'I run' } });
    request.flush({ draftVersion: 15, savedAt: '2026-11-22T10:43:00.000Z', rules: [], missing: [] });
    await settle();
    expect(store.state()).toBe('saved');
    expect(store.saved()).toMatchObject({ draftVersion: 15, savedAt: '2026-11-22T10:43:00.000Z' });
  });

  it('somebody who never rests is saved every five seconds all the same', async () => {
    await open();
    for (let at = 0; at < 12; at += 1) {
      type(`word ${at}`);
      await settle(450);
    }
    expect(await save(15)).toBe('word 11');
  });

  it('never two at once, and in order: what is typed meanwhile goes after', async () => {
    await open();
    type('one');
    await settle(700);
    type('one two');
    await settle(5000);
    expect(await save(15)).toBe('one');
    await settle(700);
    expect(sent()).toMatchObject({ draftVersion: 15, draft: { case: 'one two' } });
  });

  it('what was typed and taken back is not saved again', async () => {
    await open({ draft: draft('as it was') });
    type('as it was, and more');
    type('as it was');
    await settle(5000);
    http.expectNone(url);
    expect(store.state()).toBe('saved');
  });

  it('sending waits until all is saved', async () => {
    await open();
    type('the end');
    const saved = store.flush();
    await settle();
    expect(await save(15)).toBe('the end');
    await expect(saved).resolves.toBe(true);
  });
});

describe('without a connection', () => {
  it('every key is kept on this device at once, and nothing is sent', async () => {
    await open();
    online.set(false);
    await settle();
    type('off');
    expect(keptTexts()).toEqual(['off']);
    type('offline');
    await settle(60_000);
    expect(keptTexts()).toEqual(['offline']);
    expect(store.state()).toBe('unreachable');
  });

  it('goes up when there is a connection again, and is kept no more', async () => {
    await open();
    online.set(false);
    await settle();
    type('offline');
    await settle(1000);
    online.set(true);
    await settle();
    expect(await save(15)).toBe('offline');
    expect(store.state()).toBe('saved');
    expect(keptTexts()).toEqual([]);
  });

  it('is tried again by itself where the browser does not notice', async () => {
    await open();
    type('lost');
    await settle(700);
    await lose();
    expect(store.state()).toBe('unreachable');
    await settle(3000);
    expect(await save(15)).toBe('lost');
    expect(store.state()).toBe('saved');
  });

  it('an answer that was lost is found to be our own, and nobody is asked', async () => {
    await open();
    type('arrived, and its answer was lost');
    await settle(700);
    await lose();
    type('arrived, and its answer was lost; then more');
    await settle(700);
    await refuse('changed-meanwhile', 409);
    http.expectOne(address).flush(view({ draft: draft('arrived, and its answer was lost'), draftVersion: 15 }));
    await settle();
    expect(store.conflict()).toBeNull();
    await settle(700);
    expect(sent()).toMatchObject({ draftVersion: 15, draft: { case: 'arrived, and its answer was lost; then more' } });
  });

  it('a server that is restarting loses nothing', async () => {
    await open();
    type('kept');
    await settle(700);
    for (let tries = 0; tries < 3; tries += 1) {
      http.expectOne(url).flush('', { status: 503, statusText: 'No' });
      await settle(1300);
    }
    expect(keptTexts()).toEqual(['kept']);
    await settle(3000);
    expect(await save(15)).toBe('kept');
  });
});

describe('coming back', () => {
  const leaveOffline = async (text: string): Promise<void> => {
    await open();
    online.set(false);
    await settle();
    type(text);
    await settle(1000);
  };

  it('a reload without a connection loses nothing, and it is saved', async () => {
    await leaveOffline('before the crash');
    begin();
    await settle();
    online.set(true);
    await open();
    expect(store.draft()?.case).toBe('before the crash');
    expect(store.recovered()).not.toBeNull();
    expect(await save(15)).toBe('before the crash');
    expect(keptTexts()).toEqual([]);
  });

  it('what a window left that was closed comes back in another', async () => {
    await leaveOffline('from a window that crashed');
    begin();
    await settle();
    online.set(true);
    windows.tab = 'window-2';
    await open();
    expect(store.draft()?.case).toBe('from a window that crashed');
    expect(await save(15)).toBe('from a window that crashed');
    expect(keptTexts()).toEqual([]);
  });

  it('what another window is still typing is left to it', async () => {
    await leaveOffline('still being typed there');
    begin();
    await settle();
    online.set(true);
    windows.tab = 'window-2';
    windows.alive.add('window-1');
    await open();
    expect(store.draft()?.case).toBe('');
    expect(store.recovered()).toBeNull();
    expect(keptTexts()).toEqual(['still being typed there']);
  });

  it('what was saved meanwhile on another device is laid beside it', async () => {
    await leaveOffline('on the train');
    begin();
    await settle();
    online.set(true);
    await open({ draft: draft('at the desk'), draftVersion: 16 });
    http.expectOne(address).flush(view({ draft: draft('at the desk'), draftVersion: 16 }));
    await settle();
    expect(store.conflict()?.differences).toMatchObject([
      { field: 'case', mine: 'on the train', theirs: 'at the desk' },
    ]);
    expect(store.draft()?.case).toBe('on the train');
  });

  it('nobody else’s words come back, and signing out leaves none behind', async () => {
    await leaveOffline('mine');
    TestBed.inject(KeptDrafts).write(`application.somebody-else.${id}.window-1`, {
      base: { draft: draft(''), draftVersion: 14 },
      draft: draft('theirs'),
      unanswered: [],
      at: '2026-11-22T10:00:00.000Z',
    });
    begin();
    await settle();
    online.set(true);
    await open();
    expect(store.draft()?.case).toBe('mine');
    await save(15);
    TestBed.inject(KeptDrafts).forgetAll();
    expect(keptTexts()).toEqual([]);
  });

  it('signing out first sends what is not saved', async () => {
    await open();
    type('the last words');
    const out = TestBed.inject(KeptDrafts).sendBeforeSignOut();
    await settle();
    expect(await save(15)).toBe('the last words');
    await out;
  });

  it('what cannot be read of what is kept is passed over', async () => {
    localStorage.setItem(`waymark.kept.application.${personId}.${id}.window-1`, '{"draft":');
    await open();
    expect(store.draft()?.case).toBe('');
    http.expectNone(url);
  });
});

describe('two windows', () => {
  const conflict = async (mine: string, theirs: ApplicationDraft): Promise<void> => {
    await open();
    type(mine);
    await settle(700);
    await refuse('changed-meanwhile', 409);
    http.expectOne(address).flush(view({ draft: theirs, draftVersion: 15 }));
    await settle();
  };

  it('neither overwrites the other: both are shown, and nothing more is sent until somebody chose', async () => {
    await conflict('here', draft('there'));
    expect(store.state()).toBe('conflict');
    expect(store.conflict()?.differences).toEqual([{ field: 'case', mine: 'here', theirs: 'there', newer: null }]);
    type('here, and more');
    await settle(10_000);
    http.expectNone(url);
    expect(store.conflict()?.differences).toMatchObject([{ mine: 'here, and more' }]);
    expect(keptTexts()).toEqual(['here, and more']);
  });

  it('a field that only one of them changed is told apart from one that both did', async () => {
    await conflict('here', { ...draft(''), least: '550.00' });
    expect(store.conflict()?.differences).toEqual([
      { field: 'least', mine: '', theirs: '550.00', newer: 'theirs' },
      { field: 'case', mine: 'here', theirs: '', newer: 'mine' },
    ]);
  });

  it('what was chosen is saved on top of the other’s version', async () => {
    await conflict('here', { ...draft('there'), least: '550.00' });
    store.settle(new Set<DraftFieldId>(['case']));
    await settle();
    expect(sent()).toMatchObject({ draftVersion: 15, draft: { case: 'here', least: '550.00' } });
  });

  it('all of the other’s is nothing to save', async () => {
    await conflict('here', draft('there'));
    store.settle(new Set());
    await settle(2000);
    http.expectNone(url);
    expect(store.draft()?.case).toBe('there');
    expect(store.state()).toBe('saved');
  });

  it('the same words in both are no conflict', async () => {
    await conflict('the same', draft('the same'));
    expect(store.conflict()).toBeNull();
    expect(store.state()).toBe('saved');
    expect(store.saved()?.draftVersion).toBe(15);
  });

  it('what another window saves appears where nothing waits', async () => {
    await open();
    windows.heard({ kind: 'saved', tab: 'window-2', draftVersion: 15 });
    http.expectOne(address).flush(view({ draft: draft('from the other'), draftVersion: 15 }));
    await settle();
    expect(store.draft()?.case).toBe('from the other');
    expect(store.saved()?.draftVersion).toBe(15);
  });

  it('a version of before is not taken over', async () => {
    await open();
    windows.heard({ kind: 'saved', tab: 'window-2', draftVersion: 14 });
    http.expectNone(address);
  });

  it('what another window sent can be written no more', async () => {
    await open();
    windows.heard({ kind: 'sent', tab: 'window-2', draftVersion: 15 });
    expect(store.sentElsewhere()).toBe(true);
  });
});

describe('refused', () => {
  it('a session that ended keeps the words, and they go up after signing in again', async () => {
    await open();
    type('kept');
    await settle(700);
    await refuse('not-signed-in', 401);
    expect(store.state()).toBe('refused');
    expect(store.problem()?.refusal).toBe('not-signed-in');
    type('kept, and more');
    await settle(10_000);
    expect(keptTexts()).toEqual(['kept, and more']);
    store.again();
    await settle();
    expect(await save(15)).toBe('kept, and more');
    expect(store.problem()).toBeNull();
  });
});
