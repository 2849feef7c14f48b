import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { PanelView, ReassignReview as Input, Replacements as ReplacementsView } from '@waymark/contracts';
import { Application } from '../applications/entities';
import { reviewTable } from '../statuses';
import { insertReviews } from './assign-reviews';
import { conflictKeys, conflictsOf } from './conflicts';
import { Review } from './entities';
import * as letters from './letters';
import { mayRunPanel, panelAccess, type PanelAccess, whileScoring } from './panel-access';
import { PanelPost } from './panel-post';
import { panelViewIn } from './panel-view';
import { pairPoints, sharedSkills, unitsDiffer } from './plan-assignment';
import { type PlanReader, readPanelists } from './read-plan';

export interface Free {
  panelist: PlanReader;
  /** Of the reviews that whoever looks may know of. */
  load: number;
  shared: string[];
  otherUnit: boolean;
}

/** The panel around one application: what stands between it and each panelist. */
interface Around {
  applicant: { unitId: string | null; skills: string[] };
  loads: ReadonlyMap<string, { all: number; seen: number }>;
  reading: ReadonlySet<string>;
  gaveBack: ReadonlySet<string>;
}

const around = async (
  tx: Tx,
  callId: string,
  application: { id: string; personId: string },
  kept: ReadonlySet<string>,
): Promise<Around> => {
  const { institutionId } = tx.scope;
  const [applicant] = await tx.query<Around['applicant']>(
    `select p.unit_id as "unitId",
       array(select s.skill_id::text from person_skill s where s.institution_id = $1 and s.person_id = p.id order by 1) as skills
     from person p where p.institution_id = $1 and p.id = $2`,
    [institutionId, application.personId],
  );
  const loads = await tx.query<{ id: string; all: number; seen: number }>(
    `select r.panelist_id as id, count(*)::int as all, count(*) filter (where a.person_id <> all ($3::uuid[]))::int as seen
     from review r join application a on a.institution_id = r.institution_id and a.id = r.application_id
     where r.institution_id = $1 and r.call_id = $2 and r.status in ('assigned', 'drafting', 'submitted', 'locked') group by 1`,
    [institutionId, callId, [...kept]],
  );
  const own = await tx.query<{ id: string; reading: boolean; gaveBack: boolean }>(
    `select panelist_id as id, bool_or(status not in ('recused', 'reassigned')) as reading,
       bool_or(recused_because is not null) as "gaveBack"
     from review where institution_id = $1 and application_id = $2 group by 1`,
    [institutionId, application.id],
  );
  return {
    applicant: applicant ?? { unitId: null, skills: [] },
    loads: new Map(loads.map(({ id, ...each }) => [id, each])),
    reading: new Set(own.filter(({ reading }) => reading).map(({ id }) => id)),
    gaveBack: new Set(own.filter(({ gaveBack }) => gaveBack).map(({ id }) => id)),
  };
};

/**
 * Who could read an application now: on the panel, here still, no interest, not reading it, did not give it back and has a
 * place. By the points of an assignment, then by who reads least, as far as whoever looks may know: of `kept` they may not.
 */
export const freeFor = async (
  tx: Tx,
  callId: string,
  application: { id: string; personId: string },
  kept: ReadonlySet<string> = new Set(),
): Promise<Free[]> => {
  const { applicant, loads, reading, gaveBack } = await around(tx, callId, application, kept);
  const conflicts = conflictKeys(await conflictsOf(tx, callId));
  const free = (await readPanelists(tx, callId)).flatMap((panelist): Free[] => {
    const { all, seen: load } = loads.get(panelist.id) ?? { all: 0, seen: 0 };
    const full = panelist.mostReviews !== null && all >= panelist.mostReviews;
    if (!panelist.active || full || reading.has(panelist.id) || gaveBack.has(panelist.id)) return [];
    if (conflicts.has(`${panelist.id} ${application.personId}`)) return [];
    const theirs = new Set(panelist.skills);
    const shared = applicant.skills.filter((skill) => theirs.has(skill));
    return [{ panelist, load, shared, otherUnit: unitsDiffer(applicant.unitId, panelist.unitId) }];
  });
  const points = ({ panelist, otherUnit }: Free) =>
    pairPoints(sharedSkills(applicant.skills, new Set(panelist.skills)), otherUnit);
  return free.sort((a, b) => points(b) - points(a) || a.load - b.load || (a.panelist.id < b.panelist.id ? -1 : 1));
};

/** Refuses by name why this panelist cannot read it. */
const refuseUnless = async (
  tx: Tx,
  callId: string,
  application: { id: string; personId: string },
  panelistId: string,
): Promise<void> => {
  const { loads, reading, gaveBack } = await around(tx, callId, application, new Set());
  const panelist = (await readPanelists(tx, callId)).find(({ id }) => id === panelistId);
  if (!panelist) throw new Refused('not-on-panel');
  if (!panelist.active) throw new Refused('person-left');
  if (reading.has(panelistId) || gaveBack.has(panelistId)) throw new Refused('panelist-reads-already');
  const conflicts = conflictKeys(await conflictsOf(tx, callId));
  if (conflicts.has(`${panelistId} ${application.personId}`)) throw new Refused('panelist-has-interest');
  if (panelist.mostReviews !== null && (loads.get(panelistId)?.all ?? 0) >= panelist.mostReviews) {
    throw new Refused('panelist-full');
  }
};

