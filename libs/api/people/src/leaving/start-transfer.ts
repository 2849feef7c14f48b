import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, Transactions, type Tx } from '@waymark/api-platform';
import {
  type OnTransfer,
  type StartTransfer as Input,
  TRANSFER_ASKED,
  type TransferCard,
  type TransferView,
} from '@waymark/contracts';
import { Person } from '../entities';
import { instantOf } from '../person-card';
import { emitAcross } from './emit-across';
import { anyAdministers } from './leave';
import { transferViewIn } from './transfer-view';
import { Transfer } from './transfer-entity';

/** Begins a transfer to another institution of a shared network, which is asked. Nothing changes here until it has accepted. */
@Injectable()
export class StartTransfer {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, personId: string, { toInstitutionId, lastDay, firstDay }: Input): Promise<TransferView> {
    return this.transactions.run(actor, async (tx) => {
      const person = await tx.lock(Person, personId);
      const today = dayIn(actor.timeZone, tx.now);
      if (person.erasedAt !== null) throw new Refused('not-found');
      if (person.leftOn !== null) throw new Refused(person.leftOn < today ? 'person-left' : 'transfer-under-way');
      if (lastDay < today) throw new Refused('invalid-input', { fields: [{ path: 'lastDay', code: 'in-the-past' }] });
      if (firstDay <= lastDay) {
        throw new Refused('invalid-input', { fields: [{ path: 'firstDay', code: 'not-after-last-day' }] });
      }
      if (await anyAdministers(tx, [personId], today)) {
        const [other] = await tx.query(
          `select from role_held h join person p on p.institution_id = h.institution_id and p.id = h.person_id
           where h.institution_id = $1 and h.role = 'institution-administrator' and h.person_id <> $2
             and h.held_from <= $3::date and h.held_until is null and p.left_on is null limit 1`,
          [actor.institutionId, personId, today],
        );
        if (!other) throw new Refused('last-administrator');
      }
      const [fellow] = await tx.query<{ name: string }>(
        `select m.name from members_of_own_networks() m where m.institution_id = $1 and m.institution_id <> $2 limit 1`,
        [toInstitutionId, actor.institutionId],
      );
      if (!fellow) throw new Refused('no-shared-network');
      const [open] = await tx.query(
        `select from transfer where institution_id = $1 and person_id = $2
           and (status = 'asked' or (status = 'accepted' and marked_at is null)) limit 1`,
        [actor.institutionId, personId],
      );
      if (open) throw new Refused('transfer-under-way');
      const id = tx.newId();
      await tx.insert(Transfer, {
        institutionId: actor.institutionId,
        id,
        personId,
        toInstitutionId,
        status: 'asked',
        lastDay,
        firstDay,
        card: { ...(await cardToHandOn(tx, personId)), to: fellow.name },
        startedBy: actor.personId,
        startedAt: tx.now,
        markedAt: null,
        toPersonId: null,
        toCard: null,
        decidedBy: null,
        decidedAt: null,
        version: 1,
      });
      await tx.audit(
        'transfer.start',
        { kind: 'person', id: personId },
        { transferId: id, toInstitutionId, lastDay, firstDay },
      );
      await emitAcross(tx, toInstitutionId, TRANSFER_ASKED, id);
      return transferViewIn(tx, actor, id);
    });
  }
}

/** Calls a transfer off while the other institution has not answered. */
@Injectable()
export class CancelTransfer {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnTransfer): Promise<TransferView> {
    return this.transactions.run(actor, async (tx) => {
      const transfer = await tx.lock(Transfer, id);
      if (transfer.status !== 'asked') throw new Refused('transfer-answered');
      if (transfer.version !== version) throw new Refused('changed-meanwhile');
      await tx.update(Transfer, transfer, { status: 'cancelled' });
      await tx.audit('transfer.cancel', { kind: 'person', id: transfer.personId }, { transferId: id });
      return transferViewIn(tx, actor, id);
    });
  }
}

const cardToHandOn = async (tx: Tx, personId: string): Promise<TransferCard> => {
  const [row] = await tx.query<{ card: TransferCard }>(
    `select json_build_object('institution', i.name, 'givenName', p.given_name, 'familyName', p.family_name, 'email', p.email,
       'jobTitle', p.job_title, 'unit', u.name, 'grade', g.name, 'technician', p.technician,
       'externallyFunded', p.externally_funded,
       'skills', coalesce((select json_agg(s.name order by lower(s.name)) from person_skill ps
         join skill s on s.institution_id = ps.institution_id and s.id = ps.skill_id
         where ps.institution_id = $1 and ps.person_id = p.id), '[]'),
       'awards', coalesce((select json_agg(json_build_object('body', a.body, 'award', a.award, 'number', a.number,
           'awardedOn', a.awarded_on, 'validTo', a.valid_to, 'status', a.status, 'decidedAt', ${instantOf('a.decided_at')})
           order by a.awarded_on, a.id) from award_held a where a.institution_id = $1 and a.person_id = p.id), '[]')) as card
     from person p join institution i on i.id = p.institution_id
     left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
     left join grade g on g.institution_id = p.institution_id and g.id = p.grade_id
     where p.institution_id = $1 and p.id = $2`,
    [tx.scope.institutionId, personId],
  );
  if (!row) throw new Refused('not-found');
  return row.card;
};
