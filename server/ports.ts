import net from 'node:net';
import type { Server } from 'node:http';

export const LOOPBACK = '127.0.0.1';

/** A port that was free a moment ago; whoever uses it must still cope with it being taken. */
export async function freePort(): Promise<number> {
  const probe = net.createServer();
  const port = await listen(probe, 0);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Listens on `first` or, when that is used, on the next free port. Returns the port. */
export async function listenFrom(
  server: Server,
  first: number,
  onUsed: (port: number) => void,
): Promise<number> {
  for (let port = first; port <= Math.min(first + 100, 65535); port++) {
    try {
      return await listen(server, port);
    } catch (error) {
      if (!isUsed(error)) throw error;
      onUsed(port);
    }
  }
  throw new Error(`No free port from ${String(first)} on: set STS_PORT to another one.`);
}

function listen(server: net.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('not a TCP server');
      resolve(address.port);
    });
  });
}

function isUsed(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE'
  );
}
