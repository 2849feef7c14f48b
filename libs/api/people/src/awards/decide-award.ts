import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, PlatformConfig, post, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AwardRejection, AwardView } from '@waymark/contracts';
import { AwardHeld, Person } from '../entities';
import { awardPolicy } from './award-policy';
import { awardViewIn } from './award-view';

const reasonWords: Readonly<Record<AwardRejection, string>> = {
  'not-in-register': 'it was not found in the register of its body',
  'details-differ': 'the register shows other details than those you gave',
  'proof-missing': 'there was nothing to check it by',
  other: 'please ask the award verifier for the reason',
};

/** The second pair of eyes on an award: never the holder's own. Each decision keeps who took it, and when. */
@Injectable()
export class DecideAward {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  verify(actor: Actor, id: string, version: number): Promise<AwardView> {
    return this.decide(actor, id, version, async (tx, award, today) => {
      if (award.validTo !== null && award.validTo < today) {
        throw new Refused('invalid-input', { fields: [{ path: 'validTo', code: 'in-the-past' }] });
      }
      awardPolicy.mayDecide(actor, award, 'verified', today);
      await tx.update(AwardHeld, award, { status: 'verified', decidedBy: actor.personId, decidedAt: tx.now });
      await tx.audit('award.verify', { kind: 'award', id }, { person: award.personId });
      await this.tell(tx, award, `Your award was verified`, `was verified. Colleagues now see it beside your name.`);
    });
  }

  reject(actor: Actor, id: string, version: number, reason: AwardRejection): Promise<AwardView> {
    return this.decide(actor, id, version, async (tx, award, today) => {
      awardPolicy.mayDecide(actor, award, 'rejected', today);
      await tx.update(AwardHeld, award, {
        status: 'rejected',
        decidedBy: actor.personId,
        decidedAt: tx.now,
        rejectedFor: reason,
      });
      await tx.audit('award.reject', { kind: 'award', id }, { person: award.personId, reason });
      await this.tell(
        tx,
        award,
        `Your award could not be verified`,
        `could not be verified: ${reasonWords[reason]}. You can remove it and declare it again.`,
      );
    });
  }

  /** Its body renewed it: it holds until another day, or without an end. */
  renew(actor: Actor, id: string, version: number, validTo: string | null): Promise<AwardView> {
    return this.decide(actor, id, version, async (tx, award, today) => {
      if (award.status !== 'verified' && award.status !== 'lapsed')
        throw new Refused('status-refused', { facts: { from: award.status, to: 'verified' } });
      awardPolicy.mayDecide(actor, { ...award, status: 'lapsed' }, 'verified', today);
      if (validTo !== null && validTo < today) {
        throw new Refused('invalid-input', { fields: [{ path: 'validTo', code: 'in-the-past' }] });
      }
      await tx.update(AwardHeld, award, {
        status: 'verified',
        validTo,
        decidedBy: actor.personId,
        decidedAt: tx.now,
      });
      await tx.audit('award.renew', { kind: 'award', id }, { person: award.personId, validTo });
    });
  }

  private decide(
    actor: Actor,
    id: string,
    version: number,
    work: (tx: Tx, award: AwardHeld, today: string) => Promise<void>,
  ): Promise<AwardView> {
    return this.transactions.run(actor, async (tx) => {
      const today = dayIn(actor.timeZone, tx.now);
      const award = await tx.lockAt(AwardHeld, id, version);
      await work(tx, award, today);
      return awardViewIn(tx, actor, id, today);
    });
  }

  private async tell(tx: Tx, award: AwardHeld, subject: string, what: string): Promise<void> {
    const [person] = await tx.find(Person, { id: award.personId });
    if (!person?.email) return;
    await post(tx, {
      to: person.email,
      subject,
      body: `Hello ${person.givenName},\n\nThe award you declared, ${award.award} (${award.body}), ${what}\n\n${this.config.publicUrl}/people/${person.id}\n`,
    });
  }
}
