/**
 * In which line of a file a record begins, from the lines that csv-parse counts. Within quotes csv-parse counts a Windows
 * line end as two.
 */
export class RecordLines {
  private linesBefore = 0;
  private countedTwice = 0;

  /** `lines`: what csv-parse has counted at the end of the record. */
  startOf(record: readonly string[], lines: number): number {
    let within = 0;
    let countedTwice = 0;
    for (const field of record) {
      if (!/[\r\n]/.test(field)) continue;
      within += field.match(/[\r\n]/g)?.length ?? 0;
      countedTwice += field.match(/\r\n/g)?.length ?? 0;
    }
    const start = this.lineOf(Math.max(this.linesBefore + 1, lines - within));
    this.linesBefore = lines;
    this.countedTwice += countedTwice;
    return start;
  }

  /** The line after the last record, or later where blank lines follow it. */
  next(): number {
    return this.lineOf(this.linesBefore + 1);
  }

  lineOf(lines: number): number {
    return lines - this.countedTwice;
  }
}
