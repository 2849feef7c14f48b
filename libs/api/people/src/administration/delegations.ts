import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, PlatformConfig, post, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AddDelegation as AddDelegationInput, DelegationsView, DelegationView } from '@waymark/contracts';
import { DateTime } from 'luxon';
import { Delegation, Person } from '../entities';
import { approversOf } from './approvers';

/** So far ahead, at the most, and so long. */
const daysMost = 366;
/** Of those that are over, the last so many are shown. */
const pastShown = 5;

const delegationSql = `json_build_object('id', d.id,
  'person', json_build_object('id', p.id, 'name', trim(p.given_name || ' ' || p.family_name)),
  'delegate', json_build_object('id', e.id, 'name', trim(e.given_name || ' ' || e.family_name)),
  'reason', d.reason, 'from', d.starts_on, 'until', d.ends_on,
  'state', case when d.starts_on > $3::date then 'later' when d.ends_on < $3::date then 'past' else 'now' end)`;
const delegationJoins = `
  join person p on p.institution_id = d.institution_id and p.id = d.person_id
  join person e on e.institution_id = d.institution_id and e.id = d.delegate_id`;

const mayEdit = (actor: Actor, personId: string): boolean =>
  actor.personId === personId || actor.permissions.has('people.edit');

/** Own ones are everybody's to see; those of others are for who may see people. Anything else is not there for them. */
const refuseStranger = (actor: Actor, personId: string): void => {
  if (actor.personId !== personId && !actor.permissions.has('people.see') && !actor.permissions.has('people.edit')) {
    throw new Refused('not-found');
  }
};

const delegationsIn = async (tx: Tx, actor: Actor, personId: string): Promise<DelegationsView> => {
  const today = dayIn(actor.timeZone, tx.now);
  const values = [actor.institutionId, personId, today];
  const own = await tx.query<{ view: DelegationView }>(
    `select ${delegationSql} as view from delegation d ${delegationJoins}
     where d.institution_id = $1 and d.person_id = $2 and (d.ends_on >= $3::date or d.id in (
       select id from delegation where institution_id = $1 and person_id = $2 and ends_on < $3::date
       order by ends_on desc limit ${pastShown}))
     order by d.ends_on < $3::date, case when d.ends_on < $3::date then $3::date - d.ends_on else d.starts_on - $3::date end`,
    values,
  );
  const standsInFor = await tx.query<{ view: DelegationView }>(
    `select ${delegationSql} as view from delegation d ${delegationJoins}
     where d.institution_id = $1 and d.delegate_id = $2 and d.ends_on >= $3::date order by d.starts_on, d.id limit 50`,
    values,
  );
  const approver = (await approversOf(tx, [personId], today)).get(personId);
  const ids = [approver?.personId, approver?.inPlaceOf, ...(approver?.passedOver ?? []).map((each) => each.personId)];
  const names = await tx.query<{ id: string; name: string }>(
    `select id, trim(given_name || ' ' || family_name) as name from person where institution_id = $1 and id = any ($2::uuid[])`,
    [actor.institutionId, ids.filter((id) => typeof id === 'string')],
  );
  const named = (id: string | null | undefined) => names.find((each) => each.id === id) ?? null;
  return {
    delegations: own.map(({ view }) => view),
    standsInFor: standsInFor.map(({ view }) => view),
    approver: {
      decides: named(approver?.personId),
      because: approver?.because ?? null,
      inPlaceOf: named(approver?.inPlaceOf),
      passedOver: (approver?.passedOver ?? []).flatMap(({ personId: id, because }) => {
        const person = named(id);
        return person ? [{ person, because }] : [];
      }),
    },
    mayEdit: mayEdit(actor, personId),
  };
};

@Injectable()
export class Delegations {
  constructor(private readonly transactions: Transactions) {}

  ofPerson(actor: Actor, personId: string): Promise<DelegationsView> {
    refuseStranger(actor, personId);
    return this.transactions.run(actor, async (tx) => {
      if (!(await tx.manager.existsBy(Person, { institutionId: actor.institutionId, id: personId }))) {
        throw new Refused('not-found');
      }
      return delegationsIn(tx, actor, personId);
    });
  }
}

