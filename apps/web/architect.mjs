/**
 * Runs one target of angular.json through Architect, as the Angular command line does, without its prompts, its
 * terminal clearing and its questions about analytics. `node apps/web/architect.mjs build`
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { Architect } = require('@angular-devkit/architect');
const { WorkspaceNodeModulesArchitectHost } = require('@angular-devkit/architect/node');
const { logging, schema, workspaces } = require('@angular-devkit/core');
const { NodeJsSyncHost } = require('@angular-devkit/core/node');

const file = fileURLToPath(import.meta.url);
const root = dirname(file);

/** Answers whether the target succeeded; what it says goes to stdout and stderr. */
export async function runTarget(target, overrides = {}) {
  process.chdir(root);
  const registry = new schema.CoreSchemaRegistry();
  registry.addPostTransform(schema.transforms.addUndefinedDefaults);
  const { workspace } = await workspaces.readWorkspace(
    `${root}/angular.json`,
    workspaces.createWorkspaceHost(new NodeJsSyncHost()),
  );
  const architect = new Architect(new WorkspaceNodeModulesArchitectHost(workspace, root), registry);

  const logger = new logging.Logger('web');
  logger.subscribe(({ level, message }) => {
    if (level === 'debug') return;
    (level === 'info' ? process.stdout : process.stderr).write(`${message}\n`);
  });

  const run = await architect.scheduleTarget({ project: 'web', target }, overrides, { logger });
  const { success, error } = await run.lastOutput;
  if (error) process.stderr.write(`${error}\n`);
  await run.stop();
  return success;
}

if (process.argv[1] === file) process.exit((await runTarget(process.argv[2] ?? 'build')) ? 0 : 1);
