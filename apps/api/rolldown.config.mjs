import { builtinModules } from 'node:module';
import { defineConfig } from 'rolldown';

const builtin = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

/** Ours, and the decorators' few lines that rolldown brings itself. */
const bundled = ['@waymark/', '@oxc-project/runtime'];
const isPackage = (id) => /^[a-z@]/i.test(id) && !/^[a-z]:[\\/]/i.test(id);

/** Bundles our own sources; packages stay in node_modules. rolldown keeps the decorator metadata that Nest reads. */
export default defineConfig({
  input: {
    main: 'apps/api/src/main.ts',
    worker: 'apps/api/src/worker.ts',
    // The thread that the worker matches in.
    'matching-thread': 'libs/api/mentoring/src/runs/matching-thread.ts',
    // The thread that the API answers questions about rounds in.
    'question-thread': 'libs/api/mentoring/src/runs/question-thread.ts',
    // The thread that the API and the worker compute scenarios in.
    'allocation-thread': 'libs/api/funding/src/allocation/allocation-thread.ts',
    // The thread that the API plans a panel's reviews in.
    'planning-thread': 'libs/api/funding/src/panel/planning-thread.ts',
    migrate: 'apps/api/src/migrate.ts',
    demonstration: 'apps/api/src/demonstration.ts',
    'add-institution': 'apps/api/src/add-institution.ts',
    openapi: 'apps/api/src/openapi-document.ts',
    'verify-audit': 'apps/api/src/verify-audit.ts',
    // For the benchmark's peer, which sends the same statement.
    'people-page-query': 'libs/api/people/src/directory/people-list.ts',
  },
  platform: 'node',
  tsconfig: 'tsconfig.json',
  moduleTypes: { '.sql': 'text' },
  external: (id) => builtin.has(id) || (isPackage(id) && !bundled.some((prefix) => id.startsWith(prefix))),
  output: { dir: 'dist/apps/api', format: 'esm', sourcemap: true, entryFileNames: '[name].js', cleanDir: true },
});
