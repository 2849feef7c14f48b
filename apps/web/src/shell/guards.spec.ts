import { provideHttpClient } from '@angular/common/http';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Permission, SessionView } from '@waymark/contracts';
import { may, ownPath, signedIn, signedOut } from './guards';
import { Session } from './session';

@Component({ selector: 'wm-here', template: 'here' })
class Here {}

const id = '00000000-0000-4000-8000-000000000001';
const someone = (permissions: Permission[]): SessionView => ({
  signedIn: true,
  demonstration: false,
  person: { id, name: 'Olive Solder', givenName: 'Olive' },
  institution: { id, name: 'Aldermoor University', timeZone: 'Europe/London' },
  acting: null,
  actingEnded: false,
  roles: [],
  permissions,
});
const nobody = (setUpNeeded = false): SessionView => ({ signedIn: false, demonstration: false, setUpNeeded });

beforeEach(() => {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideRouter([
        { path: 'people', canActivate: [signedIn, may('people.see')], component: Here },
        { path: 'sign-in', canActivate: [signedOut], component: Here },
        { path: '**', component: Here },
      ]),
    ],
  });
});

const arrive = async (view: SessionView, url: string): Promise<string> => {
  TestBed.inject(Session).adopt(view);
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  return TestBed.inject(Router).url;
};

describe('guards', () => {
  test('who is not signed in signs in, and the address they wanted is kept', async () => {
    expect(await arrive(nobody(), '/people?search=kiln')).toBe('/sign-in?next=%2Fpeople%3Fsearch%3Dkiln');
  });

  test('an empty installation is set up first', async () => {
    expect(await arrive(nobody(true), '/people')).toBe('/set-up');
  });

  test('who may see the page sees it', async () => {
    expect(await arrive(someone(['people.see']), '/people')).toBe('/people');
  });

  test('who may not see the page is told so', async () => {
    await arrive(someone([]), '/people');
    expect(TestBed.inject(Router).lastSuccessfulNavigation()?.finalUrl?.toString()).toBe('/not-allowed');
  });

  test('who is signed in already goes on from signing in', async () => {
    expect(await arrive(someone(['people.see']), '/sign-in?next=%2Fpeople')).toBe('/people');
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', undefined])(
    'going on to %s leads home',
    (next) => {
      expect(ownPath(next)).toBe('/');
    },
  );

  test('going on to a path of ours leads there', () => {
    expect(ownPath('/mentoring/proposals/1?tab=why')).toBe('/mentoring/proposals/1?tab=why');
  });
});
