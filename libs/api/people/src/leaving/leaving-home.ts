import { Injectable } from '@nestjs/common';
import type { Actor } from '@waymark/api-platform';
import type { HomeTask } from '@waymark/contracts';
import { TransferViews } from './transfer-view';
import { WithoutManager } from './people-without-line-manager';

/** What of leaving and moving waits for a coordinator or an administrator. */
@Injectable()
export class LeavingHome {
  constructor(
    private readonly transfers: TransferViews,
    private readonly withoutManager: WithoutManager,
  ) {}

  async tasks(actor: Actor): Promise<HomeTask[]> {
    return (await Promise.all([this.transfers.tasks(actor), this.withoutManager.tasks(actor)])).flat();
  }
}
