import { Injectable } from '@nestjs/common';
import { id } from '@waymark/contracts';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PlatformConfig } from '../platform-config';

/** The newest seal of an institution's chain at some moment. */
export interface Head {
  institutionId: string;
  number: number;
  /** SHA-256, 64 hexadecimal digits. */
  hash: string;
  /** When it was sealed: an instant in UTC. */
  at: string;
}

/**
 * Heads kept outside the database: one file of JSON lines for each institution, appended to and never changed. Whoever
 * rewrites the chain in the database cannot rewrite these, the less so on another machine's disk.
 */
@Injectable()
export class KeptHeads {
  constructor(private readonly config: PlatformConfig) {}

  private fileOf(institutionId: string): string {
    return join(this.config.auditHeadsDirectory, `${id.parse(institutionId)}.jsonl`);
  }

  /**
   * Writes one line and waits until the disk has it. Several processes may: a line is one write at the end of the file. A
   * line that a loss of power cut short is ended first, so that it spoils nothing but itself.
   */
  async append(head: Head): Promise<void> {
    await mkdir(this.config.auditHeadsDirectory, { recursive: true, mode: 0o700 });
    const file = await open(this.fileOf(head.institutionId), 'a+', 0o600);
    try {
      const torn = !(await endsWithLine(file));
      await file.write(`${torn ? '\n' : ''}${JSON.stringify(head)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await this.syncDirectory();
  }

  /** Every head kept for an institution, oldest line first; lines that cannot be read are passed over. */
  async *of(institutionId: string): AsyncGenerator<Head> {
    const stream = createReadStream(this.fileOf(institutionId), 'utf8');
    try {
      for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
        const head = headOf(line);
        if (head?.institutionId === institutionId) yield head;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    } finally {
      stream.destroy();
    }
  }

  /** A new file's name must survive as well; not every system can sync a directory. */
  private async syncDirectory(): Promise<void> {
    const directory = await open(this.config.auditHeadsDirectory, 'r').catch(() => null);
    await directory?.sync().catch(() => undefined);
    await directory?.close();
  }
}

const endsWithLine = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
};

/** A head as a line of JSON holds it; null where it is something else. */
const headOf = (line: string): Head | null => {
  try {
    const { institutionId, number, hash, at } = JSON.parse(line) as Partial<Head>;
    return typeof institutionId === 'string' &&
      Number.isSafeInteger(number) &&
      typeof hash === 'string' &&
      /^[0-9a-f]{64}$/.test(hash)
      ? { institutionId, number: Number(number), hash, at: String(at) }
      : null;
  } catch {
    return null;
  }
};
