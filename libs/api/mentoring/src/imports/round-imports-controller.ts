import { Controller, Get, Param, Query } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import { idParams, importsPage, type ImportsPage, pageQuery } from '@waymark/contracts';
import { z } from 'zod';
import { ReadImports } from './read-imports';

const importsQuery = z.strictObject(pageQuery);

@Controller('mentoring/rounds')
export class RoundImportsController {
  constructor(private readonly imports: ReadImports) {}

  @Get(':id/imports')
  @Can('rounds.see')
  @Answers(200, importsPage)
  list(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Query({ schema: importsQuery }) query: z.infer<typeof importsQuery>,
  ): Promise<ImportsPage> {
    return this.imports.ofRound(actor, id, query);
  }
}
