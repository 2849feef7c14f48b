import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Whether nothing listens on that port of this machine, on loopback or on every address. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0', '::']) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

/** A free port for a database: below the range from which outgoing connections take theirs. */
export async function freeDatabasePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let tries = 0; tries < 200; tries++) {
    const port = randomInt(23_000, 30_000);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port was found for the database');
}

/** `first` if it is free, else the next free one above it. */
export async function nextFreePort(first: number): Promise<number> {
  for (let port = first; port <= Math.min(first + 200, 65_535); port++) {
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${first} to ${first + 200} is free`);
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has nothing listening there either.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
