import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import {
  type Actor,
  AlsoWhileActing,
  Answers,
  AnswersNothing,
  Can,
  CorrelationId,
  CurrentActor,
  MaybeActor,
  PlatformConfig,
  Actors,
  Public,
  Refused,
  SESSION_COOKIE,
  Transactions,
} from '@waymark/api-platform';
import {
  actForPerson,
  askPasswordLink,
  idParams,
  passwordLinkParams,
  passwordLinkView,
  type PasswordLinkView,
  sessionView,
  type SessionView,
  setPassword,
  setUp,
  signIn,
} from '@waymark/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ActFor, ownScope, StopActing, stopActing } from '../on-behalf/act-for';
import { PasswordLinks } from './password-links';
import { sessionDays } from './sessions';
import { SetUp } from './set-up';
import { SignIn } from './sign-in';

const cookie = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

@Controller()
export class SessionController {
  constructor(
    private readonly config: PlatformConfig,
    private readonly actors: Actors,
    private readonly transactions: Transactions,
    private readonly signIns: SignIn,
    private readonly links: PasswordLinks,
    private readonly setUps: SetUp,
    private readonly acts: ActFor,
    private readonly stops: StopActing,
  ) {}

  @Get('session')
  @Public()
  @Answers(200, sessionView)
  async see(@MaybeActor() actor: Actor | null): Promise<SessionView> {
    const { demonstration } = this.config;
    if (!actor) return { signedIn: false, demonstration, setUpNeeded: await this.setUps.needed() };
    return {
      signedIn: true,
      demonstration,
      person: { id: actor.personId, name: actor.name, givenName: actor.givenName },
      institution: { id: actor.institutionId, name: actor.institutionName, timeZone: actor.timeZone },
      roles: [...actor.roles],
      permissions: [...actor.permissions],
      acting: actor.acting ? { by: actor.acting.by, until: actor.acting.until.toISOString() } : null,
      actingEnded: actor.actingEnded ?? false,
    };
  }

  @Post('session')
  @Public()
  @Answers(200, sessionView)
  async begin(
    @Body({ schema: signIn }) input: z.infer<typeof signIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const secret = await this.signIns.run(input, {
      address: request.ip,
      correlationId: request.id,
      replaces: request.cookies[SESSION_COOKIE] ?? null,
    });
    return this.opened(secret, request.id, reply);
  }

  /** Everything in this session is done as that person from now on; see ActFor. */
  @Post('people/:id/act')
  @Can('people.on-behalf')
  @Answers(200, sessionView)
  async actFor(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
    @Body({ schema: actForPerson }) _input: z.infer<typeof actForPerson>,
    @Req() request: FastifyRequest,
  ): Promise<SessionView> {
    await this.acts.run(actor, id);
    return this.again(request);
  }

  @Delete('session/acting')
  @Can('account.own')
  @AlsoWhileActing()
  @Answers(200, sessionView)
  async stopActing(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<SessionView> {
    await this.stops.run(actor);
    return this.again(request);
  }

  @Delete('session')
  @Can('account.own')
  @AlsoWhileActing()
  @AnswersNothing()
  async end(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const owner = actor.acting?.by.id ?? actor.personId;
    await this.transactions.run({ ...ownScope(actor), command: undefined }, async (tx) => {
      await stopActing(tx, actor.sessionId);
      await tx.query(`delete from session where id = $1`, [actor.sessionId]);
      await tx.audit('session.end', { kind: 'person', id: owner });
    });
    void reply.clearCookie(SESSION_COOKIE, cookie);
  }

  @Post('password-links')
  @Public()
  @AnswersNothing()
  ask(
    @Body({ schema: askPasswordLink }) { email }: z.infer<typeof askPasswordLink>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.links.ask(email, { address: request.ip, correlationId: request.id });
  }

  @Get('password-links/:token')
  @Public()
  @Answers(200, passwordLinkView)
  link(
    @Param({ schema: passwordLinkParams }) { token }: z.infer<typeof passwordLinkParams>,
  ): Promise<PasswordLinkView> {
    return this.links.view(token);
  }

  @Post('password-links/:token')
  @Public()
  @Answers(200, sessionView)
  async setPassword(
    @Param({ schema: passwordLinkParams }) { token }: z.infer<typeof passwordLinkParams>,
    @Body({ schema: setPassword }) { password }: z.infer<typeof setPassword>,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.opened(await this.links.use(token, password, correlationId), correlationId, reply);
  }

  @Post('set-up')
  @Public()
  @Answers(200, sessionView)
  async setUp(
    @Body({ schema: setUp }) input: z.infer<typeof setUp>,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.opened(await this.setUps.run(input, correlationId), correlationId, reply);
  }

  /** The session as it is after a change of whom it acts for. */
  private async again(request: FastifyRequest): Promise<SessionView> {
    return this.see(await this.actors.ofToken(request.cookies[SESSION_COOKIE] ?? '', request.id));
  }

  private async opened(secret: string, correlationId: string, reply: FastifyReply): Promise<SessionView> {
    const actor = await this.actors.ofToken(secret, correlationId);
    if (!actor) throw new Refused('wrong-credentials');
    void reply.setCookie(SESSION_COOKIE, secret, { ...cookie, maxAge: sessionDays * 86_400 });
    return this.see(actor);
  }
}
