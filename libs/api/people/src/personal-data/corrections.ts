import { Injectable } from '@nestjs/common';
import { type Actor, move, PlatformConfig, post, Reads, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  AnswerCorrection as AnswerInput,
  AskCorrection as AskInput,
  CorrectionsPage,
  CorrectionsQuery,
  CorrectionView,
  HomeTask,
  WithdrawCorrection as WithdrawInput,
} from '@waymark/contracts';
import { Person } from '../entities';
import { correctionIn, correctionJoins, correctionSql } from './correction-view';
import { Correction } from './entities';
import { correctionStatusTable } from './statuses';

const openMost = 20;

@Injectable()
export class AskCorrection {
  constructor(private readonly transactions: Transactions) {}

  /** Says what is wrong about oneself. It waits on the home of whoever may change people. */
  run(actor: Actor, input: AskInput): Promise<CorrectionView> {
    return this.transactions.run(actor, async (tx) => {
      // The lock makes two who ask at once count each other.
      await tx.lock(Person, actor.personId);
      const open = await tx.find(Correction, { personId: actor.personId, status: 'open' });
      if (open.length >= openMost) throw new Refused('too-many-corrections', { facts: { most: openMost } });
      const id = tx.newId();
      await tx.insert(Correction, {
        ...input,
        institutionId: actor.institutionId,
        id,
        personId: actor.personId,
        status: 'open',
        askedAt: tx.now,
        answeredBy: null,
        answeredAt: null,
        answer: null,
        version: 1,
      });
      await tx.audit('correction.ask', { kind: 'correction', id }, { field: input.field });
      return correctionIn(tx, id);
    });
  }
}

@Injectable()
export class WithdrawCorrection {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: WithdrawInput): Promise<CorrectionView> {
    return this.transactions.run(actor, async (tx) => {
      const correction = await tx.lock(Correction, id);
      if (correction.personId !== actor.personId) throw new Refused('not-found');
      if (correction.version !== version) throw new Refused('changed-meanwhile');
      await tx.update(Correction, correction, { status: move(correctionStatusTable, correction.status, 'withdrawn') });
      await tx.audit('correction.withdraw', { kind: 'correction', id });
      return correctionIn(tx, id);
    });
  }
}

@Injectable()
export class AnswerCorrection {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  /** Says that it was put right, or why not; the one who asked is told. Nobody answers their own. */
  run(actor: Actor, id: string, { version, outcome, answer }: AnswerInput): Promise<CorrectionView> {
    return this.transactions.run(actor, async (tx) => {
      const correction = await tx.lockAt(Correction, id, version);
      if (correction.personId === actor.personId) throw new Refused('own-correction');
      await tx.update(Correction, correction, {
        status: move(correctionStatusTable, correction.status, outcome),
        answeredBy: actor.personId,
        answeredAt: tx.now,
        answer,
      });
      await this.tell(tx, correction);
      await tx.audit('correction.answer', { kind: 'correction', id }, { outcome });
      return correctionIn(tx, id);
    });
  }

  private async tell(tx: Tx, { personId, status, answer }: Correction): Promise<void> {
    const [person] = await tx.find(Person, { id: personId });
    if (!person?.email) return;
    const done = status === 'done';
    await post(tx, {
      to: person.email,
      subject: done ? 'Your record was put right' : 'Your record stays as it is',
      body: `Hello ${person.givenName},\n\nYou asked for a correction of your record in Waymark. ${done ? 'It was made.' : 'It was not made.'}${answer ? `\n\n${answer}` : ''}\n\nSee your record, and what you asked for:\n\n${this.config.publicUrl}/account\n`,
    });
  }
}

/** Corrections that people asked for: a page of them, and those that wait on somebody's home. */
@Injectable()
export class Corrections {
  constructor(private readonly reads: Reads) {}

  async page(actor: Actor, { page, pageSize, status }: CorrectionsQuery): Promise<CorrectionsPage> {
    const values = [actor.institutionId, status];
    const order = status === 'open' ? 'c.asked_at, c.id' : 'c.answered_at desc nulls last, c.asked_at desc, c.id';
    const [rows, [counted]] = await this.reads.all<[{ view: CorrectionView }, { total: number }]>(actor, [
      {
        name: `corrections-${status === 'open' ? 'open' : 'ended'}`,
        text: `select ${correctionSql} as view from correction c ${correctionJoins}
          where c.institution_id = $1 and c.status = $2 order by ${order} limit $3 offset $4`,
        values: [...values, pageSize, (page - 1) * pageSize],
      },
      {
        name: 'corrections-total',
        text: 'select count(*)::int as total from correction c where c.institution_id = $1 and c.status = $2',
        values,
      },
    ]);
    return { rows: rows.map(({ view }) => view), page, pageSize, total: counted?.total ?? 0 };
  }

  /** One task for each open correction, but for one's own, which somebody else answers. */
  tasks(actor: Actor): Promise<HomeTask[]> {
    if (!actor.permissions.has('people.edit')) return Promise.resolve([]);
    return this.reads.rows(actor, {
      name: 'home-corrections',
      text: `select c.id, 'correct-person' as kind, null as "dueAt", trim(p.given_name || ' ' || p.family_name) as about,
          null::int as count
        from correction c join person p on p.institution_id = c.institution_id and p.id = c.person_id
        where c.institution_id = $1 and c.status = 'open' and c.person_id <> $2 order by c.asked_at, c.id limit 20`,
      values: [actor.institutionId, actor.personId],
    });
  }
}
