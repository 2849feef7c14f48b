import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { hashOfToken, type Tx } from '@waymark/api-platform';
import type { AskedAs, EndorsementPurpose } from '@waymark/contracts';
import { randomBytes } from 'node:crypto';
import { EndorsementPost } from './endorsement-post';
import { answerByOf, askedPence, endsOn, eventName, fromEndorsement, nameOf, startsOn } from './endorsement-sql';
import * as letters from './letters';

interface Row {
  id: string;
  askedOf: string;
  applicant: string;
  purpose: EndorsementPurpose;
  event: string;
  startsOn: string;
  endsOn: string;
  askedPence: number;
  call: string;
  by: Date;
  askedAs: AskedAs;
  inPlaceOf: string | null;
}

/** Applications in one letter; whoever has more gets a second. */
const togetherMost = 20;

/**
 * Letters to those who are asked: one a person, with everything asked of them at once, and a link of its own for each. Of a
 * link the hash alone is kept; it ends when the time to answer does.
 */
@Injectable()
export class AskedLetters {
  constructor(private readonly postRoom: EndorsementPost) {}

  /** For those of these that still wait for an answer; the caller holds them. `again`: a reminder. */
  async write(tx: Tx, endorsementIds: readonly string[], again: boolean): Promise<void> {
    const { institutionId } = tx.scope;
    const rows = await tx.query<Row>(
      `select n.id, n.asked_of as "askedOf", ${nameOf('p')} as applicant, n.purpose, ${eventName} as event,
         ${startsOn}::text as "startsOn", ${endsOn}::text as "endsOn", ${askedPence}::float8 as "askedPence", c.name as call,
         ${answerByOf} as by, n.asked_as as "askedAs",
         (select ${nameOf('i')} from person i where i.institution_id = n.institution_id and i.id = n.in_place_of) as "inPlaceOf"
       from ${fromEndorsement}
       where n.institution_id = $1 and n.id = any ($2::uuid[]) and n.status = 'asked' order by n.asked_of, by, n.id`,
      [institutionId, endorsementIds],
    );
    const linked = rows
      .filter(({ by }) => by > tx.now)
      .map((row) => ({ ...row, secret: randomBytes(32).toString('base64url') }));
    if (linked.length === 0) return;
    await tx.query(
      `insert into endorsement_link (token_hash, institution_id, endorsement_id, person_id, created_at, expires_at)
       select decode(l.hash, 'hex'), $1, l.id, l."askedOf", $2, l.by
       from jsonb_to_recordset($3::jsonb) as l(id uuid, hash text, "askedOf" uuid, by timestamptz)`,
      [
        institutionId,
        tx.now,
        JSON.stringify(
          linked.map(({ id, askedOf, by, secret }) => ({ id, askedOf, by, hash: hashOfToken(secret).toString('hex') })),
        ),
      ],
    );
    const { timeZone } = await whereaboutsOf(tx);
    const page = this.postRoom.endorsement('').replace(/\/$/, '');
    await this.postRoom.post(
      tx,
      [...Map.groupBy(linked, ({ askedOf }) => askedOf)].flatMap(([personId, theirs]) =>
        chunks(theirs).map((some) => ({
          personId,
          words: (given: string) =>
            letters.asked(
              given,
              some.map((row) => ({ ...row, secretLink: this.postRoom.secretLink(row.secret) })),
              page,
              timeZone,
              again,
            ),
        })),
      ),
    );
  }
}

const chunks = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / togetherMost) }, (_, at) =>
    items.slice(at * togetherMost, (at + 1) * togetherMost),
  );
