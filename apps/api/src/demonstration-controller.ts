import { Controller, Get, Query } from '@nestjs/common';
import { Answers, PlatformConfig, Public, Reads, Refused } from '@waymark/api-platform';
import {
  type DemonstrationAccounts,
  demonstrationAccounts,
  type DemonstrationMail,
  demonstrationMail,
  demonstrationMailQuery,
} from '@waymark/contracts';
import type { z } from 'zod';
import { accountsOfDemonstration } from './demonstration/cast';

/** What only a demonstration offers: accounts to try each role, and the messages that no mail server took. */
@Controller('demonstration')
export class DemonstrationController {
  constructor(
    private readonly config: PlatformConfig,
    private readonly reads: Reads,
  ) {}

  @Get('accounts')
  @Public()
  @Answers(200, demonstrationAccounts)
  async accounts(): Promise<DemonstrationAccounts> {
    await this.institution();
    return { accounts: accountsOfDemonstration };
  }

  @Get('mail')
  @Public()
  @Answers(200, demonstrationMail)
  async mail(
    @Query({ schema: demonstrationMailQuery }) { to }: z.infer<typeof demonstrationMailQuery>,
  ): Promise<DemonstrationMail> {
    const institutionId = await this.institution();
    const messages = await this.reads.rows<DemonstrationMail['messages'][number]>(
      { institutionId },
      {
        name: 'demonstration-mail',
        text: `select id, recipient as "to", subject, body as "text",
            to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
          from mail_message where institution_id = $1 and ($2::text is null or recipient = $2)
          order by created_at desc, id desc limit 200`,
        values: [institutionId, to?.toLowerCase() ?? null],
      },
    );
    return { messages };
  }

  /** Refused outside demonstration mode, and where the installation holds no demonstration. */
  private async institution(): Promise<string> {
    if (!this.config.demonstration) throw new Refused('demonstration-only');
    const [row] = await this.reads.global<{ id: string | null }>({
      name: 'demonstration-institution',
      text: 'select demonstration_institution() as id',
      values: [],
    });
    if (!row?.id) throw new Refused('demonstration-only');
    return row.id;
  }
}
