import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, Transactions } from '@waymark/api-platform';
import type { ChangeAward as ChangeAwardInput, DeclareAward as DeclareAwardInput, OwnAwards } from '@waymark/contracts';
import { AwardHeld } from '../entities';
import { awardPolicy } from './award-policy';
import { ownAwardsIn } from './award-view';

const refuseFuture = (awardedOn: string, today: string): void => {
  if (awardedOn > today) throw new Refused('invalid-input', { fields: [{ path: 'awardedOn', code: 'in-the-future' }] });
};

@Injectable()
export class DeclareAward {
  constructor(private readonly transactions: Transactions) {}

  /** One's own award, to be checked by an award verifier. */
  run(actor: Actor, { number, ...input }: DeclareAwardInput): Promise<OwnAwards> {
    return this.transactions.run(actor, async (tx) => {
      const today = dayIn(actor.timeZone, tx.now);
      refuseFuture(input.awardedOn, today);
      const id = tx.newId();
      await tx.insert(AwardHeld, {
        ...input,
        number: number || null,
        institutionId: actor.institutionId,
        id,
        personId: actor.personId,
        status: 'declared',
        version: 1,
      });
      await tx.audit('award.declare', { kind: 'award', id }, { person: actor.personId });
      return ownAwardsIn(tx, actor.personId, today);
    });
  }
}

@Injectable()
export class ChangeAward {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, number, ...input }: ChangeAwardInput): Promise<OwnAwards> {
    return this.transactions.run(actor, async (tx) => {
      const today = dayIn(actor.timeZone, tx.now);
      const award = await tx.lock(AwardHeld, id);
      awardPolicy.mayChange(actor, award);
      if (award.version !== version) throw new Refused('changed-meanwhile');
      refuseFuture(input.awardedOn, today);
      await tx.update(AwardHeld, award, { ...input, number: number || null });
      await tx.audit('award.change', { kind: 'award', id }, { person: actor.personId });
      return ownAwardsIn(tx, actor.personId, today);
    });
  }
}

@Injectable()
export class RemoveAward {
  constructor(private readonly transactions: Transactions) {}

  /** One's own, while nobody has verified it. */
  run(actor: Actor, id: string): Promise<OwnAwards> {
    return this.transactions.run(actor, async (tx) => {
      const award = await tx.lock(AwardHeld, id);
      awardPolicy.mayRemove(actor, award);
      await tx.manager.delete(AwardHeld, { institutionId: actor.institutionId, id });
      await tx.audit('award.remove', { kind: 'award', id }, { person: actor.personId });
      return ownAwardsIn(tx, actor.personId, dayIn(actor.timeZone, tx.now));
    });
  }
}
