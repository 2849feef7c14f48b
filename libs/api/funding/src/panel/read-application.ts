import type { Tx } from '@waymark/api-platform';
import type { ApplicationDocument, ApplicationStatus, CallTerms, ReadApplication } from '@waymark/contracts';

export interface ToRead {
  id: string;
  callId: string;
  applicantId: string;
  status: ApplicationStatus;
  terms: CallTerms;
  application: ReadApplication;
}

interface Row {
  id: string;
  callId: string;
  applicantId: string;
  status: ApplicationStatus;
  reference: string;
  document: ApplicationDocument;
  terms: CallTerms;
  blindNow: boolean;
  askedPence: number;
  leastPence: number;
  name: string;
  unit: string | null;
  grade: string | null;
  files: ReadApplication['files'];
}

/**
 * Applications as they were submitted, by the terms of that time. Blind for a reader where those terms, or the call's of today,
 * say so: no name, unit, grade, attachment or name of a funder. `namesShown` is for whoever moderates without sitting on the panel.
 */
export const applicationsToRead = async (
  tx: Tx,
  applicationIds: readonly string[],
  { namesShown = false }: { namesShown?: boolean } = {},
): Promise<Map<string, ToRead>> => {
  const rows = await tx.query<Row>(
    `select a.id, a.call_id as "callId", a.person_id as "applicantId", a.status, a.reference, s.document, t.terms,
       (n.terms->>'blind')::boolean as "blindNow", s.asked_pence::float8 as "askedPence", s.least_pence::float8 as "leastPence",
       trim(p.given_name || ' ' || p.family_name) as name, u.name as unit, g.name as grade,
       coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'sizeBytes', f.size_bytes) order by f.id)
         from application_submission_file x join stored_file f on f.institution_id = x.institution_id and f.id = x.file_id
         where x.institution_id = a.institution_id and x.application_id = a.id and x.number = s.number), '[]') as files
     from application a
     join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
       and s.number = a.submission_number
     join call c on c.institution_id = a.institution_id and c.id = a.call_id
     join call_terms t on t.institution_id = a.institution_id and t.call_id = a.call_id and t.number = s.terms_number
     join call_terms n on n.institution_id = a.institution_id and n.call_id = a.call_id and n.number = c.terms_number
     join person p on p.institution_id = a.institution_id and p.id = a.person_id
     left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
     left join grade g on g.institution_id = p.institution_id and g.id = p.grade_id
     where a.institution_id = $1 and a.id = any ($2::uuid[])`,
    [tx.scope.institutionId, applicationIds],
  );
  return new Map(rows.map((row) => [row.id, toRead(row, namesShown)]));
};

const toRead = (row: Row, namesShown: boolean): ToRead => {
  const { id, callId, applicantId, status, terms, reference, askedPence, leastPence, name, unit, grade, files } = row;
  const blind = !namesShown && (terms.blind || row.blindNow);
  return {
    id,
    callId,
    applicantId,
    status,
    terms,
    application: {
      reference,
      blind,
      applicant: blind ? null : { name, unit, grade },
      document: blind ? withoutFunders(row.document) : row.document,
      questions: terms.questions,
      criteria: terms.criteria,
      askedPence,
      leastPence,
      applicationId: blind ? null : id,
      files: blind ? [] : files,
      filesWithheld: blind ? files.length : 0,
    },
  };
};

/** Who else pays is as often as not the applicant's own department. */
const withoutFunders = (document: ApplicationDocument): ReadApplication['document'] => ({
  ...document,
  otherFunding: document.otherFunding.map((line) => ({ ...line, from: null })),
});
