import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApiDocument } from '@waymark/api-app';
import { permissionsOfEveryone } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Harness } from './harness';
import { type Route, routesOf } from './routes';

const missing = '00000000-0000-7000-8000-000000000000';
const addressOf = ({ path }: Route) =>
  path.replaceAll(/:(\w+)/g, (_, name) => (name === 'token' ? 'x'.repeat(43) : missing));

describe('every route', () => {
  let harness: Harness;
  let routes: Route[];

  beforeAll(async () => {
    harness = await Harness.start();
    routes = routesOf(harness.application);
  });
  afterAll(() => harness.stop());

  it('is found: the walk sees the routes that the contracts list', () => {
    const listed = readFileSync(join(__dirname, '../../../libs/contracts/README.md'), 'utf8')
      .split('\n')
      .flatMap((line) => /^\| `([A-Z]+) ([^`]+)` +\|/.exec(line)?.slice(1, 3).join(' ') ?? [])
      .sort();
    const found = routes
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !['GET health', 'GET ready'].includes(route))
      .sort();
    expect(found).toEqual(listed);
    expect(found.length).toBeGreaterThan(40);
  });

  it('states whom it lets in', () => {
    expect(routes.filter(({ access }) => !access).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('states the shape of its answer', () => {
    const without = routes.filter(
      ({ answer }) => !answer || (answer.schema === null && answer.contentType === 'application/json'),
    );
    expect(without.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('checks every body, query and path with a schema', () => {
    const unchecked = routes.flatMap(({ method, path, inputs }) =>
      inputs.filter(({ checked }) => !checked).map(({ kind }) => `${kind} of ${method} ${path}`),
    );
    expect(unchecked).toEqual([]);
  });

  it('takes its path apart with a schema where it has parameters', () => {
    const unchecked = routes.filter(
      ({ path, inputs }) => path.includes(':') && !inputs.some(({ kind }) => kind === 'param'),
    );
    expect(unchecked.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('refuses whoever has not signed in, unless it is public', async () => {
    for (const route of routes.filter(({ access }) => access?.kind === 'can')) {
      const answer = await harness.ask(route.method, addressOf(route), route.method === 'GET' ? {} : { body: {} });
      expect({ route: `${route.method} ${route.path}`, status: answer.status, body: answer.body }).toMatchObject({
        status: 401,
        body: { refusal: 'not-signed-in' },
      });
    }
  });

  it('refuses somebody without a role, unless everybody may', async () => {
    const nobody = await harness.somebody(await harness.institution());
    const guarded = routes.filter(
      ({ access }) => access?.kind === 'can' && !permissionsOfEveryone.includes(access.permission),
    );
    expect(guarded.length).toBeGreaterThan(20);
    for (const route of guarded) {
      const answer = await harness.ask(route.method, addressOf(route), {
        as: nobody,
        ...(route.method === 'GET' ? {} : { body: {} }),
      });
      expect({ route: `${route.method} ${route.path}`, ...answer }).toMatchObject({
        status: 403,
        body: { refusal: 'not-allowed' },
      });
    }
  });

  it('is in the committed OpenAPI document exactly as it is', () => {
    const file = join(__dirname, '../../api/openapi.json');
    expect(existsSync(file)).toBe(true);
    expect(JSON.parse(JSON.stringify(openApiDocument(harness.application)))).toEqual(
      JSON.parse(readFileSync(file, 'utf8')),
    );
  });

  it('answers an address that is none with a problem', async () => {
    const answer = await harness.get(`nowhere/${randomUUID()}`);
    expect(answer).toMatchObject({
      status: 404,
      body: { refusal: 'not-found', correlationId: expect.stringMatching(/^WM-\w{4}-\w{4}$/) },
    });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
