import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Reads } from './reads';
import { Refused } from './refused';
import { Answers, Public } from './route';

const alive = z.object({ status: z.literal('ok') });

@Controller()
export class HealthController {
  constructor(private readonly reads: Reads) {}

  /** The process lives. */
  @Get('health')
  @Public()
  @Answers(200, alive)
  health(): z.infer<typeof alive> {
    return { status: 'ok' };
  }

  /** The process can serve: its database answers. */
  @Get('ready')
  @Public()
  @Answers(200, alive)
  async ready(): Promise<z.infer<typeof alive>> {
    try {
      await this.reads.global({ name: 'ready', text: 'select 1', values: [] });
    } catch {
      throw new Refused('not-ready');
    }
    return { status: 'ok' };
  }
}
