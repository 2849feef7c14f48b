/** pino's number for a warning; what lies below goes into the log file only. */
const warning = 40;

/**
 * What a person at the terminal should see of a line that a service wrote: its own plain words as
 * they are, of its JSON log the warnings and errors; `undefined` for the rest.
 */
export function forTerminal(service: string, line: string): string | undefined {
  if (line.trim() === '') return undefined;
  const entry = jsonEntry(line);
  if (entry === undefined) return line;
  if (typeof entry['level'] !== 'number' || entry['level'] < warning) return undefined;
  const words = [entry['msg'], messageIn(entry['err'])].filter(
    (part, index, all) => typeof part === 'string' && part !== '' && all.indexOf(part) === index,
  );
  const kind = entry['level'] > warning ? 'error' : 'warning';
  return `${service} ${kind}: ${words.join(': ') || 'see its log'}`;
}

/** Splits what arrives in pieces into lines, keeping the unfinished last one for the next piece. */
export function lineSplitter(take: (line: string) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(take);
  };
}

function jsonEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function messageIn(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
}
