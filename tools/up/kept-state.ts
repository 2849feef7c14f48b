import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A small JSON file in `.waymark/`: read whole, changed whole, never half written. */
export class KeptState {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    mkdirSync(dirname(file), { recursive: true, mode: 0o711 });
  }

  /** Unreadable counts as empty: nothing in it is worth a start that fails. */
  read(): Record<string, unknown> {
    if (!existsSync(this.file)) return {};
    try {
      const parsed: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
    } catch {
      return {};
    }
  }

  change(part: Record<string, unknown>): void {
    writeFileSync(`${this.file}.new`, `${JSON.stringify({ ...this.read(), ...part })}\n`, { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}
