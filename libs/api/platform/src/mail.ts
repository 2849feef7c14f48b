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
export const post = async (tx: Tx, letter: Letter): Promise<void> => {
  const id = tx.newId();
  await tx.insert(MailMessage, {
    institutionId: tx.scope.institutionId,
    id,
    recipient: letter.to,
    subject: letter.subject,
    body: letter.body,
    status: 'queued',
    attempts: 0,
    createdAt: tx.now,
  });
  await tx.emit(MAIL_REQUESTED, { mailId: id });
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
