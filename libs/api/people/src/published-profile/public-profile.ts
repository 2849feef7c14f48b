import { Injectable } from '@nestjs/common';
import { Clock, RateLimits, Reads, Refused } from '@waymark/api-platform';
import type { PublicProfile } from '@waymark/contracts';
import { limitKey } from '../sign-in/sign-in';

interface ProfileRow {
  name: string;
  job_title: string | null;
  institution_name: string;
  awards: PublicProfile['awards'];
}

@Injectable()
export class PublicProfiles {
  constructor(
    private readonly reads: Reads,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** What an address shows now; refused with `not-found` where it shows nothing, whatever the reason. */
  async see(code: string, from: string): Promise<PublicProfile> {
    await this.limits.count(limitKey('public-profile', from), 600, 15);
    const [row] = await this.reads.global<ProfileRow>({
      name: 'public-profile',
      text: 'select * from public_profile($1, $2)',
      values: [code, this.clock.now()],
    });
    if (!row) throw new Refused('not-found');
    return { name: row.name, jobTitle: row.job_title, institution: row.institution_name, awards: row.awards };
  }
}
