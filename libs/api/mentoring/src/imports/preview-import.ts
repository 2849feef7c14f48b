import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { ImportView, PreviewImport as Input } from '@waymark/contracts';
import { RoundImport } from '../entities';
import { normalMapping } from './check-mapping';
import { evaluateImport, readRows } from './evaluate-import';
import { importStatusTable } from './import-status';
import { importViewIn } from './import-view';
import { lockRoundForImport } from './round-for-import';
import { rowsOf, storeOutcomes } from './stored-rows';

/** Says of each row what loading it would do, by the mapping given. Changes nobody. */
@Injectable()
export class PreviewImport {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, id: string, { version, mapping, placesDefault, gradeOrder }: Input): Promise<ImportView> {
    return this.transactions.run(actor, async (tx) => {
      const file = await tx.lockAt(RoundImport, id, version);
      const status = move(importStatusTable, file.status, 'previewed');
      const settings = {
        side: file.side,
        headings: file.headings,
        mapping: normalMapping(mapping),
        placesDefault,
        gradeOrder,
      };
      const round = await lockRoundForImport(tx, file.roundId);
      const read = readRows(await rowsOf(tx, id), settings);
      const { evaluation, order } = await evaluateImport(tx, this.people, settings, round, read);
      await storeOutcomes(tx, id, evaluation.rows);
      const { counts, newUnits, freshGrades } = evaluation;
      await tx.update(RoundImport, file, {
        status,
        mapping: settings.mapping,
        placesDefault,
        gradeOrder: gradeOrder === null ? null : order.grades,
        preview: { ...counts, newUnits, freshGrades },
        jobId: null,
      });
      await tx.audit('import.preview', { kind: 'round-import', id }, { ...counts });
      return importViewIn(tx, id);
    });
  }
}
