import { patternsOf, Refused, type Subject, type Tx } from '@waymark/api-platform';

interface SubjectRow {
  given: string;
  family: string;
  email: string | null;
  staff: string | null;
  accounts: string[];
  addresses: string[];
}

/**
 * The person as declarations of personal data may name them: with the accounts they sign in with, and every address
 * that they have, sign in with, or had a letter at. Refused with `not-found`.
 */
export const subjectOf = async (tx: Tx, personId: string): Promise<Subject> => {
  const { institutionId } = tx.scope;
  const [row] = await tx.query<SubjectRow>(
    `select p.given_name as given, p.family_name as family, p.email, p.staff_number as staff,
       array(select ap.account_id from account_person ap where ap.institution_id = $1 and ap.person_id = $2) as accounts,
       array(
         select lower(p.email) where p.email is not null
         union
         select a.email from account_person ap join account a on a.id = ap.account_id
           where ap.institution_id = $1 and ap.person_id = $2
         union
         select lower(m.recipient) from mail_message m where m.institution_id = $1 and m.person_id = $2
       ) as addresses
     from person p where p.institution_id = $1 and p.id = $2`,
    [institutionId, personId],
  );
  if (!row) throw new Refused('not-found');
  const others = await addressesOfOthers(tx, personId, row.addresses);
  const addresses = row.addresses.filter((address) => !others.has(address));
  return {
    institution: institutionId,
    person: personId,
    accounts: row.accounts,
    addresses,
    staff: row.staff,
    given: row.given,
    family: row.family,
    ...patternsOf(personId, addresses, row),
  };
};

/** An address that they had once and that is somebody else's now says nothing of them any more. */
const addressesOfOthers = async (tx: Tx, personId: string, addresses: readonly string[]): Promise<Set<string>> => {
  const rows = await tx.query<{ email: string }>(
    `select email from person where institution_id = $1 and id <> $2 and email = any ($3::text[])`,
    [tx.scope.institutionId, personId, addresses],
  );
  return new Set(rows.map(({ email }) => email));
};
