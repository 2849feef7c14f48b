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
  '^@waymark/api-mentoring$': '<rootDir>/libs/api/mentoring/src/index.ts',
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
  transform: { '^.+\\.(ts|js|mjs)$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tmp', '<rootDir>/.waymark'],
  extensionsToTreatAsEsm: [],
};

/** Packages that are shipped as ES modules alone. */
const esm = ['@nestjs', 'pg-boss', 'serialize-error', 'type-fest', 'non-error', 'cron-parser', 'typeorm', 'dedent', 'uuid', '@sindresorhus', 'nodemailer', 'smtp-server', '@sparticuz', 'file-type', 'reusify', 'iterare', '@lukeed'];
const transformIgnorePatterns = [`/node_modules/(?!(${esm.join('|')})(/|$))`];

export default {
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
      testTimeout: 60_000,
    },
    {
      ...server,
      displayName: 'browser',
      testMatch: ['<rootDir>/apps/web-e2e/src/**/*.spec.ts'],
      transformIgnorePatterns,
      testTimeout: 180_000,
    },
  ],
};
