import http, {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const METHODS = new Set(['GET', 'HEAD', 'POST']);
const OF_THIS_ORIGIN = ['origin', 'referer', 'cookie'];
/** How viewers ask for a whole object when they do not care how it is compressed. */
const ANY_OBJECT = /^multipart\/related; *type="?application\/dicom"?$/;
/** Hop-by-hop headers belong to one connection (RFC 9110, 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];

export interface ProxySettings {
  readonly archive: URL;
  /** Path of this server that stands for the archive's root, without a slash at the end. */
  readonly prefix: string;
  /** The archive is the Orthanc that we started. */
  readonly ownArchive: boolean;
  /** Authorization header for a foreign archive. */
  readonly authorization: string | undefined;
}

/**
 * Streams `/dicom-web/...` to the archive, so that the viewer needs no cross-origin rights.
 *
 * The own archive gets the browser's Host header: it builds the URLs in its answers from it, and
 * they must lead back here. A foreign archive gets its own Host (it may be a virtual host) and its
 * URLs are rewritten in JSON answers.
 */
export function dicomwebProxy({
  archive,
  prefix,
  ownArchive: own,
  authorization,
}: ProxySettings): Handler {
  const secure = archive.protocol === 'https:';
  const client = secure ? https : http;
  const agent = new client.Agent({ keepAlive: true });
  const basePath = archive.pathname.replace(/\/$/, '');

  return (request, response) => {
    if (!METHODS.has(request.method ?? '')) {
      refuse(response, 405, 'Only GET, HEAD and POST are passed on to the archive.');
      return;
    }
    const upstream = client.request({
      agent,
      protocol: archive.protocol,
      hostname: archive.hostname.replace(/^\[|\]$/g, ''),
      port: archive.port,
      method: request.method,
      path: basePath + (request.url ?? '').slice(prefix.length),
      headers: requestHeaders(request),
    });
    upstream.once('error', (error) => {
      refuse(response, 502, `The archive did not answer: ${error.message}`);
    });
    upstream.once('response', (answer) => {
      const back = own || !isJson(answer) ? pass(answer, response) : rewrite(answer, response);
      back.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  };

  function requestHeaders(request: IncomingMessage): OutgoingHttpHeaders {
    const headers = asStored(without(HOP_BY_HOP, request.headers));
    if (own) return headers;
    return {
      ...without(OF_THIS_ORIGIN, headers),
      host: archive.host,
      'accept-encoding': 'identity',
      ...(authorization ? { authorization } : {}),
    };
  }

  async function rewrite(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const here = `http://${response.req.headers.host ?? ''}${prefix}`;
    const body = Buffer.concat(chunks)
      .toString('utf8')
      .replaceAll(archive.origin + basePath, here);
    const headers = without([...HOP_BY_HOP, 'content-length'], answer.headers);
    response.writeHead(answer.statusCode ?? 502, headers);
    response.end(body);
  }
}

/**
 * Without a transfer syntax an archive has to decompress the object (PS3.18 8.7.3.5), and OHIF 3.11
 * shows nothing of a FRACTIONAL segmentation that is not compressed.
 */
function asStored(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { accept } = headers;
  if (typeof accept !== 'string' || !ANY_OBJECT.test(accept)) return headers;
  return { ...headers, accept: `${accept}; transfer-syntax=*` };
}

function pass(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(answer.statusCode ?? 502, without(HOP_BY_HOP, answer.headers));
  return pipeline(answer, response);
}

function without(names: readonly string[], headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function isJson(answer: IncomingMessage): boolean {
  return /^application\/(dicom\+)?json\b/.test(answer.headers['content-type'] ?? '');
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}
