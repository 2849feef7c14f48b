import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AddPanelist as AddInput, ChangePanelist as ChangeInput, PanelView } from '@waymark/contracts';
import { Call, CallPanelist } from '../calls/entities';
import { mayChangePanel } from './panel-access';
import { panelViewIn, settable } from './panel-view';

/** Holds the call, and refuses where its panel has done its work. */
const settableCall = async (tx: Tx, actor: Actor, callId: string): Promise<void> => {
  await mayChangePanel(tx, actor, callId);
  const { status } = await tx.lock(Call, callId);
  if (!settable.has(status)) throw new Refused('panel-settled', { facts: { status } });
};

const panelist = async (tx: Tx, callId: string, personId: string): Promise<CallPanelist> => {
  const [row] = await tx.find(CallPanelist, { callId, personId });
  if (!row) throw new Refused('not-found');
  return row;
};

@Injectable()
export class AddPanelist {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, callId: string, { personId, chair, mostReviews }: AddInput): Promise<PanelView> {
    return this.transactions.run(actor, async (tx) => {
      await settableCall(tx, actor, callId);
      const [person] = await this.people.facts(tx, [personId]);
      if (!person) throw new Refused('not-found');
      if (!person.active) throw new Refused('person-left');
      await tx.insert(CallPanelist, {
        institutionId: actor.institutionId,
        callId,
        personId,
        chair,
        mostReviews,
        addedAt: tx.now,
        addedBy: actor.personId,
      });
      await tx.audit('panelist.add', { kind: 'call', id: callId }, { personId, chair, mostReviews });
      return panelViewIn(tx, actor, callId);
    });
  }
}

/** Whether they chair, and the most they read. What they read already stays theirs. */
@Injectable()
export class ChangePanelist {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, callId: string, personId: string, { chair, mostReviews }: ChangeInput): Promise<PanelView> {
    return this.transactions.run(actor, async (tx) => {
      await settableCall(tx, actor, callId);
      await panelist(tx, callId, personId);
      await tx.manager.update(
        CallPanelist,
        { institutionId: actor.institutionId, callId, personId },
        { chair, mostReviews },
      );
      await tx.audit('panelist.change', { kind: 'call', id: callId }, { personId, chair, mostReviews });
      return panelViewIn(tx, actor, callId);
    });
  }
}

/** Who has been given reviews stays on the panel, so that it can be said who read what; they can be set to read no more. */
@Injectable()
export class RemovePanelist {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, callId: string, personId: string): Promise<PanelView> {
    return this.transactions.run(actor, async (tx) => {
      await settableCall(tx, actor, callId);
      await panelist(tx, callId, personId);
      await tx.manager.delete(CallPanelist, { institutionId: actor.institutionId, callId, personId });
      await tx.audit('panelist.remove', { kind: 'call', id: callId }, { personId });
      return panelViewIn(tx, actor, callId);
    });
  }
}
