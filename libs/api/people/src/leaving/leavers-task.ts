import { Injectable } from '@nestjs/common';
import { dayIn, type ScheduledTask, type Tx } from '@waymark/api-platform';
import { tellOfLeavers, toldMostAtOnce } from './tell-of-leavers';
import { timeZoneOf } from './time-zone';

/** Tells of everybody whose last day has passed, by the institution's own midnight; what a night missed is made good. */
@Injectable()
export class LeaversTask implements ScheduledTask {
  readonly name = 'leavers';
  readonly everySeconds = 30;

  async run(tx: Tx): Promise<boolean> {
    return (await tellOfLeavers(tx, dayIn(await timeZoneOf(tx), tx.now))) === toldMostAtOnce;
  }
}
