import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  type Actor,
  Answers,
  AnswersFile,
  Can,
  CurrentActor,
  fileAnswer,
  Refused,
  type RequestWithActor,
} from '@waymark/api-platform';
import { fileView, type FileView, handInFile, type HandInFile as HandInFileInput, idParams } from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { HandInFile } from './hand-in-file';
import { OwnFiles } from './own-files';

/** Files on their way to an application or a claim. Once attached, those serve them, each to whom it may concern. */
@Controller('funding/files')
export class FilesController {
  constructor(
    private readonly handingIn: HandInFile,
    private readonly own: OwnFiles,
  ) {}

  /** The body is the file itself, taken as it streams in; see http-application.ts. */
  @Post()
  @Can('funding.take-part')
  @Answers(201, fileView)
  handIn(
    @CurrentActor() actor: Actor,
    @Query({ schema: handInFile }) input: HandInFileInput,
    @Req() request: RequestWithActor,
  ): Promise<FileView> {
    const { body } = request;
    if (!(body instanceof Readable)) throw new Refused('unsupported-media-type');
    return this.handingIn.run(actor, input, body);
  }

  @Get(':id')
  @Can('funding.take-part')
  @AnswersFile()
  async see(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return fileAnswer(reply, await this.own.file(actor, id));
  }
}
