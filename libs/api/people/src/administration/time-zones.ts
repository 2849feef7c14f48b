import { Injectable } from '@nestjs/common';
import { Reads } from '@waymark/api-platform';
import { IANAZone } from 'luxon';

/** IANA time zones that this server and its database both know: days are judged in both. */
@Injectable()
export class TimeZones {
  private known: Promise<readonly string[]> | null = null;

  constructor(private readonly reads: Reads) {}

  /** Whether it is one of them, by this name or an older one. */
  async knows(timeZone: string): Promise<boolean> {
    if ((await this.all()).includes(timeZone)) return true;
    if (!IANAZone.isValidZone(timeZone)) return false;
    const rows = await this.reads.global({
      name: 'time-zone',
      text: 'select from pg_timezone_names where name = $1',
      values: [timeZone],
    });
    return rows.length > 0;
  }

  /** The names to choose from, in order. Read once a process: neither side learns new ones while it runs. */
  async all(): Promise<readonly string[]> {
    this.known ??= this.read();
    try {
      return await this.known;
    } catch (error) {
      this.known = null;
      throw error;
    }
  }

  private async read(): Promise<readonly string[]> {
    const rows = await this.reads.global<{ name: string }>({
      name: 'time-zones',
      text: 'select name from pg_timezone_names where name = any ($1::text[]) order by name',
      values: [['UTC', ...Intl.supportedValuesOf('timeZone')]],
    });
    return rows.map(({ name }) => name);
  }
}
