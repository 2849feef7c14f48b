import type { AssignTable } from './matching-engine.ts';

/** Pairs as they are read, in columns that grow; and the line of each, kept only where lines are left out. */
export class PairColumns {
  private mentee: Int32Array<ArrayBuffer>;
  private mentor: Int32Array<ArrayBuffer>;
  private score: Int32Array<ArrayBuffer>;
  private count = 0;
  /** Pairs from `index` on stand `line - index` lines below their index, up to the next of these. */
  private readonly shifts: { index: number; line: number }[] = [];

  /** `expected`: how many pairs there may be. Memory that is never written to costs nothing. */
  constructor(expected: number) {
    const size = Math.max(1 << 10, expected);
    this.mentee = new Int32Array(size);
    this.mentor = new Int32Array(size);
    this.score = new Int32Array(size);
  }

  add(mentee: number, mentor: number, score: number, line: number): void {
    if (this.count === this.mentee.length) {
      this.mentee = grown(this.mentee);
      this.mentor = grown(this.mentor);
      this.score = grown(this.score);
    }
    const last = this.shifts.at(-1);
    if (!last || line - last.line !== this.count - last.index) this.shifts.push({ index: this.count, line });
    this.mentee[this.count] = mentee;
    this.mentor[this.count] = mentor;
    this.score[this.count++] = score;
  }

  columns(): Pick<AssignTable, 'pairMentee' | 'pairMentor' | 'pairScore'> {
    return {
      pairMentee: this.mentee.subarray(0, this.count),
      pairMentor: this.mentor.subarray(0, this.count),
      pairScore: this.score.subarray(0, this.count),
    };
  }

  lineOf(index: number): number {
    const shift = this.shifts.findLast((one) => one.index <= index);
    return shift ? shift.line + index - shift.index : 1;
  }
}

function grown(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * column.length);
  larger.set(column);
  return larger;
}
