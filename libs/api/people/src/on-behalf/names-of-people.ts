import { Injectable } from '@nestjs/common';
import { PersonNames, Reads, type Scope } from '@waymark/api-platform';

@Injectable()
export class NamesOfPeople extends PersonNames {
  constructor(private readonly reads: Reads) {
    super();
  }

  async of(scope: Pick<Scope, 'institutionId'>, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.reads.rows<{ id: string; name: string }>(scope, {
      name: 'names-of-people',
      text: `select id, trim(given_name || ' ' || family_name) as name from person
        where institution_id = $1 and id = any ($2::uuid[]) and erased_at is null`,
      values: [scope.institutionId, ids],
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
