import type { Tx } from '@waymark/api-platform';
import type { TransferToCard } from '@waymark/contracts';

/** An accepted transfer, as the other domains of the institution left behind need it. */
export interface TransferFacts {
  id: string;
  personId: string;
  toInstitutionId: string;
  toPersonId: string;
  lastDay: string;
  toCard: TransferToCard;
}

const columns = `t.id, t.person_id as "personId", t.to_institution_id as "toInstitutionId", t.to_person_id as "toPersonId",
  t.last_day::text as "lastDay", t.to_card as "toCard"`;

export const acceptedTransfer = async (tx: Tx, id: string): Promise<TransferFacts | null> => {
  const [row] = await tx.query<TransferFacts>(
    `select ${columns} from transfer t where t.institution_id = $1 and t.id = $2 and t.status = 'accepted'`,
    [tx.scope.institutionId, id],
  );
  return row ?? null;
};

/** The transfer with which somebody's last day here was set; null where they left otherwise. */
export const transferOfLeaver = async (tx: Tx, personId: string): Promise<TransferFacts | null> => {
  const [row] = await tx.query<TransferFacts>(
    `select ${columns} from transfer t join person p on p.institution_id = t.institution_id and p.id = t.person_id
     where t.institution_id = $1 and t.person_id = $2 and t.status = 'accepted' and t.last_day = p.left_on
     order by t.started_at desc limit 1`,
    [tx.scope.institutionId, personId],
  );
  return row ?? null;
};

/** Somebody of this institution as a person of another one knows them. */
export interface CardAcross {
  name: string;
  institution: string;
  unit: string | null;
  grade: string | null;
  jobTitle: string | null;
  email: string | null;
}

export const cardAcross = async (tx: Tx, personId: string): Promise<CardAcross> => {
  const [row] = await tx.query<CardAcross>(
    `select trim(p.given_name || ' ' || p.family_name) as name, i.name as institution, u.name as unit, g.name as grade,
       p.job_title as "jobTitle", p.email
     from person p join institution i on i.id = p.institution_id
     left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
     left join grade g on g.institution_id = p.institution_id and g.id = p.grade_id
     where p.institution_id = $1 and p.id = $2`,
    [tx.scope.institutionId, personId],
  );
  if (!row) throw new Error('a card of nobody');
  return row;
};
