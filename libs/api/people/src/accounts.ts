import { Account, type Tx } from '@waymark/api-platform';
import { AccountPerson } from './entities';

/**
 * Makes sure that people with an e-mail address can sign in: an account for each new address, and the link from account
 * to person. An account has no password until its owner sets one through a link in a mail.
 */
export const linkAccounts = async (tx: Tx, people: { id: string; email: string | null }[]): Promise<void> => {
  const withEmail = people.filter((person): person is { id: string; email: string } => person.email !== null);
  if (withEmail.length === 0) return;
  const emails = withEmail.map((person) => person.email);
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(Account)
    .values(emails.map((email) => ({ id: tx.newId(), email, passwordHash: null, createdAt: tx.now })))
    .orIgnore()
    .updateEntity(false)
    .execute();
  const accounts = await tx.query<{ id: string; email: string }>(`select id, email from account where email = any ($1)`, [emails]);
  const accountOf = new Map(accounts.map((account) => [account.email, account.id]));
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(AccountPerson)
    .values(
      withEmail.map((person) => ({
        accountId: accountOf.get(person.email) ?? '',
        institutionId: tx.scope.institutionId,
        personId: person.id,
      })),
    )
    .orIgnore()
    .updateEntity(false)
    .execute();
};