@Injectable()
export class AddDelegation {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  /**
   * Names who decides for a person between two days, both included. Their own, or another's for who may edit people. The
   * delegate is told. Two of one person never overlap; the delegate is another, and here until the last day.
   */
  run(
    actor: Actor,
    personId: string,
    { delegateId, reason, from, until }: AddDelegationInput,
  ): Promise<DelegationsView> {
    refuseStranger(actor, personId);
    if (!mayEdit(actor, personId)) throw new Refused('not-allowed');
    if (delegateId === personId) throw new Refused('delegate-to-self');
    return this.transactions.run(actor, async (tx) => {
      const today = dayIn(actor.timeZone, tx.now);
      refuseDays(today, from, until);
      // Both in one order, or two who name each other at once would wait for each other.
      const people = new Map<string, Person>();
      for (const id of [personId, delegateId].sort()) {
        const [person] = await this.lockPerson(tx, id);
        if (person) people.set(id, person);
      }
      const [person, delegate] = [people.get(personId), people.get(delegateId)];
      if (!person) throw new Refused('not-found');
      if (!delegate) throw new Refused('invalid-input', { fields: [{ path: 'delegateId', code: 'unknown-record' }] });
      if (person.leftOn !== null && person.leftOn < today) throw new Refused('person-left');
      if (delegate.leftOn !== null && delegate.leftOn < until) {
        throw new Refused('delegate-inactive', { facts: { lastDay: delegate.leftOn } });
      }
      const [other] = await tx.query<{ from: string; until: string; name: string }>(
        `select d.starts_on::text as "from", d.ends_on::text as "until", trim(e.given_name || ' ' || e.family_name) as name
         from delegation d join person e on e.institution_id = $1 and e.id = d.delegate_id
         where d.institution_id = $1 and d.person_id = $2 and d.starts_on <= $4::date and d.ends_on >= $3::date
         order by d.starts_on limit 1`,
        [actor.institutionId, personId, from, until],
      );
      if (other) throw new Refused('delegation-overlaps', { facts: { ...other } });
      const id = tx.newId();
      await tx.insert(Delegation, {
        institutionId: actor.institutionId,
        id,
        personId,
        delegateId,
        reason,
        startsOn: from,
        endsOn: until,
        createdBy: actor.personId,
        createdAt: tx.now,
      });
      if (delegate.email) await this.tell(tx, delegate, person, from, until);
      await tx.audit('delegation.add', { kind: 'person', id: personId }, { delegate: delegateId, from, until });
      return delegationsIn(tx, actor, personId);
    });
  }

  private async lockPerson(tx: Tx, id: string): Promise<Person[]> {
    return tx.manager
      .getRepository(Person)
      .createQueryBuilder('row')
      .setLock('pessimistic_write')
      .where({ institutionId: tx.scope.institutionId, id })
      .getMany();
  }

  private tell(tx: Tx, delegate: Person, person: Person, from: string, until: string): Promise<void> {
    const name = `${person.givenName} ${person.familyName}`.trim();
    const spoken = (day: string) =>
      DateTime.fromISO(day, { zone: 'UTC' }).setLocale('en-GB').toFormat('cccc d LLLL yyyy');
    const days = from === until ? `on ${spoken(from)}` : `from ${spoken(from)} to ${spoken(until)}`;
    return post(tx, {
      to: delegate.email ?? '',
      subject: `You stand in for ${name}`,
      body: `Hello ${delegate.givenName},\n\nYou stand in for ${name} ${days}, both days included. What waits for a decision of ${name} in that time comes to you.\n\n${this.config.publicUrl}/people/${person.id}\n\nIf that cannot be, tell ${name} or your coordinator, who can name somebody else.\n`,
    });
  }
}

const refuseDays = (today: string, from: string, until: string): void => {
  const last = DateTime.fromISO(today, { zone: 'UTC' }).plus({ days: daysMost }).toISODate() ?? '';
  const path = from < today ? 'from' : 'until';
  const code =
    from < today ? 'in-the-past' : until < from ? 'before-the-first' : until > last ? 'too-far-ahead' : undefined;
  if (code) throw new Refused('invalid-input', { fields: [{ path, code }] });
};

@Injectable()
export class EndDelegation {
  constructor(private readonly transactions: Transactions) {}

  /** At once: one that has not begun is taken away, one that runs is kept as far as it ran. */
  run(actor: Actor, personId: string, delegationId: string): Promise<DelegationsView> {
    refuseStranger(actor, personId);
    if (!mayEdit(actor, personId)) throw new Refused('not-allowed');
    return this.transactions.run(actor, async (tx) => {
      const delegation = await tx.lock(Delegation, delegationId);
      if (delegation.personId !== personId) throw new Refused('not-found');
      const today = dayIn(actor.timeZone, tx.now);
      if (delegation.endsOn < today) throw new Refused('changed-meanwhile');
      if (delegation.startsOn >= today) {
        await tx.manager.delete(Delegation, { institutionId: actor.institutionId, id: delegationId });
      } else {
        await tx.query(`update delegation set ends_on = $3::date - 1 where institution_id = $1 and id = $2`, [
          actor.institutionId,
          delegationId,
          today,
        ]);
      }
      await tx.audit('delegation.end', { kind: 'person', id: personId }, { delegate: delegation.delegateId });
      return delegationsIn(tx, actor, personId);
    });
  }
}
