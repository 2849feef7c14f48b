import { Injectable } from '@nestjs/common';
import {
  type Actor,
  dayIn,
  Institution,
  PlatformConfig,
  post,
  Refused,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import {
  type AcceptTransfer as AcceptInput,
  type OnTransfer,
  TRANSFER_ACCEPTED,
  TRANSFER_DECLINED,
  type TransferToCard,
  type TransferView,
} from '@waymark/contracts';
import { linkAccounts } from '../accounts';
import { refuseUnknown } from '../directory/known-records';
import { Person } from '../entities';
import { spokenDay } from './days';
import { emitAcross } from './emit-across';
import { welcome, welcomeAtNewAddress } from './letters';
import { Transfer } from './transfer-entity';
import { transferViewIn } from './transfer-view';

/**
 * The institution that was asked takes somebody on: a record of its own with the unit, grade and line manager it chose; awards
 * held and skills are carried over, and what was verified stays so. The institution they leave hears of it by event and sets
 * the last day; until then the account opens the old place, afterwards the new one.
 */
@Injectable()
export class AcceptTransfer {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  run(actor: Actor, id: string, { version, ...place }: AcceptInput): Promise<TransferView> {
    return this.transactions.run(actor, async (tx) => {
      const transfer = await lockIncoming(tx, id, version);
      await refuseWithoutNetwork(tx, transfer);
      // Erased meanwhile: there is nobody to make a record of.
      if (!('givenName' in transfer.card)) {
        throw new Refused('status-refused', { facts: { from: 'asked', to: 'accepted' } });
      }
      await refuseUnknown(tx, place);
      const toPersonId = await this.personHere(tx, actor, transfer, place);
      await this.carryOver(tx, transfer, toPersonId);
      const toCard = await this.answerCard(tx, toPersonId);
      await answer(tx, actor, transfer, { status: 'accepted', toPersonId, toCard });
      await tx.audit(
        'transfer.accept',
        { kind: 'person', id: toPersonId },
        { transferId: id, firstDay: transfer.firstDay },
      );
      await emitAcross(tx, transfer.institutionId, TRANSFER_ACCEPTED, id);
      await this.tell(tx, transfer, place.email, toCard);
      return transferViewIn(tx, actor, id);
    });
  }

  /** A new record; or, for somebody who was here before under the same address, the old one again. */
  private async personHere(
    tx: Tx,
    actor: Actor,
    { card }: Transfer,
    place: Omit<AcceptInput, 'version'>,
  ): Promise<string> {
    const facts = {
      ...place,
      givenName: card.givenName,
      familyName: card.familyName,
      technician: card.technician,
      externallyFunded: card.externallyFunded,
    };
    const [before] = place.email === null ? [] : await tx.find(Person, { email: place.email });
    // Whoever is still here, if only until a day to come, is not taken for the one who arrives: roles are theirs.
    if (before && (before.leftOn === null || before.leftOn >= dayIn(actor.timeZone, tx.now))) {
      throw new Refused('email-taken');
    }
    if (before) {
      const person = await tx.lock(Person, before.id);
      if (facts.lineManagerId === person.id) throw new Refused('manager-cycle');
      await tx.update(Person, person, { ...facts, leftOn: null });
      await tx.audit('person.come-back', { kind: 'person', id: person.id });
      return person.id;
    }
    const id = tx.newId();
    await tx.insert(Person, { ...facts, institutionId: tx.scope.institutionId, id, createdAt: tx.now, version: 1 });
    await linkAccounts(tx, [{ id, email: place.email }]);
    return id;
  }

  private async carryOver(tx: Tx, { card, institutionId }: Transfer, personId: string): Promise<void> {
    const here = tx.scope.institutionId;
    await tx.query(
      `insert into skill (institution_id, id, name)
       select $1, uuidv7(), wanted.name from (select distinct on (lower(name)) name from unnest($2::text[]) w(name) order by lower(name)) wanted
       where not exists (select from skill s where s.institution_id = $1 and lower(s.name) = lower(wanted.name))
       on conflict do nothing`,
      [here, card.skills],
    );
    await tx.query(
      `insert into person_skill (institution_id, person_id, skill_id)
       select $1, $2, s.id from skill s where s.institution_id = $1 and lower(s.name) = any (select lower(w) from unnest($3::text[]) w)
       on conflict do nothing`,
      [here, personId, card.skills],
    );
    for (const award of card.awards) {
      const id = tx.newId();
      const added = await tx.query(
        `insert into award_held (institution_id, id, person_id, body, award, number,
           awarded_on, valid_to, status, decided_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
        [
          ...[here, id, personId, award.body, award.award, award.number, award.awardedOn, award.validTo, award.status],
          award.decidedAt,
        ],
      );
      // Who decided is a person of the other institution: that it did is what is kept here.
      if (added.length > 0) {
        await tx.audit(
          'award.carry-over',
          { kind: 'person', id: personId },
          { awardId: id, status: award.status, from: institutionId },
        );
      }
    }
  }

  private async answerCard(tx: Tx, personId: string): Promise<TransferToCard> {
    const [row] = await tx.query<{ card: TransferToCard }>(
      `select json_build_object('institution', i.name, 'unit', u.name, 'grade', g.name, 'jobTitle', p.job_title, 'email', p.email) as card
       from person p join institution i on i.id = p.institution_id
       left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
       left join grade g on g.institution_id = p.institution_id and g.id = p.grade_id
       where p.institution_id = $1 and p.id = $2`,
      [tx.scope.institutionId, personId],
    );
    if (!row) throw new Error('a transfer without its record');
    return row.card;
  }

  private async tell(tx: Tx, { card, firstDay }: Transfer, email: string | null, to: TransferToCard): Promise<void> {
    if (email === null) return;
    const [institution] = await tx.manager.find(Institution, { where: { id: tx.scope.institutionId } });
    const day = spokenDay(firstDay, tx.now, institution?.timeZone ?? 'UTC');
    const name = `${card.givenName} ${card.familyName}`.trim();
    const words = email === card.email ? welcome : welcomeAtNewAddress;
    await post(tx, { to: email, ...words(name, to.institution, day, `${this.config.publicUrl}/sign-in`) });
  }
}

/** The institution that was asked says no; nothing has changed anywhere. */
@Injectable()
export class DeclineTransfer {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnTransfer): Promise<TransferView> {
    return this.transactions.run(actor, async (tx) => {
      const transfer = await lockIncoming(tx, id, version);
      await answer(tx, actor, transfer, { status: 'declined', toPersonId: null, toCard: null });
      await tx.audit('transfer.decline', { kind: 'transfer', id });
      await emitAcross(tx, transfer.institutionId, TRANSFER_DECLINED, id);
      return transferViewIn(tx, actor, id);
    });
  }
}

/** The row is the other institution's: it is locked by the column that names this one. */
const lockIncoming = async (tx: Tx, id: string, version: number): Promise<Transfer> => {
  const transfer = await tx.manager
    .getRepository(Transfer)
    .createQueryBuilder('row')
    .setLock('pessimistic_write')
    .where({ toInstitutionId: tx.scope.institutionId, id })
    .getOne();
  if (!transfer) throw new Refused('not-found');
  if (transfer.status !== 'asked') throw new Refused('transfer-answered');
  if (transfer.version !== version) throw new Refused('changed-meanwhile');
  return transfer;
};

/** The network that carried it may have been left, and the transfer not yet called off. */
const refuseWithoutNetwork = async (tx: Tx, { institutionId }: Transfer): Promise<void> => {
  const [fellow] = await tx.query(`select from members_of_own_networks() where institution_id = $1 limit 1`, [
    institutionId,
  ]);
  if (!fellow) throw new Refused('no-shared-network');
};

const answer = async (
  tx: Tx,
  actor: Actor,
  { institutionId, id, version }: Transfer,
  changes: Pick<Transfer, 'status' | 'toPersonId' | 'toCard'>,
): Promise<void> => {
  await tx.query(
    `update transfer set status = $3, to_person_id = $4, to_card = $5, decided_by = $6, decided_at = $7, version = $8
     where institution_id = $1 and id = $2`,
    [...[institutionId, id, changes.status, changes.toPersonId, changes.toCard, actor.personId, tx.now], version + 1],
  );
};
