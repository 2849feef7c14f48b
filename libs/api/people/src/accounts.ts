import type { Tx } from '@waymark/api-platform';

/**
 * Makes sure that people with an e-mail address can sign in: an account for each new address, and the link from account
 * to person. An account has no password until its owner sets one through a link in a mail.
 *
 * An account that is nobody's any more starts anew: an address that was freed, and is given to somebody else, is not
 * opened by what its last owner knew. (One made here has had none.)
 */
export const linkAccounts = async (tx: Tx, people: readonly { id: string; email: string | null }[]): Promise<void> => {
  const withEmail = people.filter(({ email }) => email !== null);
  if (withEmail.length === 0) return;
  const columns = [withEmail.map(({ id }) => id), withEmail.map(({ email }) => email)];
  // One that is there is locked, in the order of addresses: another institution that lets go of it may not end it meanwhile.
  const accounts = await tx.query<{ id: string; made: boolean }>(
    `insert into account (id, email, created_at)
     select uuidv7(), email, $2 from (select distinct email from unnest($1::text[]) as p(email) order by email) wanted
     on conflict (email) do update set email = excluded.email returning id, xmax = 0 as made`,
    [columns[1], tx.now],
  );
  await tx.query(
    `with nobodys as (
       update account a set password_hash = null
       where a.email = any ($1::text[]) and a.id <> all ($3::uuid[]) and not exists (select from account_person p where p.account_id = a.id)
       returning a.id
     ), void as (
       update token set used_at = $2 where account_id in (select id from nobodys) and used_at is null
     )
     delete from session where account_id in (select id from nobodys)`,
    [columns[1], tx.now, accounts.filter(({ made }) => made).map(({ id }) => id)],
  );
  await tx.query(
    `insert into account_person (account_id, institution_id, person_id)
     select a.id, $3, p.id from unnest($1::uuid[], $2::text[]) as p(id, email) join account a on a.email = p.email
     on conflict do nothing`,
    [...columns, tx.scope.institutionId],
  );
};