interface Found {
  callId: string;
  applicationId: string;
  applicantId: string;
  reference: string;
  panelistId: string;
}

/** A review that the actor may see as chair or coordinator; what they have an interest in is not there. */
const found = async (tx: Tx, actor: Actor, reviewId: string): Promise<Found & { access: PanelAccess }> => {
  const [row] = await tx.query<Found>(
    `select r.call_id as "callId", r.application_id as "applicationId", a.person_id as "applicantId", a.reference,
       r.panelist_id as "panelistId"
     from review r join application a on a.institution_id = r.institution_id and a.id = r.application_id
     where r.institution_id = $1 and r.id = $2`,
    [actor.institutionId, reviewId],
  );
  if (!row) throw new Refused('not-found');
  const seen = await panelAccess(tx, actor, row.callId);
  // A panelist knows their own review; as of anybody else’s, there is none.
  if (!seen.chair && !seen.manages && !seen.sees) throw new Refused('not-found');
  if (seen.kept.has(row.applicantId)) throw new Refused('not-found');
  return { ...row, access: await mayRunPanel(tx, actor, row.callId) };
};

@Injectable()
export class Replacements {
  constructor(private readonly transactions: Transactions) {}

  see(actor: Actor, reviewId: string): Promise<ReplacementsView> {
    return this.transactions.run(actor, async (tx) => {
      const { callId, applicationId, applicantId, reference, panelistId, access } = await found(tx, actor, reviewId);
      const [review] = await tx.find(Review, { id: reviewId });
      if (!review) throw new Refused('not-found');
      const free = await freeFor(tx, callId, { id: applicationId, personId: applicantId }, access.kept);
      const panelists = await readPanelists(tx, callId);
      const names = await skillNames(
        tx,
        free.flatMap(({ shared }) => shared),
      );
      return {
        reviewId,
        version: review.version,
        reference,
        panelist: panelists.find(({ id }) => id === panelistId)?.name ?? '',
        rows: free.slice(0, 100).map(({ panelist: { id, name, unit, mostReviews }, load, shared, otherUnit }) => ({
          id,
          name,
          unit,
          load,
          mostReviews,
          sharedSkills: shared.map((skill) => names.get(skill) ?? '').sort(),
          otherUnit: access.namesHidden ? null : otherUnit,
        })),
      };
    });
  }
}

const skillNames = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows = await tx.query<{ id: string; name: string }>(
    `select id, name from skill where institution_id = $1 and id = any ($2::uuid[])`,
    [tx.scope.institutionId, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
};

/** Gives a review that waits, or is being written, to somebody else. What its first reader wrote stays with it, unused. */
@Injectable()
export class ReassignReview {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly post: PanelPost,
  ) {}

  run(actor: Actor, reviewId: string, { version, panelistId }: Input): Promise<PanelView> {
    return this.transactions.run(actor, async (tx) => {
      const { callId, applicationId, applicantId, reference, access } = await found(tx, actor, reviewId);
      await whileScoring(tx, callId);
      const application = await tx.lock(Application, applicationId);
      if (application.status !== 'eligible') throw new Refused('not-found');
      const review = await tx.lockAt(Review, reviewId, version);
      const to = move(reviewTable, review.status, 'reassigned');
      await refuseUnless(tx, callId, { id: applicationId, personId: applicantId }, panelistId);
      const wasReading = review.status !== 'recused';
      await tx.update(Review, review, { status: to });
      await giveTo(tx, this.people, { callId, applicationId, applicantId, panelistId, replaces: review.id });
      await tx.audit('review.reassign', { kind: 'review', id: review.id }, { panelistId });
      const callName = access.call.name;
      await this.post.send(tx, [panelistId], ({ givenName }) =>
        letters.givenToYou(givenName, callName, reference, this.post.reading(callId)),
      );
      if (wasReading) {
        await this.post.send(tx, [review.panelistId], ({ givenName }) =>
          letters.takenFromYou(givenName, callName, reference),
        );
      }
      return panelViewIn(tx, actor, callId);
    });
  }
}

/** A new review in place of one that ended, with the fact of who reviews whom. Answers its identifier. */
export const giveTo = async (
  tx: Tx,
  people: PeopleFacade,
  given: { callId: string; applicationId: string; applicantId: string; panelistId: string; replaces: string },
): Promise<string> => {
  const id = tx.newId();
  await people.endRelationships(tx, given.replaces);
  await insertReviews(tx, given.callId, [{ id, ...given }], tx.scope.personId);
  await people.relate(tx, {
    kind: 'reviews',
    subjectId: given.panelistId,
    objectId: given.applicantId,
    sourceId: id,
  });
  return id;
};
