import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import {
  type Actor,
  Clock,
  dayIn,
  PlatformConfig,
  postEach,
  type ReadQuery,
  Reads,
  Refused,
  Transactions,
} from '@waymark/api-platform';
import type {
  CallMessages as ListView,
  MessageFilter,
  MessagePreview,
  PreviewMessage,
  SendMessage as Input,
} from '@waymark/contracts';
import { callAt } from './call-at';
import { lockCall } from './close-call';
import { Call, CallMessage } from './entities';
import { spokenInstant } from './letters';

interface Recipient {
  applicationId: string;
  reference: string;
  givenName: string;
  name: string;
  email: string | null;
}

/** Applicants whom a filter chooses, an application each; who has left is not written to. */
const chosen = (institutionId: string, callId: string, filter: MessageFilter, today: string): ReadQuery => ({
  name: 'call-message-recipients',
  text: `with recursive units as (
      select u.id from unit u where u.institution_id = $1 and u.id = any ($4::uuid[])
      union select u.id from units join unit u on u.institution_id = $1 and u.parent_id = units.id
    )
    select a.id as "applicationId", a.reference, p.given_name as "givenName",
      trim(p.given_name || ' ' || p.family_name) as name, p.email
    from application a
    join person p on p.institution_id = a.institution_id and p.id = a.person_id
    where a.institution_id = $1 and a.call_id = $2 and a.status = any ($3::text[])
      and (cardinality($4::uuid[]) = 0 or p.unit_id in (select id from units))
      and (p.left_on is null or p.left_on >= $5::date)
    order by a.reference`,
  values: [institutionId, callId, filter.statuses, filter.unitIds, today],
});

/** The letter for one of them: each placeholder filled in. */
const letterFor = (
  { subject, body }: { subject: string; body: string },
  call: Pick<Call, 'name' | 'closesAt'>,
  recipient: Recipient,
  publicUrl: string,
  timeZone: string,
): { subject: string; body: string } => {
  const values: Readonly<Record<string, string>> = {
    'given name': recipient.givenName || recipient.name,
    name: recipient.name,
    reference: recipient.reference,
    call: call.name,
    closes: spokenInstant(call.closesAt, timeZone),
    link: `${publicUrl}/funding/applications/${recipient.applicationId}`,
  };
  const filled = (text: string) => text.replaceAll(/\{([^{}\n]{0,60})\}/g, (all, name: string) => values[name] ?? all);
  return { subject: filled(subject), body: `${filled(body)}\n` };
};

const sent = (institutionId: string, callId: string): ReadQuery => ({
  name: 'call-messages',
  text: `select m.id, m.subject, m.body, m.filter, m.recipients, trim(p.given_name || ' ' || p.family_name) as "sentBy",
      ${instantOf('m.sent_at')} as "sentAt"
    from call_message m join person p on p.institution_id = m.institution_id and p.id = m.sent_by
    where m.institution_id = $1 and m.call_id = $2 order by m.sent_at desc, m.id desc limit 200`,
  values: [institutionId, callId],
});

const withAddress = (recipients: readonly Recipient[]) =>
  recipients.flatMap((one) => (one.email === null ? [] : [{ ...one, email: one.email }]));

@Injectable()
export class CallMessages {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly config: PlatformConfig,
  ) {}

  async list(actor: Actor, callId: string): Promise<ListView> {
    const [[call], rows] = await this.reads.all<[{ id: string }, ListView['rows'][number]]>(actor, [
      {
        name: 'call-of-messages',
        text: `select id from call where institution_id = $1 and id = $2`,
        values: [actor.institutionId, callId],
      },
      sent(actor.institutionId, callId),
    ]);
    if (!call) throw new Refused('not-found');
    return { rows };
  }

  /** To how many it would go, and the letter as the first of them would get it. Nothing is sent. */
  async preview(actor: Actor, callId: string, { filter, ...words }: PreviewMessage): Promise<MessagePreview> {
    const today = dayIn(actor.timeZone, this.clock.now());
    const [[call], recipients] = await this.reads.all<[Pick<Call, 'name' | 'closesAt'>, Recipient]>(actor, [
      {
        name: 'call-of-message',
        text: `select name, closes_at as "closesAt" from call where institution_id = $1 and id = $2`,
        values: [actor.institutionId, callId],
      },
      chosen(actor.institutionId, callId, filter, today),
    ]);
    if (!call) throw new Refused('not-found');
    const addressed = withAddress(recipients);
    const [first] = addressed;
    return {
      recipients: addressed.length,
      withoutAddress: recipients.length - addressed.length,
      example: first
        ? { to: first.name, ...letterFor(words, call, first, this.config.publicUrl, actor.timeZone) }
        : null,
    };
  }
}

/**
 * Writes to everybody whom the filter chooses, and keeps what was said to how many. Refused where it is not as many as the
 * sender was shown: somebody submitted meanwhile, and is not to be told to hurry.
 */
@Injectable()
export class SendMessage {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  run(actor: Actor, callId: string, { recipients: shown, filter, subject, body }: Input): Promise<ListView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await lockCall(tx, callId);
      if (callAt(call, tx.now) === 'draft') {
        throw new Refused('status-refused', { facts: { from: 'draft', to: 'draft' } });
      }
      const query = chosen(actor.institutionId, callId, filter, dayIn(actor.timeZone, tx.now));
      const recipients = withAddress(await tx.query<Recipient>(query.text, query.values));
      if (recipients.length === 0) throw new Refused('nobody-chosen');
      if (recipients.length !== shown) throw new Refused('recipients-changed', { facts: { count: recipients.length } });
      await postEach(
        tx,
        recipients.map((one) => ({
          to: one.email,
          ...letterFor({ subject, body }, call, one, this.config.publicUrl, actor.timeZone),
        })),
      );
      const id = tx.newId();
      await tx.insert(CallMessage, {
        institutionId: actor.institutionId,
        id,
        callId,
        subject,
        body,
        filter,
        recipients: recipients.length,
        sentBy: actor.personId,
        sentAt: tx.now,
      });
      await tx.audit('call.write', { kind: 'call', id: callId }, { messageId: id, recipients: recipients.length });
      const list = sent(actor.institutionId, callId);
      return { rows: await tx.query<ListView['rows'][number]>(list.text, list.values) };
    });
  }
}
