import type {} from '@fastify/cookie';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Permission, Role } from '@waymark/contracts';
import type { FastifyRequest } from 'fastify';

/** Where and as whom something is done. Jobs act for the person who asked; `personId` is null for the system itself. */
export interface Scope {
  readonly institutionId: string;
  readonly personId: string | null;
  /** Who acts for `personId`, where somebody does: the audit names both. */
  readonly byPersonId?: string | null;
  readonly correlationId: string | null;
  /** Present on a command that may be repeated: see Transactions. */
  readonly command?: Command;
}

export interface Command {
  readonly accountId: string;
  readonly key: string;
  readonly bodyHash: Buffer;
}

/** Somebody signed in, as the database said at this request. */
export interface Actor extends Scope {
  readonly personId: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly givenName: string;
  readonly name: string;
  readonly institutionName: string;
  readonly timeZone: string;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  /** When the request came, before it waited for anything: what has to be in by an instant is judged by this one. */
  readonly cameAt?: Date;
  /** Present while somebody acts for this person: whose session it is, and when it ends unless it is used. */
  readonly acting?: Acting;
  /** True: acting for somebody has ended without its owner's doing, and nothing may be done until they have seen it. */
  readonly actingEnded?: boolean;
}

export interface Acting {
  readonly by: { readonly id: string; readonly name: string };
  readonly until: Date;
}

export interface RequestWithActor extends FastifyRequest {
  actor?: Actor;
}

/** The actor of the request; routes with `@Can` always have one. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<RequestWithActor>();
  if (!actor) throw new Error('a route that names its actor must state @Can(...)');
  return actor;
});

/** The actor if there is one: on public routes. */
export const MaybeActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | null =>
    context.switchToHttp().getRequest<RequestWithActor>().actor ?? null,
);

export const CorrelationId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<FastifyRequest>().id,
);
