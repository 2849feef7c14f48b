import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  callExtensions,
  type CallExtensions as ExtensionsView,
  callMessages,
  type CallMessages as MessagesView,
  extensionParams,
  grantExtension,
  type GrantExtension as GrantInput,
  idParams,
  letterPreview,
  type LetterPreview as LetterPreviewView,
  messagePreview,
  type MessagePreview,
  previewLetter,
  type PreviewLetter as PreviewLetterInput,
  previewMessage,
  type PreviewMessage,
  sendMessage,
  type SendMessage as SendMessageInput,
} from '@waymark/contracts';
import { Extensions, GrantExtension, TakeExtensionBack } from './extensions';
import { LetterPreviews } from './letter-preview';
import { CallMessages, SendMessage } from './messages';

interface Of {
  id: string;
}

/** People of a call: who has more time, who was written to, and what letters say. */
@Controller('funding/calls')
export class CallPeopleController {
  constructor(
    private readonly extensions: Extensions,
    private readonly granting: GrantExtension,
    private readonly takingBack: TakeExtensionBack,
    private readonly messages: CallMessages,
    private readonly sending: SendMessage,
    private readonly letters: LetterPreviews,
  ) {}

  @Get(':id/extensions')
  @Can('calls.see')
  @Answers(200, callExtensions)
  extensionsOf(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ExtensionsView> {
    return this.extensions.see(actor, id);
  }

  @Post(':id/extensions')
  @Can('calls.manage')
  @Answers(200, callExtensions)
  extend(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: grantExtension }) input: GrantInput,
  ): Promise<ExtensionsView> {
    return this.granting.run(actor, id, input);
  }

  @Delete(':id/extensions/:extensionId')
  @Can('calls.manage')
  @Answers(200, callExtensions)
  takeBack(
    @CurrentActor() actor: Actor,
    @Param({ schema: extensionParams }) { id, extensionId }: Of & { extensionId: string },
  ): Promise<ExtensionsView> {
    return this.takingBack.run(actor, id, extensionId);
  }

  @Get(':id/messages')
  @Can('calls.see')
  @Answers(200, callMessages)
  messagesOf(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<MessagesView> {
    return this.messages.list(actor, id);
  }

  @Post(':id/messages')
  @Can('calls.manage')
  @Answers(200, callMessages)
  write(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: sendMessage }) input: SendMessageInput,
  ): Promise<MessagesView> {
    return this.sending.run(actor, id, input);
  }

  @Post(':id/messages/preview')
  @Can('calls.manage')
  @Answers(200, messagePreview)
  preview(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: previewMessage }) input: PreviewMessage,
  ): Promise<MessagePreview> {
    return this.messages.preview(actor, id, input);
  }

  @Post('letter-preview')
  @Can('calls.manage')
  @Answers(200, letterPreview)
  letter(@CurrentActor() actor: Actor, @Body({ schema: previewLetter }) input: PreviewLetterInput): LetterPreviewView {
    return this.letters.of(actor, input);
  }
}
