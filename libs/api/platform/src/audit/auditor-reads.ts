import { Injectable } from '@nestjs/common';
import { permissionsOfEveryone, permissionsOfRole, type Permission } from '@waymark/contracts';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor';
import { Transactions } from '../transactions';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What everybody reads of themselves: an auditor's own affairs are not an audit. */
const ownAffairs: readonly Permission[] = ['home.see', 'account.own', 'proposals.answer'];

/** Kinds of record by the part of an address before an identifier. */
const kinds: Readonly<Record<string, string>> = {
  people: 'person',
  rounds: 'round',
  runs: 'run',
  imports: 'import',
  proposals: 'proposal',
  jobs: 'job',
  units: 'unit',
  applications: 'application',
};

/**
 * An auditor may look at everything, so that they looked is recorded: what each address was and which record, never
 * what was searched for. The line is written before anything is answered; should that fail, nothing is.
 */
@Injectable()
export class AuditorReads {
  constructor(private readonly transactions: Transactions) {}

  /** For a request that reads and was let in for `permission`. Costs nothing where the actor is no auditor. */
  async note(actor: Actor, permission: Permission, request: FastifyRequest): Promise<void> {
    const route = request.routeOptions.url ?? '';
    const params = (request.params ?? {}) as Record<string, unknown>;
    const [name, id] = Object.entries(params).find(([, value]) => typeof value === 'string' && uuid.test(value)) ?? [];
    const before = new RegExp(`([a-z-]+)/:${name}`).exec(route)?.[1] ?? '';
    // What is everybody's of themself, and of others' for those who may see people.
    const ofAnother = before === 'people' && String(id).toLowerCase() !== actor.personId;
    if (!restsOnAuditing(actor, ofAnother && ownAffairs.includes(permission) ? 'people.see' : permission)) return;
    const subject =
      typeof id === 'string'
        ? { kind: kinds[before] ?? 'record', id: id.toLowerCase() }
        : { kind: 'institution', id: actor.institutionId };
    const filters = Object.keys((request.query ?? {}) as object).sort();
    await this.transactions.run({ ...actor, command: undefined }, (tx) =>
      tx.audit('audit.read', subject, { route, ...(filters.length > 0 ? { filters: namesOf(filters) } : {}) }),
    );
  }
}

/** Which filters were used; a name that is none of ours could be anything. */
const namesOf = (filters: string[]): string =>
  filters
    .filter((name) => /^[a-z][a-zA-Z]{0,19}$/.test(name))
    .slice(0, 12)
    .join(' ');

/**
 * True where none but the auditor's role lets them see it. The directory is open to everybody, but shows those more who may
 * see people, as auditors may.
 */
const restsOnAuditing = (actor: Actor, permission: Permission): boolean => {
  if (!actor.roles.includes('auditor') || ownAffairs.includes(permission)) return false;
  const counts = permissionsOfEveryone.includes(permission) ? 'people.see' : permission;
  return !actor.roles.some((role) => role !== 'auditor' && permissionsOfRole[role].includes(counts));
};
