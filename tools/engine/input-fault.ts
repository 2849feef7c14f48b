export interface FaultPosition {
  readonly file: string;
  /** From 1; the header is line 1. */
  readonly line?: number;
  /** Field of the line, from 1. */
  readonly column?: number;
  readonly columnName?: string;
}

/** Something the person at the command line can put right. `name` says what, the message where and how. */
export class InputFault extends Error {
  override readonly name: string;

  constructor(name: string, what: string, position?: FaultPosition) {
    super(position ? `${place(position)}: ${what}` : what);
    this.name = name;
  }
}

function place({ file, line, column, columnName }: FaultPosition): string {
  const parts = [file];
  if (line !== undefined) parts.push(`line ${line}`);
  if (column !== undefined) parts.push(`column ${column}${columnName === undefined ? '' : ` (${columnName})`}`);
  return parts.join(', ');
}
