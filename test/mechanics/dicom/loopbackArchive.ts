import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import { arrayBuffer } from './synthetic';

/** A small DICOMweb archive on the loopback interface that fails as it is told. */

/** What to do instead of answering a request properly. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'silence' }
  /** The connection is cut before the request is looked at. */
  | { readonly kind: 'cut' }
  /** The request is carried out, then the connection is cut instead of an answer. */
  | { readonly kind: 'responseLost' }
  /** The answer starts and the connection is cut in its middle. */
  | { readonly kind: 'cutInMiddle' }
  | { readonly kind: 'failedSop'; readonly reason: number }
  | { readonly kind: 'html' };

export type RequestKind = 'search' | 'store' | 'read';

export interface LoopbackArchive {
  readonly root: string;
  /** Part 10 bytes by SOP Instance UID. */
  readonly instances: Map<string, Uint8Array>;
  /** How often each SOP Instance UID was stored. */
  readonly storedTimes: Map<string, number>;
  readonly requests: { readonly kind: RequestKind; readonly headers: IncomingMessage['headers'] }[];
  /** The next request of this kind fails so. */
  failNext(kind: RequestKind, fault: Fault): void;
  /** The nth request (from 0) of this kind from now on fails so. */
  failNth(kind: RequestKind, nth: number, fault: Fault): void;
  /** What the archive makes of an object that it is given. */
  onStore(change: (part: Uint8Array) => Uint8Array): void;
  /** Hears of every request before it is answered. */
  onRequest(hear: (kind: RequestKind) => void): void;
  /** From now on it lists and sends everything twice. */
  answerTwice(): void;
  /** Faults that no request has met yet. */
  faultsLeft(): number;
  close(): Promise<void>;
}

export async function startLoopbackArchive(): Promise<LoopbackArchive> {
  const instances = new Map<string, Uint8Array>();
  const storedTimes = new Map<string, number>();
  const requests: LoopbackArchive['requests'] = [];
  const faults: { kind: RequestKind; fault: Fault; wait: number }[] = [];
  const habits: Habits = { store: (part) => part, hear: () => undefined, copies: 1 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const kind = kindOf(request);
      requests.push({ kind, headers: request.headers });
      habits.hear(kind);
      const index = faults.findIndex((item) => item.kind === kind && item.wait-- === 0);
      const fault = index >= 0 ? faults.splice(index, 1)[0].fault : undefined;
      const carryOut = (): Answer =>
        answer(kind, request, Buffer.concat(chunks), instances, storedTimes, habits);
      if (fault) respondWrongly(fault, carryOut, response);
      else send(response, carryOut());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    root: `http://127.0.0.1:${port}/dicom-web`,
    instances,
    storedTimes,
    requests,
    failNext: (kind, fault) => faults.push({ kind, fault, wait: 0 }),
    failNth: (kind, nth, fault) => faults.push({ kind, fault, wait: nth }),
    onStore: (change) => (habits.store = change),
    onRequest: (hear) => (habits.hear = hear),
    answerTwice: () => (habits.copies = 2),
    faultsLeft: () => faults.length,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Habits {
  store: (part: Uint8Array) => Uint8Array;
  hear: (kind: RequestKind) => void;
  copies: number;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

function kindOf({ method, url = '' }: IncomingMessage): RequestKind {
  if (method === 'POST') return 'store';
  return /\/instances\/[0-9.]+$|\/series\/[0-9.]+$/.test(url) ? 'read' : 'search';
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length });
  response.end(body);
}

function respondWrongly(fault: Fault, carryOut: () => Answer, response: ServerResponse): void {
  const type = 'application/dicom+json';
  switch (fault.kind) {
    case 'status':
      return send(response, { status: fault.status, type, body: Buffer.from('secret details') });
    case 'html':
      return send(response, {
        status: 200,
        type: 'text/html',
        body: Buffer.from('<html>Please sign in</html>'),
      });
    case 'failedSop':
      return send(response, {
        status: 202,
        type,
        body: Buffer.from(
          JSON.stringify({
            '00081198': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [fault.reason] } }] },
          }),
        ),
      });
    case 'cut':
      response.socket?.destroy();
      return;
    case 'responseLost':
      carryOut();
      response.socket?.destroy();
      return;
    case 'cutInMiddle': {
      const { status, type: bodyType, body } = carryOut();
      response.writeHead(status, { 'Content-Type': bodyType, 'Content-Length': body.length + 100 });
      response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
      return;
    }
    case 'silence':
      return;
  }
}

function answer(
  kind: RequestKind,
  { url = '' }: IncomingMessage,
  body: Buffer,
  instances: Map<string, Uint8Array>,
  storedTimes: Map<string, number>,
  habits: Habits,
): Answer {
  const type = 'application/dicom+json';
  if (kind === 'store') {
    const stored: string[] = [];
    for (const given of parts(body)) {
      const part = habits.store(given);
      const uid = text(parseInstance(arrayBuffer(part)).dataset, 'SOPInstanceUID');
      instances.set(uid, part);
      storedTimes.set(uid, (storedTimes.get(uid) ?? 0) + 1);
      stored.push(uid);
    }
    return { status: 200, type, body: Buffer.from(JSON.stringify(storeAnswer(stored))) };
  }
  if (kind === 'search') {
    const wanted = new URL(url, 'http://localhost').searchParams.get('SOPInstanceUID');
    const found = [...instances.keys()].filter((uid) => wanted === null || uid === wanted);
    const items = twice(found, habits).map((uid) => ({ '00080018': { vr: 'UI', Value: [uid] } }));
    return found.length > 0
      ? { status: 200, type, body: Buffer.from(JSON.stringify(items)) }
      : { status: 204, type, body: Buffer.alloc(0) };
  }
  const uid = /\/instances\/([0-9.]+)$/.exec(url)?.[1];
  const found = uid
    ? [instances.get(uid)].filter((item) => item !== undefined)
    : [...instances.values()];
  return found.length > 0
    ? {
        status: 200,
        type: 'multipart/related; type="application/dicom"; boundary=edge',
        body: multipart(twice(found, habits)),
      }
    : { status: 404, type, body: Buffer.alloc(0) };
}

function twice<T>(items: readonly T[], { copies }: Habits): T[] {
  return items.flatMap((item) => Array.from({ length: copies }, () => item));
}

/** PS3.18 10.5.3: Referenced SOP Sequence of what was stored. */
function storeAnswer(uids: readonly string[]): unknown {
  const items = uids.map((uid) => ({ '00081155': { vr: 'UI', Value: [uid] } }));
  return { '00081199': { vr: 'SQ', Value: items } };
}

function multipart(files: readonly Uint8Array[]): Buffer {
  const heads = files.flatMap((file) => [
    Buffer.from('\r\n--edge\r\nContent-Type: application/dicom\r\n\r\n'),
    Buffer.from(file),
  ]);
  return Buffer.concat([...heads, Buffer.from('\r\n--edge--')]);
}

/** The parts of a STOW-RS body: each starts after an empty line and ends before the boundary. */
function parts(body: Buffer): Uint8Array[] {
  const boundary = body.subarray(2, body.indexOf('\r\n', 2));
  const found: Uint8Array[] = [];
  let start = body.indexOf('\r\n\r\n');
  while (start >= 0) {
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), start + 4);
    found.push(Uint8Array.from(body.subarray(start + 4, end)));
    start = body.indexOf('\r\n\r\n', end);
  }
  return found;
}
