import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { PlatformConfig, post, type Tx } from '@waymark/api-platform';
import { SHARED_PAIR_ENDED, type SharedCard } from '@waymark/contracts';
import { SharedPair } from './entities';
import type { LockedPair } from './leaver-records';
import * as letters from './letters';

/** Pairs across two institutions, as the one where the pair was agreed makes and ends them. */
@Injectable()
export class SharedPairs {
  constructor(
    private readonly people: PeopleFacade,
    private readonly config: PlatformConfig,
  ) {}

  link(id: string): string {
    return `${this.config.publicUrl}/mentoring/shared-pairs/${id}`;
  }

  /**
   * Which of somebody's pairs, locked by the caller, go on although they have left: those that both wished to go on with,
   * where the leaving is a transfer. The shared row is written at the first time of asking.
   */
  async goOn(tx: Tx, leaverId: string, pairs: readonly LockedPair[]): Promise<Set<string>> {
    const transfer = pairs.length > 0 ? await this.people.transferOfLeaver(tx, leaverId) : null;
    if (!transfer) return new Set();
    const wished = await tx.query<{ pairId: string; there: boolean; ended: boolean }>(
      `select g.pair_id as "pairId", s.id is not null as there, coalesce(s.status = 'ended', false) as ended
       from pair_going_on g
       left join shared_pair s on s.institution_id = g.institution_id and s.id = g.pair_id
       where g.institution_id = $1 and g.transfer_id = $2 and g.pair_id = any ($3::uuid[])
         and g.mentor_answer and g.mentee_answer`,
      [tx.scope.institutionId, transfer.id, pairs.map(({ id }) => id)],
    );
    for (const { pairId } of wished.filter(({ there }) => !there)) {
      const pair = pairs.find(({ id }) => id === pairId);
      if (!pair) continue;
      const movedSide = pair.mentorId === leaverId ? 'mentor' : 'mentee';
      const staysId = movedSide === 'mentor' ? pair.menteeId : pair.mentorId;
      const leaver = await this.people.cardAcross(tx, leaverId);
      const movedCard: SharedCard = { ...transfer.toCard, name: leaver.name };
      await tx.query(
        `insert into shared_pair (institution_id, id, transfer_id, other_institution_id, stays_id, moved_id, moved_side, status,
           goals, agreed_at, ends_on, stays_card, moved_card, version)
         select institution_id, id, $3, $4, $5, $6, $7, 'active', goals, agreed_at, ends_on, $8, $9, 1
         from pair where institution_id = $1 and id = $2`,
        [
          ...[
            tx.scope.institutionId,
            pairId,
            transfer.id,
            transfer.toInstitutionId,
            staysId,
            transfer.toPersonId,
            movedSide,
          ],
          ...[await this.people.cardAcross(tx, staysId), movedCard],
        ],
      );
      await tx.audit('pair.go-on', { kind: 'pair', id: pairId }, { transferId: transfer.id });
    }
    return new Set(wished.filter(({ ended }) => !ended).map(({ pairId }) => pairId));
  }

  /** Ends the shared rows of pairs that end where they were agreed, and tells those who had moved. */
  async endWith(tx: Tx, pairIds: readonly string[]): Promise<void> {
    const ended = await tx.query<Pick<SharedPair, 'id'> & { staysCard: SharedCard; movedCard: SharedCard }>(
      `update shared_pair set status = 'ended', ended_at = $3, version = version + 1
       where institution_id = $1 and id = any ($2::uuid[]) and status = 'active'
       returning id, stays_card as "staysCard", moved_card as "movedCard"`,
      [tx.scope.institutionId, pairIds, tx.now],
    );
    for (const { id, staysCard, movedCard } of ended) {
      if (movedCard.email) {
        await post(tx, {
          to: movedCard.email,
          ...letters.sharedPairEnded(movedCard.name, staysCard.name, this.link(id)),
        });
      }
    }
  }

  /** Ends, from the other side, the pairs of somebody who had moved here; where they were agreed the rest follows by event. */
  async endOfMoved(tx: Tx, personId: string, pairId: string | null = null): Promise<number> {
    const ended = await tx.query<{ id: string; institutionId: string }>(
      `update shared_pair set status = 'ended', ended_at = $3, version = version + 1
       where other_institution_id = $1 and moved_id = $2 and status = 'active' and ($4::uuid is null or id = $4)
       returning id, institution_id as "institutionId"`,
      [tx.scope.institutionId, personId, tx.now, pairId],
    );
    for (const { id, institutionId } of ended) {
      await tx.audit('shared-pair.end', { kind: 'shared-pair', id });
      // The event is for the other institution: the outbox is of all.
      await tx.query(
        `insert into outbox (id, institution_id, topic, payload, at) values ($1, $2, $3, jsonb_build_object('pairId', $4::text), $5)`,
        [tx.newId(), institutionId, SHARED_PAIR_ENDED, id, tx.now],
      );
    }
    return ended.length;
  }
}
