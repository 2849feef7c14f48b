import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  ModeratedApplication as View,
  ModeratedReview,
  WriteModerationNote as NoteInput,
} from '@waymark/contracts';
import { shownMean } from '../allocation/exact-scores';
import { conflictKeys, conflictsOf } from './conflicts';
import { ModerationNote } from './entities';
import { seesScores } from './moderation-list';
import { judged, type PanelAccess, runsPanel } from './panel-access';
import { applicationsToRead, type ToRead } from './read-application';
import { freeFor } from './reassign-review';

const substitutesMost = 20;

/** The application of this call, where the looker may see its scores. */
const moderated = async (
  tx: Tx,
  actor: Actor,
  callId: string,
  applicationId: string,
): Promise<{ access: PanelAccess; read: ToRead }> => {
  const access = await seesScores(tx, actor, callId);
  const namesShown = !access.namesHidden;
  const read = (await applicationsToRead(tx, [applicationId], { namesShown })).get(applicationId);
  if (!read || read.callId !== callId || access.kept.has(read.applicantId)) throw new Refused('not-found');
  // Taken back, or never put to the panel.
  if (!judged.includes(read.status)) throw new Refused('not-found');
  return { access, read };
};

@Injectable()
export class ModeratedApplication {
  constructor(private readonly transactions: Transactions) {}

  see(actor: Actor, callId: string, applicationId: string): Promise<View> {
    return this.transactions.run(actor, (tx) => moderatedIn(tx, actor, callId, applicationId));
  }
}

const moderatedIn = async (tx: Tx, actor: Actor, callId: string, applicationId: string): Promise<View> => {
  const { access, read } = await moderated(tx, actor, callId, applicationId);
  const { call } = access;
  const rows = await tx.query<Omit<ModeratedReview, 'interest'>>(
    `select r.id, r.version, r.panelist_id as "panelistId", trim(p.given_name || ' ' || p.family_name) as panelist, r.status,
       r.scores, r.score, r.comment_to_applicant as "commentToApplicant", r.private_comment as "privateComment"
     from review r join person p on p.institution_id = r.institution_id and p.id = r.panelist_id
     where r.institution_id = $1 and r.application_id = $2 and r.status in ('submitted', 'locked')
     order by lower(p.family_name), p.id`,
    [actor.institutionId, applicationId],
  );
  const interested = conflictKeys(await conflictsOf(tx, callId));
  const scores = rows.flatMap(({ score }) => (score === null ? [] : [score]));
  const [note] = await tx.query<View['note']>(
    `select m.words, m.version, trim(p.given_name || ' ' || p.family_name) as by, ${instantOf('m.written_at')} as at
     from moderation_note m join person p on p.institution_id = m.institution_id and p.id = m.written_by
     where m.institution_id = $1 and m.application_id = $2`,
    [actor.institutionId, applicationId],
  );
  const mayAct = runsPanel(access) && call.status === 'moderation';
  const free = mayAct ? await freeFor(tx, callId, { id: applicationId, personId: read.applicantId }, access.kept) : [];
  return {
    call: {
      id: call.id,
      name: call.name,
      status: call.status,
      version: call.version,
      blind: call.blind,
      reviewersEach: call.reviewersEach,
    },
    applicationId,
    application: read.application,
    mean:
      scores.length === 0
        ? null
        : shownMean(
            scores.reduce((sum, each) => sum + each, 0),
            scores.length,
          ),
    spread: scores.length === 0 ? null : Math.max(...scores) - Math.min(...scores),
    reviews: rows.map((row) => ({ ...row, interest: interested.has(`${row.panelistId} ${read.applicantId}`) })),
    note: note ?? { words: '', version: 0, by: null, at: null },
    substitutes: free.slice(0, substitutesMost).map(({ panelist: { id, name }, load }) => ({ id, name, load })),
    may: { note: mayAct, backToScoring: mayAct && read.status === 'scored' },
  };
};

/** What the chair notes of an application; not for applicants. Two tabs do not write over one another. */
@Injectable()
export class WriteModerationNote {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, callId: string, applicationId: string, { version, words }: NoteInput): Promise<View> {
    return this.transactions.run(actor, async (tx) => {
      const { access } = await moderated(tx, actor, callId, applicationId);
      if (!runsPanel(access)) throw new Refused('not-allowed');
      if (access.call.status !== 'moderation') {
        throw new Refused('scoring-closed', { facts: { status: access.call.status } });
      }
      const [written] = await tx.query(
        `insert into moderation_note (institution_id, application_id, words, written_by, written_at, version)
         select $1, $2, $3, $4, $5, 1 where $6 = 0
         on conflict do nothing returning 1`,
        [actor.institutionId, applicationId, words, actor.personId, tx.now, version],
      );
      if (!written) {
        const changed = await tx.manager.update(
          ModerationNote,
          { institutionId: actor.institutionId, applicationId, version },
          { words, writtenBy: actor.personId, writtenAt: tx.now, version: version + 1 },
        );
        if (changed.affected !== 1) throw new Refused('changed-meanwhile');
      }
      await tx.audit('moderation.note', { kind: 'application', id: applicationId });
      return moderatedIn(tx, actor, callId, applicationId);
    });
  }
}
