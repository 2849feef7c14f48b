import { Injectable } from '@nestjs/common';
import {
  type Actor,
  fileViewOf,
  judgeFile,
  Refused,
  storeFile,
  StoredFile,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import {
  fileBytesADayMost,
  fileBytesMost,
  filesADayMost,
  type FileType,
  type FileView,
  type HandInFile as Input,
  unattachedFileDays,
} from '@waymark/contracts';
import { createHash } from 'node:crypto';
import { attached } from './attached';

/** What comes beyond is read and thrown away up to here, so that whoever sends it gets the answer; then cut off. */
const drainedMost = 4 * fileBytesMost;

/**
 * Takes a file that somebody hands in, to be attached to an application or a claim later. Typed by its content, and looked
 * through as far as that can be done without opening it: see judgeFile. The same content again is the same file.
 */
@Injectable()
export class HandInFile {
  constructor(private readonly transactions: Transactions) {}

  async run(actor: Actor, { purpose, name }: Input, body: AsyncIterable<Buffer>): Promise<FileView> {
    const content = await read(body);
    const mediaType = await judgeFile(name, content);
    const sha256 = createHash('sha256').update(content).digest();
    return this.transactions.run(commandOf(actor, sha256), async (tx) => {
      // One after the other for each person: two at once would both find room in what is left of the day.
      await tx.query(`select pg_advisory_xact_lock(hashtext('files of ' || $1::text), hashtext($2::text))`, [
        actor.institutionId,
        actor.personId,
      ]);
      const known = await this.known(tx, actor, purpose, sha256, mediaType);
      if (known) return fileViewOf(known);
      await this.refuseTooMany(tx, actor, content.length);
      const view = await storeFile(tx, { purpose, name, mediaType, content });
      await tx.audit('file.hand-in', { kind: 'file', id: view.id }, { purpose, mediaType, bytes: content.length });
      return view;
    });
  }

  /** The same content handed in before, unless it is about to be swept away for being attached to nothing. */
  private async known(
    tx: Tx,
    actor: Actor,
    purpose: Input['purpose'],
    sha256: Buffer,
    mediaType: FileType,
  ): Promise<Omit<StoredFile, 'content' | 'sha256'> | undefined> {
    const [row] = await tx.query<Omit<StoredFile, 'content' | 'sha256'>>(
      `select f.id, f.name, f.media_type as "mediaType", f.size_bytes as "sizeBytes", f.uploaded_at as "uploadedAt"
       from stored_file f
       where f.institution_id = $1 and f.uploaded_by = $2 and f.purpose = $3 and f.sha256 = $4 and f.media_type = $5
         and (f.uploaded_at > $6::timestamptz - interval '1 day' * ($7 - 1) or ${attached('f')})
       order by f.uploaded_at desc limit 1`,
      [actor.institutionId, actor.personId, purpose, sha256, mediaType, tx.now, unattachedFileDays],
    );
    return row;
  }

  private async refuseTooMany(tx: Tx, actor: Actor, bytes: number): Promise<void> {
    const [day] = await tx.query<{ files: number; bytes: number }>(
      `select count(*)::int as files, coalesce(sum(size_bytes), 0)::float8 as bytes from stored_file
       where institution_id = $1 and uploaded_by = $2 and uploaded_at > $3::timestamptz - interval '1 day'`,
      [actor.institutionId, actor.personId, tx.now],
    );
    if (!day || day.files >= filesADayMost || day.bytes + bytes > fileBytesADayMost) {
      throw new Refused('files-too-many', {
        facts: { files: filesADayMost, megabytes: fileBytesADayMost / 1024 / 1024 },
      });
    }
  }
}

/** All of a body that is small enough; refused with `body-too-large` (fact `most`, bytes). */
const read = async (body: AsyncIterable<Buffer>): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > drainedMost) break;
    if (bytes > fileBytesMost) pieces.length = 0;
    else pieces.push(piece);
  }
  if (bytes > fileBytesMost) throw new Refused('body-too-large', { facts: { most: fileBytesMost } });
  return Buffer.concat(pieces);
};

/** The gate has not read the body: what makes two commands one is what was sent, so the file's digest is added here. */
const commandOf = (actor: Actor, digest: Buffer): Actor =>
  actor.command
    ? {
        ...actor,
        command: {
          ...actor.command,
          bodyHash: createHash('sha256').update(actor.command.bodyHash).update(digest).digest(),
        },
      }
    : actor;
