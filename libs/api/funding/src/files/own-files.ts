import { Injectable } from '@nestjs/common';
import { type Actor, Refused, storedFile, type StoredFile, Transactions } from '@waymark/api-platform';

@Injectable()
export class OwnFiles {
  constructor(private readonly transactions: Transactions) {}

  /** A file that this person handed in. Anybody else's is not there. */
  file(actor: Actor, id: string): Promise<StoredFile> {
    return this.transactions.run({ ...actor, command: undefined }, async (tx) => {
      const file = await storedFile(tx, id);
      if (file.uploadedBy !== actor.personId) throw new Refused('not-found');
      return file;
    });
  }
}
