import { Inject, Injectable } from '@nestjs/common';
import {
  type Actor,
  dayIn,
  jobViewSql,
  PERSONAL_TABLES,
  type PersonalTable,
  Refused,
  startJob,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import type { ErasePerson as Input, ErasurePreview } from '@waymark/contracts';
import { Person } from '../entities';
import { instantOf } from '../person-card';
import { canSignIn } from './can-sign-in';
import { newestExportIn } from './data-export-view';
import { ErasureAsked } from './entities';
import { effectsOf } from './erase';
import { obstacleTo } from './erasure-policy';
import { subjectOf } from './subject';

/** What an erasure would do to this person's data, and the erasure itself, which a job carries out. */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly transactions: Transactions,
    @Inject(PERSONAL_TABLES) private readonly tables: readonly PersonalTable[],
  ) {}

  preview(actor: Actor, personId: string): Promise<ErasurePreview> {
    return this.transactions.run({ ...actor, command: undefined }, (tx) => this.previewIn(tx, actor, personId));
  }

  /** The name is typed by hand: nobody is erased by a click too many. */
  run(actor: Actor, personId: string, { version, name, reason }: Input): Promise<ErasurePreview> {
    return this.transactions.run(actor, async (tx) => {
      const person = await tx.lockAt(Person, personId, version);
      const obstacle = await obstacleTo(tx, person);
      if (obstacle) throw new Refused(obstacle);
      if (plain(name) !== plain(nameOf(person))) throw new Refused('name-differs');
      const [running] = await tx.find(ErasureAsked, { personId, status: 'erasing' });
      if (running) throw new Refused('erasure-running');
      const id = tx.newId();
      const jobId = await startJob(tx, 'people.erase-person', id);
      await tx.insert(ErasureAsked, {
        institutionId: actor.institutionId,
        id,
        personId,
        reason,
        status: 'erasing',
        jobId,
        askedBy: actor.personId,
        askedAt: tx.now,
        erasedAt: null,
        version: 1,
      });
      await tx.audit('person.erase-ask', { kind: 'person', id: personId }, { reason });
      return this.previewIn(tx, actor, personId);
    });
  }

  private async previewIn(tx: Tx, actor: Actor, personId: string): Promise<ErasurePreview> {
    const [person] = await tx.find(Person, { id: personId });
    if (!person) throw new Refused('not-found');
    const obstacle = await obstacleTo(tx, person);
    const subject = await subjectOf(tx, personId);
    const effects = obstacle === 'already-erased' ? [] : await effectsOf(tx, this.tables, subject);
    const [erasure] = await tx.query<{ view: ErasurePreview['erasure'] }>(
      `select json_build_object('id', e.id, 'status', e.status, 'reason', e.reason, 'askedAt', ${instantOf('e.asked_at')},
         'erasedAt', ${instantOf('e.erased_at')}, 'job', ${jobViewSql}) as view
       from erasure e left join job j on j.institution_id = e.institution_id and j.id = e.job_id
       where e.institution_id = $1 and e.person_id = $2 order by e.asked_at desc, e.id desc limit 1`,
      [actor.institutionId, personId],
    );
    return {
      person: {
        id: person.id,
        name: nameOf(person),
        leftOn: person.leftOn,
        hasAccount: subject.accounts.length > 0,
        version: person.version,
      },
      obstacle,
      kinds: effects.map(({ title, as, does, rows, why }) => ({ title, as, does, rows, why })),
      erasure: erasure?.view ?? null,
      ...(await newestExportIn(tx, personId)),
      mayExport: !person.erasedAt && !(await canSignIn(tx, person, dayIn(actor.timeZone, tx.now))),
    };
  }
}

const nameOf = ({ givenName, familyName }: Person): string => `${givenName} ${familyName}`.trim();
const plain = (name: string): string => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLocaleLowerCase('en');
