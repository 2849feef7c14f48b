import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, PlatformConfig, Refused, Transactions } from '@waymark/api-platform';
import type { ScenarioLineRow, ScenarioLineView, ScenarioReason } from '@waymark/contracts';
import { AllocationReads } from './access';
import { decisionLetter } from './decision-letter';
import { letterFacts } from './letter-facts';
import { lineColumns, linesFrom, othersMost } from './scenario-lines';

type Stored = ScenarioLineRow & { reason: ScenarioReason; callStatus: string };

/** Why one application has what it has, what would have changed it, and the letter that would say so. */
@Injectable()
export class LineViews {
  constructor(
    private readonly reads: AllocationReads,
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  async see(actor: Actor, id: string, applicationId: string): Promise<ScenarioLineView> {
    await this.reads.mayLookAt(actor, id);
    const values = [actor.institutionId, id, applicationId];
    const [[line], others, overrides, [ahead]] = (await this.reads.asking(actor).all([
      {
        name: 'scenario-line',
        text: `select ${lineColumns}, l.reason from ${linesFrom}
          where l.institution_id = $1 and l.scenario_id = $2 and l.application_id = $3`,
        values,
      },
      {
        name: 'scenario-line-elsewhere',
        text: `select s.id as "scenarioId", s.name, s.method, o.outcome, o.amount_pence::float8 as "amountPence",
            o.reason->>'decidedBy' as "decidedBy", o.reason->'facts' as facts
          from scenario one
          join scenario s on s.institution_id = one.institution_id and s.call_id = one.call_id and s.id <> one.id
          join scenario_line o on o.institution_id = s.institution_id and o.scenario_id = s.id and o.application_id = $3
          where one.institution_id = $1 and one.id = $2 and s.status <> 'rejected'
          order by s.made_at desc, s.id desc limit ${othersMost}`,
        values,
      },
      {
        name: 'scenario-line-overrides',
        text: `select o.outcome, o.amount_pence::float8 as "amountPence", o.reason, json_build_object(
              'by', trim(w.given_name || ' ' || w.family_name), 'byMe', o.made_by = $4, 'at', ${instantOf('o.made_at')}) as made
          from scenario_override o join person w on w.institution_id = o.institution_id and w.id = o.made_by
          where o.institution_id = $1 and o.scenario_id = $2 and o.application_id = $3
          order by o.made_at desc, o.id desc limit 50`,
        values: [...values, actor.personId],
      },
      {
        name: 'scenario-line-ahead',
        // Whoever is ahead on the list may have all that they asked for first.
        text: `select count(*)::int as ahead, coalesce(sum(b.asked_pence), 0)::float8 as "askedPence"
          from scenario_line l join scenario_line b on b.institution_id = l.institution_id and b.scenario_id = l.scenario_id
            and b.reserve_rank < l.reserve_rank
          where l.institution_id = $1 and l.scenario_id = $2 and l.application_id = $3`,
        values,
      },
    ])) as [
      Stored[],
      ScenarioLineView['others'],
      ScenarioLineView['overrides'],
      { ahead: number; askedPence: number }[],
    ];
    if (!line) throw new Refused('not-found');
    return {
      ...line,
      released:
        line.reserveRank === null || !ahead
          ? null
          : { neededPence: ahead.askedPence + line.leastPence, ahead: ahead.ahead },
      others: others.toReversed(),
      letter: await this.letterOf(actor, id, applicationId),
      overrides,
    };
  }

  /** A read, though through a transaction: the same words, from the same facts, as publication would send. */
  private async letterOf(actor: Actor, id: string, applicationId: string): Promise<ScenarioLineView['letter']> {
    const { institutionId, personId, correlationId } = actor;
    const facts = await this.transactions.run({ institutionId, personId, correlationId }, (tx) =>
      letterFacts(tx, id, this.config.publicUrl, applicationId),
    );
    const [only] = facts;
    if (!only) throw new Refused('not-found');
    const { subject, body } = decisionLetter(only);
    return { subject, body };
  }
}
