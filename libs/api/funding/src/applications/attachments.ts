import { Injectable } from '@nestjs/common';
import { type Actor, fileViewOf, Refused, StoredFile, storedFile, Transactions, type Tx } from '@waymark/api-platform';
import { applicationFilesMost, type ApplicationFiles, type ApplicationStatus } from '@waymark/contracts';
import { conflictsOf } from '../panel/conflicts';
import { Application, ApplicationFile } from './entities';
import { ownApplication } from './own-application';
import { readsBlind } from './reads-blind';
import { writable } from './writable';

const refuseWritten = (status: ApplicationStatus): void => {
  if (!writable.includes(status)) throw new Refused('status-refused', { facts: { from: status, to: 'draft' } });
};

const filesOf = async (tx: Tx, applicationId: string): Promise<ApplicationFiles> => {
  const rows = await tx.query<Parameters<typeof fileViewOf>[0]>(
    `select f.id, f.name, f.media_type as "mediaType", f.size_bytes as "sizeBytes", f.uploaded_at as "uploadedAt"
     from application_file a join stored_file f on f.institution_id = a.institution_id and f.id = a.file_id
     where a.institution_id = $1 and a.application_id = $2 order by a.added_at, f.id`,
    [tx.scope.institutionId, applicationId],
  );
  return { files: rows.map(fileViewOf) };
};

/** Puts a file that the applicant handed in with their application, while it is theirs to write. */
@Injectable()
export class AttachFile {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, fileId: string): Promise<ApplicationFiles> {
    return this.transactions.run(actor, async (tx) => {
      await ownApplication(tx, actor, id);
      refuseWritten((await tx.lock(Application, id)).status);
      // Held, so that it is not swept away for being attached to nothing at this very moment.
      const file = await tx.manager
        .getRepository(StoredFile)
        .createQueryBuilder('row')
        .select(['row.institutionId', 'row.id', 'row.purpose', 'row.uploadedBy'])
        .setLock('pessimistic_read')
        .where({ institutionId: actor.institutionId, id: fileId })
        .getOne();
      if (file?.uploadedBy !== actor.personId || file.purpose !== 'application') throw new Refused('not-found');
      const attached = await tx.find(ApplicationFile, { applicationId: id });
      if (attached.some((each) => each.fileId === fileId)) return filesOf(tx, id);
      if (attached.length >= applicationFilesMost) {
        throw new Refused('too-many-files', { facts: { most: applicationFilesMost } });
      }
      await tx.insert(ApplicationFile, {
        institutionId: actor.institutionId,
        applicationId: id,
        fileId,
        addedAt: tx.now,
      });
      return filesOf(tx, id);
    });
  }
}

/** Takes it off again; what was submitted keeps it. */
@Injectable()
export class DetachFile {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, fileId: string): Promise<ApplicationFiles> {
    return this.transactions.run(actor, async (tx) => {
      await ownApplication(tx, actor, id);
      refuseWritten((await tx.lock(Application, id)).status);
      await tx.query(
        `delete from application_file where institution_id = $1 and application_id = $2 and file_id = $3`,
        [actor.institutionId, id, fileId],
      );
      return filesOf(tx, id);
    });
  }
}

interface Reader {
  callId: string;
  applicantId: string;
  /** It went with a submission; else it lies with what is still being written. */
  submitted: boolean;
  askedToEndorse: boolean;
  panelist: boolean;
  /** Of the panel of a blind call that is not decided yet. */
  readsBlind: boolean;
  /** Assigned to read it, in a call that is not blind and still reads. */
  assigned: boolean;
}

/**
 * A file of an application, for those whom the application concerns: the applicant; whoever is or was asked to endorse it; those
 * of the panel who read it, where reading is not blind; whoever may see calls and does not read them blind. A panelist with an
 * interest in the applicant gets nothing, whatever else they are. What is not submitted yet is the applicant's alone.
 */
@Injectable()
export class AttachedFiles {
  constructor(private readonly transactions: Transactions) {}

  file(actor: Actor, id: string, fileId: string): Promise<StoredFile> {
    return this.transactions.run({ ...actor, command: undefined }, async (tx) => {
      const [reader] = await tx.query<Reader>(
        `select a.call_id as "callId", a.person_id as "applicantId",
           exists (select from application_submission_file s where s.institution_id = $1 and s.application_id = a.id and s.file_id = $3)
             as submitted,
           exists (select from endorsement e where e.institution_id = $1 and e.application_id = a.id
             and $4::uuid in (e.asked_of, e.answered_by) and e.status in ('asked', 'endorsed', 'returned', 'declined')) as "askedToEndorse",
           exists (select from call_panelist q where q.institution_id = $1 and q.call_id = a.call_id and q.person_id = $4) as panelist,
           ${readsBlind('c', '$4')} as "readsBlind",
           exists (select from review r where r.institution_id = $1 and r.application_id = a.id and r.panelist_id = $4
             and r.status in ('assigned', 'drafting', 'submitted', 'locked') and c.status in ('scoring', 'moderation')
             and not exists (select from call_terms t where t.institution_id = $1 and t.call_id = a.call_id
               and t.number in (c.terms_number, s.terms_number) and (t.terms->>'blind')::boolean)) as assigned
         from application a
         join call c on c.institution_id = $1 and c.id = a.call_id
         left join application_submission s
           on s.institution_id = $1 and s.application_id = a.id and s.number = a.submission_number
         where a.institution_id = $1 and a.id = $2 and (
           exists (select from application_file f where f.institution_id = $1 and f.application_id = a.id and f.file_id = $3)
           or exists (select from application_submission_file f where f.institution_id = $1 and f.application_id = a.id and f.file_id = $3))`,
        [actor.institutionId, id, fileId, actor.personId],
      );
      if (!reader || !(await this.mayRead(tx, actor, reader))) throw new Refused('not-found');
      return storedFile(tx, fileId);
    });
  }

  private async mayRead(tx: Tx, actor: Actor, reader: Reader): Promise<boolean> {
    if (reader.applicantId === actor.personId) return true;
    if (!reader.submitted) return false;
    if (reader.panelist) {
      const conflicts = await conflictsOf(tx, reader.callId);
      const both = conflicts.some(
        (each) => each.panelistId === actor.personId && each.applicantId === reader.applicantId,
      );
      // Who is asked to endorse is in conflict, and reads it as the manager.
      if (both) return reader.askedToEndorse;
    }
    return reader.askedToEndorse || reader.assigned || (actor.permissions.has('calls.see') && !reader.readsBlind);
  }
}
