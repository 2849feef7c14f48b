import { builtinModules } from 'node:module';
import { defineConfig } from 'rolldown';

const builtin = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

/** Bundles our own sources; packages stay in node_modules. rolldown keeps the decorator metadata that Nest reads. */
export default defineConfig({
  input: {
    main: 'apps/api/src/main.ts',
    worker: 'apps/api/src/worker.ts',
    migrate: 'apps/api/src/migrate.ts',
    demonstration: 'apps/api/src/demonstration.ts',
    openapi: 'apps/api/src/openapi-document.ts',
  },
  platform: 'node',
  tsconfig: 'tsconfig.json',
  moduleTypes: { '.sql': 'text' },
  external: (id) =>
    builtin.has(id) || (!id.startsWith('.') && !id.startsWith('/') && !id.startsWith('@waymark/') && !id.startsWith('\0') && !/^[A-Za-z]:/.test(id)),
  output: { dir: 'dist/apps/api', format: 'esm', sourcemap: true, entryFileNames: '[name].js', cleanDir: true },
});
