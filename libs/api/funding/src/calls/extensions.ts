import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf, PeopleFacade, type PersonFacts } from '@waymark/api-people';
import {
  type Actor,
  Clock,
  PlatformConfig,
  post,
  type ReadQuery,
  Reads,
  Refused,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import {
  type CallExtensions as View,
  callMomentAt,
  type CallMoment,
  type GrantExtension as Input,
} from '@waymark/contracts';
import { record } from '../applications/timeline';
import { callAt } from './call-at';
import { lockCall } from './close-call';
import { Call, CallExtension } from './entities';
import { extensionGranted, extensionTakenBack } from './letters';

const takesExtensions: readonly CallMoment[] = ['coming', 'open', 'closed'];

type Row = Omit<View['rows'][number], 'over'>;
type Head = Pick<Call, 'status'> & { opensAt: string; closesAt: string };

const queries = (institutionId: string, callId: string): ReadQuery[] => [
  {
    name: 'call-of-extensions',
    text: `select status, ${instantOf('opens_at')} as "opensAt", ${instantOf('closes_at')} as "closesAt"
      from call where institution_id = $1 and id = $2`,
    values: [institutionId, callId],
  },
  {
    name: 'call-extensions',
    text: `select e.id, ${cardOf('p')} as person, ${instantOf('e.until')} as until, e.reason,
        trim(g.given_name || ' ' || g.family_name) as "grantedBy", ${instantOf('e.granted_at')} as "grantedAt",
        (select json_build_object('id', a.id, 'status', a.status) from application a
          where a.institution_id = e.institution_id and a.call_id = e.call_id and a.person_id = e.person_id
          order by a.created_at desc, a.id desc limit 1) as application
      from call_extension e
      join person p on p.institution_id = e.institution_id and p.id = e.person_id
      ${cardJoins('p')}
      join person g on g.institution_id = e.institution_id and g.id = e.granted_by
      where e.institution_id = $1 and e.call_id = $2 order by e.until desc, e.id limit 1000`,
    values: [institutionId, callId],
  },
];

const viewOf = (actor: Actor, head: Head | undefined, rows: Row[], now: Date): View => {
  if (!head) throw new Refused('not-found');
  return {
    rows: rows.map((row) => ({ ...row, over: new Date(row.until) <= now })),
    mayGrant: actor.permissions.has('calls.manage') && takesExtensions.includes(callMomentAt(head, now)),
  };
};

const viewIn = async (tx: Tx, actor: Actor, callId: string): Promise<View> => {
  const [head, rows] = queries(actor.institutionId, callId);
  if (!head || !rows) throw new Error('two queries');
  const [call] = await tx.query<Head>(head.text, head.values);
  return viewOf(actor, call, await tx.query<Row>(rows.text, rows.values), tx.now);
};

@Injectable()
export class Extensions {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, callId: string): Promise<View> {
    const [[head], rows] = await this.reads.all<[Head, Row]>(actor, queries(actor.institutionId, callId));
    return viewOf(actor, head, rows, this.clock.now());
  }
}

/** A call that can still be handed in to, held. */
const extendable = async (tx: Tx, callId: string): Promise<Call> => {
  const call = await lockCall(tx, callId);
  if (!takesExtensions.includes(callAt(call, tx.now))) {
    throw new Refused('status-refused', { facts: { from: call.status, to: call.status } });
  }
  return call;
};

const ownApplication = async (tx: Tx, callId: string, personId: string): Promise<string | null> => {
  const [own] = await tx.query<{ id: string }>(
    `select id from application where institution_id = $1 and call_id = $2 and person_id = $3 and status not in ('withdrawn', 'call-cancelled')
     order by created_at desc, id desc limit 1`,
    [tx.scope.institutionId, callId, personId],
  );
  return own?.id ?? null;
};

/** More time for a named person, with a reason; never for oneself. Granted again, it moves. The person is told. */
@Injectable()
export class GrantExtension {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly config: PlatformConfig,
  ) {}

  run(actor: Actor, callId: string, input: Input): Promise<View> {
    return this.transactions.run(actor, async (tx) => {
      const call = await extendable(tx, callId);
      const until = new Date(input.until);
      if (input.personId === actor.personId) throw new Refused('extension-to-self');
      const [person] = await this.people.facts(tx, [input.personId]);
      if (!person) throw new Refused('invalid-input', { fields: [{ path: 'personId', code: 'unknown-record' }] });
      if (!person.active) throw new Refused('person-left');
      if (until <= call.closesAt || until <= tx.now) throw new Refused('extension-not-later');
      // Nobody could endorse what comes in after that.
      if (until > call.endorseBy) {
        throw new Refused('invalid-input', { fields: [{ path: 'until', code: 'after-endorse-by' }] });
      }
      const [granted] = await tx.query<{ id: string }>(
        `insert into call_extension (institution_id, id, call_id, person_id, until, reason, granted_by, granted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (institution_id, call_id, person_id) do update
           set until = excluded.until, reason = excluded.reason, granted_by = excluded.granted_by, granted_at = excluded.granted_at
         returning id`,
        [actor.institutionId, tx.newId(), callId, person.id, until, input.reason, actor.personId, tx.now],
      );
      await this.tell(tx, actor, call, person, until);
      const about = { extensionId: granted?.id ?? '', until: until.toISOString() };
      await tx.audit('call.extend', { kind: 'call', id: callId }, about);
      return viewIn(tx, actor, callId);
    });
  }

  private async tell(tx: Tx, actor: Actor, call: Call, person: PersonFacts, until: Date): Promise<void> {
    const applicationId = await ownApplication(tx, call.id, person.id);
    if (applicationId) {
      await record(tx, [{ applicationId, kind: 'extension-granted', facts: { until: until.toISOString() } }]);
    }
    if (!person.email) return;
    const page = applicationId ? `applications/${applicationId}` : `open/${call.id}`;
    const link = `${this.config.publicUrl}/funding/${page}`;
    await post(tx, {
      to: person.email,
      ...extensionGranted(person.givenName, call.name, until, link, actor.timeZone),
    });
  }
}

/** An extension that was a mistake. What was handed in under it stays handed in. */
@Injectable()
export class TakeExtensionBack {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly config: PlatformConfig,
  ) {}

  run(actor: Actor, callId: string, extensionId: string): Promise<View> {
    return this.transactions.run(actor, async (tx) => {
      const call = await extendable(tx, callId);
      const extension = await tx.lock(CallExtension, extensionId);
      if (extension.callId !== callId) throw new Refused('not-found');
      await tx.query(`delete from call_extension where institution_id = $1 and id = $2`, [
        actor.institutionId,
        extensionId,
      ]);
      const [person] = await this.people.facts(tx, [extension.personId]);
      if (person?.active && person.email && extension.until > tx.now) {
        const link = `${this.config.publicUrl}/funding/open/${callId}`;
        const over = call.closesAt <= tx.now;
        const words = extensionTakenBack(person.givenName, call.name, call.closesAt, over, link, actor.timeZone);
        await post(tx, { to: person.email, ...words });
      }
      await tx.audit('call.extend-not', { kind: 'call', id: callId }, { extensionId });
      return viewIn(tx, actor, callId);
    });
  }
}
