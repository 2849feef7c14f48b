import { Injectable } from '@nestjs/common';
import { type Actor, decodeFile, readTable, Transactions } from '@waymark/api-platform';
import type { ImportView, StartImport as Input } from '@waymark/contracts';
import { RoundImport } from '../entities';
import { guessMapping, recognised } from './column-guess';
import { importViewIn } from './import-view';
import { lockRoundForImport } from './round-for-import';
import { storeRows } from './stored-rows';

const placesAtFirst = 2;
const rowsMost = 20_000;

/** Takes a file of mentors or mentees: finds out how it is written and keeps its rows, changes nothing else. */
@Injectable()
export class StartImport {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { roundId, side, fileName, content }: Input): Promise<ImportView> {
    const { text, encoding } = decodeFile(Buffer.from(content, 'base64'));
    const { separator, headings, rows } = readTable(text, { recognised, rowsMost });
    return this.transactions.run(actor, async (tx) => {
      await lockRoundForImport(tx, roundId);
      const id = tx.newId();
      await tx.insert(RoundImport, {
        institutionId: actor.institutionId,
        id,
        roundId,
        side,
        fileName,
        status: 'uploaded',
        encoding,
        separator,
        headings,
        rowCount: rows.length,
        mapping: guessMapping(headings, side),
        placesDefault: placesAtFirst,
        gradeOrder: null,
        preview: null,
        jobId: null,
        uploadedAt: tx.now,
        uploadedBy: actor.personId,
        version: 1,
      });
      await storeRows(tx, id, rows);
      await tx.audit('import.upload', { kind: 'round-import', id }, { round: roundId, side, rows: rows.length });
      return importViewIn(tx, id);
    });
  }
}
