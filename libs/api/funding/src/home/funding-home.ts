import { Injectable } from '@nestjs/common';
import { type Actor, Clock, type ReadQuery, Reads } from '@waymark/api-platform';
import type { HomeTask } from '@waymark/contracts';
import { allocationTasks } from '../allocation/home-tasks';
import { applicationTasks } from '../applications/home-tasks';
import { awardTasks } from '../awards/home-tasks';
import { callTasks } from '../calls/home-tasks';
import { endorsementTasks } from '../endorsements/home-tasks';
import { panelTasks } from '../panel/home-tasks';

/** What of funding waits for a person: each slice says its own, as queries that answer rows of HomeTask. */
export type TasksOf = (actor: Actor, now: Date) => ReadQuery[];

const slices: readonly TasksOf[] = [
  callTasks,
  applicationTasks,
  endorsementTasks,
  panelTasks,
  allocationTasks,
  awardTasks,
];

@Injectable()
export class FundingHome {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async tasks(actor: Actor): Promise<HomeTask[]> {
    const now = this.clock.now();
    const queries = slices.flatMap((slice) => slice(actor, now));
    if (queries.length === 0) return [];
    return (await this.reads.all<HomeTask[]>(actor, queries)).flat();
  }
}
