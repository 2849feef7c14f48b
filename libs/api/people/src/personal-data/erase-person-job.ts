import { Inject, Injectable } from '@nestjs/common';
import {
  type JobContext,
  type JobHandler,
  move,
  PERSONAL_TABLES,
  type PersonalTable,
  Refused,
  type Tx,
} from '@waymark/api-platform';
import { Person } from '../entities';
import { ErasureAsked } from './entities';
import { effectsOf, erase } from './erase';
import { obstacleTo } from './erasure-policy';
import { erasureStatusTable } from './statuses';
import { subjectOf } from './subject';

/**
 * Erases somebody in one transaction together with the job's end: a worker that dies has erased nothing, and the next
 * one begins again. Whether they may be erased is asked anew.
 */
@Injectable()
export class ErasePersonJob implements JobHandler {
  readonly kind = 'people.erase-person';

  constructor(@Inject(PERSONAL_TABLES) private readonly tables: readonly PersonalTable[]) {}

  async run(context: JobContext): Promise<void> {
    await context.progress('erasing', 20);
    await context.finish((tx) => this.erase(tx, context.subjectId));
  }

  /** It was asked for and came to nothing: it can be asked for again. */
  async ended(tx: Tx, erasureId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const asked = await tx.lock(ErasureAsked, erasureId);
    if (asked.status !== 'erasing') return;
    await tx.update(ErasureAsked, asked, { status: move(erasureStatusTable, asked.status, end) });
    await tx.audit('person.erase-end', { kind: 'person', id: asked.personId }, { end });
  }

  private async erase(tx: Tx, erasureId: string): Promise<void> {
    const asked = await tx.lock(ErasureAsked, erasureId);
    const status = move(erasureStatusTable, asked.status, 'done');
    const person = await tx.lock(Person, asked.personId);
    const obstacle = await obstacleTo(tx, person);
    if (obstacle) throw new Refused(obstacle);
    const subject = await subjectOf(tx, person.id);
    const effects = await effectsOf(tx, this.tables, subject);
    await erase(tx, this.tables, subject);
    await tx.query(`update person set erased_at = $3 where institution_id = $1 and id = $2`, [
      person.institutionId,
      person.id,
      tx.now,
    ]);
    const rows = (does: 'delete' | 'empty' | 'keep') =>
      effects.filter((effect) => effect.does === does).reduce((sum, effect) => sum + effect.rows, 0);
    const summary = { deleted: rows('delete'), emptied: rows('empty'), kept: rows('keep') };
    await tx.update(ErasureAsked, asked, { status, erasedAt: tx.now, summary });
    await tx.audit('person.erase', { kind: 'person', id: person.id }, { reason: asked.reason, ...summary });
  }
}
