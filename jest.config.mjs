import { existsSync, readdirSync, readFileSync } from 'node:fs';
import web from './apps/web/jest.project.mjs';

/**
 * One Jest for everything that is a test: pure rules, database, HTTP and browser. `server` transforms Nest and the
 * other packages that ship as ES modules; `web` compiles Angular without zones.
 */
const paths = {
  '^@waymark/contracts$': '<rootDir>/libs/contracts/src/index.ts',
  '^@waymark/matching-engine$': '<rootDir>/libs/matching-engine/src/index.ts',
  '^@waymark/ui$': '<rootDir>/libs/ui/src/index.ts',
  '^@waymark/api-platform$': '<rootDir>/libs/api/platform/src/index.ts',
  '^@waymark/api-people$': '<rootDir>/libs/api/people/src/index.ts',
  '^@waymark/api-report-back$': '<rootDir>/libs/api/report-back/src/index.ts',
  '^@waymark/api-funding$': '<rootDir>/libs/api/funding/src/index.ts',
  '^@waymark/api-mentoring$': '<rootDir>/libs/api/mentoring/src/index.ts',
  '^@waymark/api-app$': '<rootDir>/apps/api/src/index.ts',
  '^@waymark/test-database$': '<rootDir>/tools/database/test-database.ts',
  '^@waymark/fund-call$': '<rootDir>/tools/bench/load-fund-call.ts',
  '^@waymark/browser$': '<rootDir>/tools/browser/launch-browser.ts',
};

const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
  },
];

const server = {
  testEnvironment: 'node',
  rootDir: '.',
  moduleNameMapper: paths,
  transform: { '^.+\\.(ts|js|mjs)$': swc, '^.+\\.sql$': '<rootDir>/tools/checks/sql-as-text.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tmp', '<rootDir>/.waymark'],
  extensionsToTreatAsEsm: [],
};

/** Packages that are shipped as ES modules are transformed too: Jest's modules are CommonJS. */
const packages = new URL('./node_modules/', import.meta.url);
const isEsm = (name) => {
  const file = new URL(`${name}/package.json`, packages);
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).type === 'module';
};
const esm = readdirSync(packages)
  .flatMap((name) =>
    name.startsWith('@') ? readdirSync(new URL(`${name}/`, packages)).map((inner) => `${name}/${inner}`) : [name],
  )
  // @fastify/cookie is CommonJS, but imports an ES module while it runs.
  .filter((name) => isEsm(name) || name === '@fastify/cookie');
const transformIgnorePatterns = [`/node_modules/(?!(${esm.join('|')})/)`];

export default {
  // A test that cannot start its server fails; what it left open must not keep the run from ending.
  forceExit: true,
  // Of one test or hook; Jest reads it here alone, not in a project. Browser tests say more themselves.
  testTimeout: 60_000,
  projects: [
    {
      ...server,
      displayName: 'rules',
      testMatch: ['<rootDir>/libs/{contracts,matching-engine,api/*}/src/**/*.spec.ts', '<rootDir>/tools/**/*.spec.ts'],
      transformIgnorePatterns,
    },
    {
      ...server,
      displayName: 'api',
      testMatch: ['<rootDir>/apps/api-e2e/src/**/*.spec.ts', '<rootDir>/apps/api/src/**/*.spec.ts'],
      transformIgnorePatterns,
    },
    web,
    {
      ...server,
      displayName: 'browser',
      testMatch: ['<rootDir>/apps/web-e2e/src/**/*.spec.ts'],
      transformIgnorePatterns,
    },
  ],
};
