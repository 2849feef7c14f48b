import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Permission } from '@waymark/contracts';
import type { Actor, RequestWithActor } from './actor';
import { Actors } from './actors';
import { AuditorReads } from './audit/auditor-reads';
import { PlatformConfig } from './platform-config';
import { Refused } from './refused';
import { ACCESS, type Access, WHILE_ACTING } from './route';

/** `__Host-` binds the cookie to this host, path `/` and TLS (or loopback). */
export const SESSION_COOKIE = '__Host-waymark';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * The one gate before every route. Deny by default: a route without a stated access is refused. A write must come from
 * our own origin (that, with a SameSite cookie, is the defence against cross-site requests).
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly origin: string;

  constructor(
    private readonly reflector: Reflector,
    private readonly actors: Actors,
    private readonly auditorReads: AuditorReads,
    config: PlatformConfig,
  ) {
    this.origin = new URL(config.publicUrl).origin;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new Refused('not-allowed');
    const request = context.switchToHttp().getRequest<RequestWithActor>();
    const writes = !reading.has(request.method);
    if (writes && request.headers.origin !== this.origin) throw new Refused('origin-refused');

    const token = request.cookies[SESSION_COOKIE];
    const actor = token ? await this.actors.ofToken(token, request.id) : null;
    if (access.kind === 'can') {
      if (!actor) throw new Refused('not-signed-in');
      if (actor.acting ?? actor.actingEnded) await this.refuseWhileActing(context, actor, access.permission);
      if (!actor.permissions.has(access.permission)) throw new Refused('not-allowed');
      if (!writes) await this.auditorReads.note(actor, access.permission, request);
    }
    if (actor) request.actor = writes ? { ...actor, ...this.commandOf(request, actor) } : actor;
    return true;
  }

  /** Who acts for another does so as long as they use it, and does nothing of what is the other's alone. */
  private async refuseWhileActing(context: ExecutionContext, actor: Actor, permission: Permission): Promise<void> {
    const also = this.reflector.getAllAndOverride<boolean | undefined>(WHILE_ACTING, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (also) return;
    if (actor.actingEnded) throw new Refused('acting-ended');
    if (permission === 'account.own') throw new Refused('not-while-acting');
    await this.actors.renewActing(actor);
  }

  /** The idempotency key of a command: an `Idempotency-Key` header with any UUID. */
  private commandOf(request: RequestWithActor, { accountId, personId }: Actor) {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return {};
    if (typeof key !== 'string' || !uuid.test(key)) throw new Refused('malformed-request');
    const bodyHash = createHash('sha256')
      // Done as another person it is another command, though the account is one: somebody acts for several.
      .update(`${personId} ${request.method} ${request.url}\n`)
      // A file that streams in is not read yet: whoever reads it adds its digest.
      .update(request.body instanceof Readable ? 'stream' : JSON.stringify(request.body ?? null))
      .digest();
    return { command: { accountId, key, bodyHash } };
  }
}
