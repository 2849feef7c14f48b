import { Injectable } from '@nestjs/common';
import { owedReports } from '@waymark/api-report-back';
import { type Actor, Clock, dayIn, PipelinedWrites, type ReadQuery, Reads, Refused } from '@waymark/api-platform';
import { type ApplicationDraft, type DraftSaved, missingOf, type SaveDraft as Input } from '@waymark/contracts';
import { judgeRules, type RuleFacts } from './judge-rules';
import { contentOfDraft } from './judged-content';
import { type FactsRow, factsQuery, ruleFactsOf } from './rule-facts';
import { TermsKept } from './terms-kept';
import { writable } from './writable';

interface Saved {
  draftVersion: number;
}

interface Found {
  status: string;
  draftVersion: number;
  savedAt: Date;
  same: boolean;
}

/**
 * Saves what is being written: on every change, by everybody who writes at once. So it is one round trip to the database, without
 * ORM, audit or stored answer. Saved is only what follows the version that the tab had: of two tabs the later is refused with
 * `changed-meanwhile` and reads the other's. The same draft saved twice on one version, where the first answer was lost, is
 * answered as the first was.
 */
@Injectable()
export class SaveDraft {
  constructor(
    private readonly writes: PipelinedWrites,
    private readonly reads: Reads,
    private readonly terms: TermsKept,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, id: string, { draftVersion, draft }: Input): Promise<DraftSaved> {
    const now = this.clock.now();
    const [[saved], [row], owed] = await this.writes.all<[Saved, FactsRow, RuleFacts['owed'][number]]>(actor, [
      save(actor, id, draftVersion, draft, now),
      factsQuery(actor.institutionId, [id]),
      owedReports(actor.institutionId, [actor.personId], dayIn(actor.timeZone, now), actor.timeZone),
    ]);
    const kept = saved && row ? { ...saved, savedAt: now } : await this.unlessTwice(actor, id, draftVersion, draft);
    if (!row) throw new Refused('not-found');
    const terms = await this.terms.of(actor.institutionId, row.callId, row.termsNumber);
    const facts = ruleFactsOf(row, owed, {
      today: dayIn(actor.timeZone, now),
      closesOn: dayIn(actor.timeZone, row.closesAt),
    });
    return {
      draftVersion: kept.draftVersion,
      savedAt: kept.savedAt.toISOString(),
      rules: judgeRules(terms, contentOfDraft(draft), facts),
      missing: missingOf(draft, terms),
    };
  }

  /** Why nothing was saved; or what was saved before, where this is the same once more. */
  private async unlessTwice(
    actor: Actor,
    id: string,
    draftVersion: number,
    draft: ApplicationDraft,
  ): Promise<{ draftVersion: number; savedAt: Date }> {
    const [found] = await this.reads.rows<Found>(actor, {
      name: 'draft-saved-before',
      text: `select status, draft_version as "draftVersion", draft_saved_at as "savedAt", draft = $4::jsonb as same
        from application where institution_id = $1 and id = $2 and person_id = $3`,
      values: [actor.institutionId, id, actor.personId, JSON.stringify(draft)],
    });
    if (!found) throw new Refused('not-found');
    if (!writable.some((status) => status === found.status)) {
      throw new Refused('status-refused', { facts: { from: found.status, to: 'draft' } });
    }
    if (found.same && found.draftVersion === draftVersion + 1) return found;
    throw new Refused('changed-meanwhile', { facts: { draftVersion: found.draftVersion } });
  }
}

const save = (
  { institutionId, personId }: Actor,
  id: string,
  draftVersion: number,
  draft: ApplicationDraft,
  now: Date,
): ReadQuery => ({
  name: 'save-draft',
  text: `update application set draft = $4::jsonb, draft_version = draft_version + 1, draft_saved_at = $5
    where institution_id = $1 and id = $2 and person_id = $3 and draft_version = $6::bigint and status = any ($7::text[])
    returning draft_version as "draftVersion"`,
  values: [institutionId, id, personId, JSON.stringify(draft), now, draftVersion, writable],
});
