import { Controller, Delete, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import {
  type Actor,
  Answers,
  AnswersHtml,
  Can,
  CurrentActor,
  PlatformConfig,
  Public,
  Refused,
} from '@waymark/api-platform';
import {
  profileParams,
  publicProfile,
  type PublicProfile,
  publishedProfile,
  type PublishedProfileView,
} from '@waymark/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { OwnProfile } from './own-profile';
import { nothingHtml, profileHtml, profilePolicy } from './profile-html';
import { PublicProfiles } from './public-profile';

@Controller()
export class ProfileController {
  constructor(
    private readonly own: OwnProfile,
    private readonly profiles: PublicProfiles,
    private readonly config: PlatformConfig,
  ) {}

  @Get('published-profile')
  @Can('account.own')
  @Answers(200, publishedProfile)
  see(@CurrentActor() actor: Actor): Promise<PublishedProfileView> {
    return this.own.see(actor);
  }

  @Post('published-profile')
  @Can('account.own')
  @Answers(200, publishedProfile)
  publish(@CurrentActor() actor: Actor): Promise<PublishedProfileView> {
    return this.own.publish(actor);
  }

  @Delete('published-profile')
  @Can('account.own')
  @Answers(200, publishedProfile)
  takeBack(@CurrentActor() actor: Actor): Promise<PublishedProfileView> {
    return this.own.takeBack(actor);
  }

  /** For other sites' scripts: it says nothing that its address does not open to anybody. */
  @Get('public/profiles/:code')
  @Public()
  @Answers(200, publicProfile)
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  data(
    @Param({ schema: profileParams }) { code }: z.infer<typeof profileParams>,
    @Req() request: FastifyRequest,
  ): Promise<PublicProfile> {
    return this.profiles.see(code, request.ip);
  }

  /** For a frame on another site. Never kept by a cache: what was taken back is gone at once. */
  @Get('public/profiles/:code/page')
  @Public()
  @AnswersHtml()
  async page(
    @Param({ schema: profileParams }) { code }: z.infer<typeof profileParams>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const nonce = randomBytes(18).toString('base64');
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': profilePolicy(nonce),
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
    };
    try {
      const profile = await this.profiles.see(code, request.ip);
      void reply.headers(headers);
      return profileHtml(profile, `${this.config.publicUrl}/api/public/profiles/${code}/page`, nonce);
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal !== 'not-found') throw error;
      void reply.status(404).headers(headers);
      return nothingHtml(nonce);
    }
  }
}
