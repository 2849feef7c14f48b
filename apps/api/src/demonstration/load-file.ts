import { ApplyStaffImport, PreviewStaffImport, ReadStaffImports, StartStaffImport } from '@waymark/api-people';
import type { Actor } from '@waymark/api-platform';
import type { StaffFileKind, StaffImportView } from '@waymark/contracts';
import { DateTime } from 'luxon';
import type { Stage } from './stage';

export interface FileToLoad {
  kind: StaffFileKind;
  fileName: string;
  content: Buffer;
  /** Lowest first, where the file may hold grades that are not known. */
  gradeOrder?: readonly string[];
  missingAreLeavers?: boolean;
}

/** Loads a file as an administrator does: upload, look at the preview, apply. */
export const loadFile = async (stage: Stage, actor: Actor, file: FileToLoad): Promise<StaffImportView> => {
  const started = await stage
    .of(StartStaffImport)
    .run(actor, { kind: file.kind, fileName: file.fileName }, inPieces(file.content));
  await stage.settle();
  const read = await seen(stage, actor, started.id, 'uploaded');
  await stage.of(PreviewStaffImport).run(actor, read.id, {
    version: read.version,
    mapping: read.mapping,
    settings: {
      ...read.settings,
      missingAreLeavers: file.missingAreLeavers ?? false,
      lastDayOfMissing: file.missingAreLeavers
        ? DateTime.fromJSDate(stage.now, { zone: 'Europe/London' }).minus({ days: 3 }).toISODate()
        : null,
    },
    gradeOrder: file.gradeOrder ? [...file.gradeOrder] : null,
  });
  await stage.settle();
  const previewed = await seen(stage, actor, read.id, 'previewed');
  if (previewed.counts && previewed.counts.new + previewed.counts.changed + previewed.counts.leaver === 0)
    return previewed;
  await stage.of(ApplyStaffImport).run(actor, read.id, {
    version: previewed.version,
    leavers: previewed.counts?.leaver ?? null,
  });
  await stage.settle();
  return seen(stage, actor, read.id, 'applied');
};

const seen = async (
  stage: Stage,
  actor: Actor,
  id: string,
  status: StaffImportView['status'],
): Promise<StaffImportView> => {
  const view = await stage.of(ReadStaffImports).one(actor, id);
  if (view.status !== status) throw new Error(`a file of the demonstration is ${view.status}: ${view.failure}`);
  return view;
};

async function* inPieces(content: Buffer): AsyncIterable<Buffer> {
  yield await Promise.resolve(content);
}
