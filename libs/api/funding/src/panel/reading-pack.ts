import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import { packMost } from '@waymark/contracts';
import { packDocument } from './pack-document';
import { panelAccess } from './panel-access';
import { pdfOf } from './pdf';
import { applicationsToRead } from './read-application';
import { ownReviews } from './reading-list';

/**
 * All that a panelist has to read, with the rubric, as a PDF to print: blind where the call is. In parts of `packMost`
 * applications, so that each is made while one waits. Refused with `not-found` where there is no such part.
 */
@Injectable()
export class ReadingPack {
  constructor(private readonly transactions: Transactions) {}

  async pdf(actor: Actor, callId: string, part: number): Promise<Buffer> {
    const pack = await this.transactions.run(actor, async (tx) => {
      const access = await panelAccess(tx, actor, callId);
      if (!access.sits) throw new Refused('not-found');
      const rows = await tx.query<{ applicationId: string; total: number }>(
        `select a.id as "applicationId", (count(*) over ())::int as total from ${ownReviews}
         order by a.reference, r.id limit $5 offset $6`,
        [actor.institutionId, callId, actor.personId, [...access.kept], packMost, (part - 1) * packMost],
      );
      const [first] = rows;
      if (!first) throw new Refused('not-found');
      const ids = rows.map(({ applicationId }) => applicationId);
      const read = await applicationsToRead(tx, ids);
      return {
        callName: access.call.name,
        reader: actor.name,
        part,
        parts: Math.ceil(first.total / packMost),
        madeAt: tx.now,
        timeZone: actor.timeZone,
        applications: ids.flatMap((id) => read.get(id) ?? []),
      };
    });
    // Outside the transaction: typesetting takes longer than reading.
    return pdfOf(packDocument(pack));
  }
}
