/** What a person asked of `npm start`. */
export interface UpArguments {
  /** Start with no demonstration network. */
  readonly empty: boolean;
  /** Throw the local database away first. */
  readonly reset: boolean;
  readonly port: number | undefined;
  readonly help: boolean;
}

export const usage = `npm start -- [--empty] [--reset] [--port N]

  --empty    without the demonstration network; remembered for the next start
  --reset    throws the local database away first
  --port N   listens on that port (else 8700, or the next free one)

Set DATABASE_URL and DATABASE_OWNER_URL to use a database of your own.`;

export function readArguments(words: readonly string[]): UpArguments {
  let [empty, reset, help] = [false, false, false];
  let port: number | undefined;
  const rest = words.flatMap((word) => word.split(/^(--port)=/).filter((part) => part !== ''));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--empty') empty = true;
    else if (word === '--reset') reset = true;
    else if (word === '--help' || word === '-h') help = true;
    else if (word === '--port') port = portFrom(rest.shift());
    else throw new Error(`"${word}" is not understood.\n\n${usage}`);
  }
  return { empty, reset, port, help };
}

export function portFrom(text: string | undefined): number {
  const port = /^\d+$/.test(text ?? '') ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Error(`A port is a number from 1 to 65535, not "${text ?? ''}"`);
  return port;
}
