import type { Tx } from '@waymark/api-platform';

/**
 * Makes sure that people with an e-mail address can sign in: an account for each new address, and the link from account
 * to person. An account has no password until its owner sets one through a link in a mail.
 *
 * An account that is nobody's any more starts anew: an address that was freed, and is given to somebody else, is not
 * opened by what its last owner knew.
 */
export const linkAccounts = async (tx: Tx, people: readonly { id: string; email: string | null }[]): Promise<void> => {
  const withEmail = people.filter(({ email }) => email !== null);
  if (withEmail.length === 0) return;
  const columns = [withEmail.map(({ id }) => id), withEmail.map(({ email }) => email)];
  await tx.query(
    `insert into account (id, email, created_at)
     select uuidv7(), email, $3 from unnest($1::uuid[], $2::text[]) as p(id, email) on conflict (email) do nothing`,
    [...columns, tx.now],
  );
  await tx.query(
    `with nobodys as (
       update account a set password_hash = null
       where a.email = any ($1::text[]) and not exists (select from account_person p where p.account_id = a.id)
       returning a.id
     ), void as (
       update token set used_at = $2 where account_id in (select id from nobodys) and used_at is null
     )
     delete from session where account_id in (select id from nobodys)`,
    [columns[1], tx.now],
  );
  await tx.query(
    `insert into account_person (account_id, institution_id, person_id)
     select a.id, $3, p.id from unnest($1::uuid[], $2::text[]) as p(id, email) join account a on a.email = p.email
     on conflict do nothing`,
    [...columns, tx.scope.institutionId],
  );
};
