import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { KeptDrafts, keptPrefix } from '../../shell/kept-drafts';
import { Session } from '../../shell/session';
import type { CallDraft } from './call-draft';
import { CallDrafts } from './call-drafts';

const draft: CallDraft = {
  ...{ name: 'Conference fund 2026', potId: 'p', budget: '1,0', opens: '', closes: '', returnGraceDays: '7', cap: '' },
  ...{ endorseBy: '', decideBy: '', reserveUntil: '', claimBy: '', nextOpensOn: '', nextClosesOn: '', rollsUntil: '' },
  ...{ techniciansOnly: true, unitIds: [], gradeIds: ['g'], rules: ['no-overdue-report'], notRetrospectiveDays: 'x' },
  ...{ notFundedCalls: '1', criteria: [{ id: 'c', name: '', guidance: '', weight: 'ten' }], questions: [] },
  ...{ blind: true, reviewersEach: '3', partAwards: true, bar: '50', caseWordsMost: '', objectivesLeast: '1' },
  letters: {
    ...{ awarded: 'Well done.', 'part-awarded': '', reserve: '', unsuccessful: '' },
    ...{ ineligible: '', unendorsed: '', 'call-cancelled': '' },
  },
};

describe('changed calls that are not saved', () => {
  /** As after a reload: nothing is left but what this device and this window keep. */
  const loaded = (person = 'ada'): CallDrafts => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [{ provide: Session, useValue: { signedIn: () => ({ person: { id: person } }) } }],
    });
    return TestBed.inject(CallDrafts);
  };
  /** As another window has it: it has another name. */
  const otherWindow = () => sessionStorage.clear();

  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  afterEach(() => {
    TestBed.resetTestingModule();
  });

  it('come back as they were typed, wrong or not, with the version that they stand on', () => {
    loaded().keep('one', { draft, version: 4 });
    const again = loaded();
    expect(again.of('one')).toBeUndefined();
    expect(again.recover('one')).not.toBeNull();
    expect(again.of('one')).toEqual({ draft, version: 4 });
    expect(again.recover('two')).toBeNull();
  });

  it('are nobody else’s', () => {
    loaded().keep('one', { draft, version: 4 });
    const others = loaded('ben');
    expect(others.recover('one')).toBeNull();
    expect(others.of('one')).toBeUndefined();
  });

  it('of two windows do not write over one another: each takes up its own, a new one the newest', () => {
    const write = (tab: string, name: string, at: string) =>
      localStorage.setItem(
        `${keptPrefix}call.ada.one.${tab}`,
        JSON.stringify({ version: 1, at, draft: { ...draft, name } }),
      );
    loaded().keep('one', { draft: { ...draft, name: 'mine' }, version: 1 });
    write('older', 'older', '2026-01-01T00:00:00.000Z');
    write('newest', 'newest', '2126-01-01T00:00:00.000Z');
    const reloaded = loaded();
    reloaded.recover('one');
    expect(reloaded.of('one')?.draft.name).toBe('mine');
    reloaded.forget('one');
    otherWindow();
    const fresh = loaded();
    expect(fresh.recover('one')).toBe('2126-01-01T00:00:00.000Z');
    expect(fresh.of('one')?.draft.name).toBe('newest');
    fresh.forget('one');
    expect(TestBed.inject(KeptDrafts).keysBelow('call.')).toEqual(['call.ada.one.older']);
  });

  it('that cannot be read are passed over', () => {
    localStorage.setItem(`${keptPrefix}call.ada.one.tab`, JSON.stringify({ version: 1, at: '', draft: { name: 3 } }));
    expect(loaded().recover('one')).toBeNull();
  });
});
