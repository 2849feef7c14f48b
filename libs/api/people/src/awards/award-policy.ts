import { type Actor, move, Refused, type StatusTable } from '@waymark/api-platform';
import type { AwardStatus } from '@waymark/contracts';
import type { AwardHeld } from '../entities';

export const awardStatusTable: StatusTable<AwardStatus> = {
  declared: ['verified', 'rejected'],
  verified: ['lapsed'],
  rejected: [],
  lapsed: ['verified'],
};

/** As of a day of the institution: verified awards lapse by themselves. */
export const statusOn = ({ status, validTo }: Pick<AwardHeld, 'status' | 'validTo'>, today: string): AwardStatus =>
  status === 'verified' && validTo !== null && validTo < today ? 'lapsed' : status;

export const awardPolicy = {
  /** An award of somebody else is not there for the one who declares awards. */
  mayChange(actor: Pick<Actor, 'personId'>, award: Pick<AwardHeld, 'personId' | 'status'>): void {
    if (award.personId !== actor.personId) throw new Refused('not-found');
    if (award.status !== 'declared')
      throw new Refused('status-refused', { facts: { from: award.status, to: 'declared' } });
  },

  /** What was not confirmed can go too, so that it can be declared again with what was missing. */
  mayRemove(actor: Pick<Actor, 'personId'>, award: Pick<AwardHeld, 'personId' | 'status'>): void {
    if (award.personId !== actor.personId) throw new Refused('not-found');
    if (award.status !== 'declared' && award.status !== 'rejected') {
      throw new Refused('status-refused', { facts: { from: award.status, to: 'removed' } });
    }
  },

  /** Nobody decides on their own award. */
  mayDecide(
    actor: Pick<Actor, 'personId' | 'acting'>,
    award: Pick<AwardHeld, 'personId' | 'status' | 'validTo'>,
    to: 'verified' | 'rejected',
    today: string,
  ): void {
    if (award.personId === actor.personId || award.personId === actor.acting?.by.id) throw new Refused('own-award');
    move(awardStatusTable, statusOn(award, today), to);
  },
};
