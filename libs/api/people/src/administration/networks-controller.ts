import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  createNetwork,
  idParams,
  inviteToNetwork,
  networkInvitationParams,
  networksView,
  type NetworksView,
} from '@waymark/contracts';
import type { z } from 'zod';
import {
  AnswerInvitation,
  CreateNetwork,
  InviteToNetwork,
  LeaveNetwork,
  Networks,
  WithdrawInvitation,
} from './networks';

type IdParams = z.infer<typeof idParams>;

@Controller()
export class NetworksController {
  constructor(
    private readonly networks: Networks,
    private readonly creates: CreateNetwork,
    private readonly invites: InviteToNetwork,
    private readonly withdraws: WithdrawInvitation,
    private readonly answers: AnswerInvitation,
    private readonly leaves: LeaveNetwork,
  ) {}

  @Get('networks')
  @Can('networks.edit')
  @Answers(200, networksView)
  see(@CurrentActor() actor: Actor): Promise<NetworksView> {
    return this.networks.see(actor);
  }

  @Post('networks')
  @Can('networks.edit')
  @Answers(201, networksView)
  create(
    @CurrentActor() actor: Actor,
    @Body({ schema: createNetwork }) input: z.infer<typeof createNetwork>,
  ): Promise<NetworksView> {
    return this.creates.run(actor, input);
  }

  @Post('networks/:id/invitations')
  @Can('networks.edit')
  @Answers(200, networksView)
  invite(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: inviteToNetwork }) input: z.infer<typeof inviteToNetwork>,
  ): Promise<NetworksView> {
    return this.invites.run(actor, id, input);
  }

  @Delete('networks/:id/invitations/:invitationId')
  @Can('networks.edit')
  @Answers(200, networksView)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param({ schema: networkInvitationParams }) { id, invitationId }: z.infer<typeof networkInvitationParams>,
  ): Promise<NetworksView> {
    return this.withdraws.run(actor, id, invitationId);
  }

  @Post('network-invitations/:id/accept')
  @Can('networks.edit')
  @Answers(200, networksView)
  accept(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<NetworksView> {
    return this.answers.run(actor, id, 'accepted');
  }

  @Post('network-invitations/:id/decline')
  @Can('networks.edit')
  @Answers(200, networksView)
  decline(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<NetworksView> {
    return this.answers.run(actor, id, 'declined');
  }

  @Post('networks/:id/leave')
  @Can('networks.edit')
  @Answers(200, networksView)
  leave(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<NetworksView> {
    return this.leaves.run(actor, id);
  }
}
