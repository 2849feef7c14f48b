import { Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { MailMessage } from './entities';
import { PlatformConfig } from './platform-config';
import type { EventHandler, OutboxEvent } from './queue';
import { Transactions } from './transactions';
import type { Tx } from './tx';

export const MAIL_REQUESTED = 'mail.requested';

export interface Letter {
  to: string;
  subject: string;
  /** Plain text: what happened, what is wanted, by when, and the link straight to that screen. */
  body: string;
}

/** Puts a letter into the post in the caller's transaction: it goes if, and only if, the transaction commits. */
export const post = (tx: Tx, letter: Letter): Promise<void> => postEach(tx, [letter]);

/** So many letters a statement. */
const lettersMost = 1000;

/** The same for any number of letters: two statements a thousand. */
export const postEach = async (tx: Tx, letters: readonly Letter[]): Promise<void> => {
  for (let from = 0; from < letters.length; from += lettersMost) {
    const some = letters
      .slice(from, from + lettersMost)
      .map((letter) => ({ ...letter, id: tx.newId(), event: tx.newId() }));
    await tx.query(
      `insert into mail_message (institution_id, id, recipient, subject, body, status, attempts, created_at)
       select $1, l.id, l."to", l.subject, l.body, 'queued', 0, $2
       from jsonb_to_recordset($3::jsonb) as l(id uuid, "to" text, subject text, body text)`,
      [tx.scope.institutionId, tx.now, JSON.stringify(some)],
    );
    await tx.query(
      `insert into outbox (id, institution_id, topic, payload, at)
       select l.event, $1, $2, jsonb_build_object('mailId', l.id), $3
       from jsonb_to_recordset($4::jsonb) as l(id uuid, event uuid)`,
      [tx.scope.institutionId, MAIL_REQUESTED, tx.now, JSON.stringify(some.map(({ id, event }) => ({ id, event })))],
    );
  }
};

/**
 * Sends what was posted. A message keeps its Message-ID over retries, so that a server that had it already can tell.
 * Without a mail server the message is kept, to be read in demonstration mode.
 */
@Injectable()
export class MailSender implements EventHandler {
  readonly name = 'mail';
  readonly topic = MAIL_REQUESTED;
  private readonly transport: Transporter | null;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {
    this.transport = config.smtpUrl ? createTransport(config.smtpUrl) : null;
  }

  async handle(event: OutboxEvent): Promise<void> {
    const scope = { institutionId: event.institutionId, personId: null, correlationId: null };
    const mailId = String(event.payload['mailId']);
    let failure: unknown;
    await this.transactions.run(scope, async (tx) => {
      // The lock makes two deliveries of one event send one message.
      const message = await tx.lock(MailMessage, mailId);
      if (message.status === 'sent' || message.status === 'kept') return;
      if (!this.transport) return tx.update(MailMessage, message, { status: 'kept' });
      const attempts = message.attempts + 1;
      try {
        await this.transport.sendMail({
          from: this.config.mailFrom,
          to: message.recipient,
          subject: message.subject,
          text: message.body,
          messageId: `<${message.id}@${new URL(this.config.publicUrl).hostname}>`,
        });
        // What was sent is not kept: it may hold a link that opens an account.
        await tx.update(MailMessage, message, { status: 'sent', attempts, sentAt: tx.now, body: '' });
      } catch (error) {
        failure = error;
        await tx.update(MailMessage, message, { status: 'failed', attempts });
      }
    });
    // After the commit, so that the attempt is counted; the queue tries again, later each time.
    if (failure) throw failure instanceof Error ? failure : new Error('the mail server refused the message');
  }
}
