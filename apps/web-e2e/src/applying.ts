/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/* What the tests of the fund need to have there: calls, made as a coordinator makes them, by the product's own commands. */

/** Sends a command as the page would, from our own origin with a key of its own; the answer. */
export const command = async (page: Page, method: 'POST' | 'PUT', path: string, body: unknown): Promise<unknown> => {
  const { status, answer } = await page.evaluate(
    async ({ method: how, path: where, body: what }) => {
      const response = await fetch(where, {
        method: how,
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
        body: JSON.stringify(what),
      });
      return { status: response.status, answer: (await response.json()) as unknown };
    },
    { method, path, body },
  );
  if (status > 299) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`);
  return answer;
};

const dayMs = 86_400_000;
/** So many days from now, as `2026-05-01`. */
export const dayAhead = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const instantAhead = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();

/** The questions that a call can ask, one of each kind. */
export const questions = [
  { label: 'Who has asked for it?', kind: 'short', required: true, wordsMost: null, options: [] },
  { label: 'What have you tried so far?', kind: 'long', required: false, wordsMost: 40, options: [] },
  { label: 'Which workshop is it for?', kind: 'choice', required: true, wordsMost: null, options: ['Glass', 'Wood'] },
  { label: 'Have you been before?', kind: 'yes-no', required: true, wordsMost: null, options: [] },
] as const;

interface Made {
  id: string;
  version: number;
  [name: string]: unknown;
}

/** A call with its window in days from now, published; its id. The page is a coordinator's. */
export const makeCall = async (
  page: Page,
  name: string,
  potId: string,
  opensInDays: number,
  closesInDays: number,
): Promise<string> => {
  const made = (await command(page, 'POST', '/api/funding/calls', {
    name,
    kind: 'yearly',
    potId,
    budgetPence: 600_000,
    opensAt: instantAhead(opensInDays),
    closesAt: instantAhead(closesInDays),
    rollsUntil: null,
  })) as Made;
  const kept = ['name', 'potId', 'budgetPence', 'opensAt', 'closesAt', 'returnGraceDays', 'endorseBy', 'decideBy'];
  const more = ['reserveUntil', 'claimBy', 'rollsUntil', 'letters'];
  const changed = (await command(page, 'PUT', `/api/funding/calls/${made.id}`, {
    version: made.version,
    ...Object.fromEntries([...kept, ...more].map((field) => [field, made[field]])),
    budgetPence: 600_000,
    nextOpensOn: dayAhead(370),
    nextClosesOn: dayAhead(400),
    terms: {
      ...(made['terms'] as object),
      capPence: 150_000,
      audience: { techniciansOnly: true, unitIds: [], gradeIds: [] },
      blind: true,
      objectivesLeast: 2,
      questions: questions.map((question) => ({ ...question, id: crypto.randomUUID(), help: '' })),
    },
  })) as Made;
  await command(page, 'POST', `/api/funding/calls/${made.id}/publish`, { version: changed.version });
  return made.id;
};
