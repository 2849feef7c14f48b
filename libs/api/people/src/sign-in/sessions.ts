import { hashOfToken, Session, type Tx } from '@waymark/api-platform';
import { randomBytes } from 'node:crypto';

export const sessionDays = 14;

/** A secret for a cookie or a link: 256 random bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Opens a session in the transaction's institution and answers the secret for the cookie; only its hash is stored. */
export const openSession = async (tx: Tx, accountId: string, personId: string): Promise<string> => {
  const secret = newSecret();
  await tx.query(`delete from session where account_id = $1 and expires_at <= $2`, [accountId, tx.now]);
  await tx.insert(Session, {
    id: tx.newId(),
    tokenHash: hashOfToken(secret),
    accountId,
    institutionId: tx.scope.institutionId,
    personId,
    createdAt: tx.now,
    expiresAt: new Date(tx.now.getTime() + sessionDays * 86_400_000),
  });
  await tx.audit('session.open', { kind: 'person', id: personId });
  return secret;
};
