/**
 * dicomweb-client speaks XMLHttpRequest, which Node has not, but takes any object of that shape for a
 * request. This one sends with `fetch`, so that browser, worker and Node run the same code, with an
 * abort signal, and a time-out on silence rather than on length.
 */

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Sent instead of the Accept header that the client chooses. */
  readonly accept?: string;
  /** Give up after this long without a byte from the server. */
  readonly silenceMs: number;
  /** `total` is null when the server does not say how much will come. */
  onProgress?(loadedBytes: number, total: number | null): void;
}

/** No connection, or it was lost. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** The server said nothing for too long. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

/** The server answered 2xx with something that is not what was asked for. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

interface Prepared {
  method: string;
  url: string;
  readonly headers: Headers;
}

/**
 * Runs one call of dicomweb-client with a request that uses `fetch`.
 * @throws ConnectionError, SilenceError, AnswerError, the reason of the abort signal, or the error of the
 * client (with `status`).
 */
export async function withFetch<T>(
  options: FetchOptions,
  call: (request: { instance: XMLHttpRequest }) => Promise<T>,
): Promise<T> {
  const { instance, failure } = fetchRequest(options);
  // The cast is safe: the client uses no member that is missing here (see its _httpRequest).
  return Promise.race([call({ instance: instance as XMLHttpRequest }), failure]);
}

type RequestShape = Pick<
  XMLHttpRequest,
  | 'open'
  | 'setRequestHeader'
  | 'send'
  | 'getResponseHeader'
  | 'getAllResponseHeaders'
  | 'readyState'
  | 'status'
  | 'response'
  | 'responseType'
  | 'onreadystatechange'
>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

function fetchRequest(options: FetchOptions): {
  instance: RequestShape;
  /** Never fulfilled: the client settles its own promise unless this one rejects. */
  failure: Promise<never>;
} {
  const prepared: Prepared = { method: 'GET', url: '', headers: new Headers() };
  let received = new Headers();
  let fail: (reason: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const finish = async (body?: XMLHttpRequestBodyInit | Document | null): Promise<void> => {
    const answer = await exchange(prepared, body, options);
    received = answer.headers;
    instance.status = answer.status;
    instance.response = decode(answer, instance.responseType);
    instance.readyState = 4;
    notify(instance);
  };
  const instance: Writable<RequestShape> = {
    readyState: 0,
    status: 0,
    response: null,
    responseType: '',
    onreadystatechange: null,
    open: (method: string, url: string | URL) => {
      Object.assign(prepared, { method: method.toUpperCase(), url: String(url) });
    },
    setRequestHeader: (name, value) => {
      prepared.headers.set(name, value);
    },
    getResponseHeader: (name) => received.get(name),
    getAllResponseHeaders: () =>
      [...received.entries()].map(([name, value]) => `${name}: ${value}`).join('\r\n'),
    send: (body) => {
      finish(body).catch(fail);
    },
  };
  return { instance, failure };
}

/** The client decodes multipart bodies in this callback and throws when they are damaged. */
function notify(instance: RequestShape): void {
  try {
    instance.onreadystatechange?.call(instance as XMLHttpRequest, new Event('readystatechange'));
  } catch (cause) {
    throw new AnswerError('the answer is damaged', { cause });
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ArrayBuffer;
}

async function exchange(
  { method, url, headers }: Prepared,
  body: XMLHttpRequestBodyInit | Document | null | undefined,
  options: FetchOptions,
): Promise<Answer> {
  if (options.accept) headers.set('Accept', options.accept);
  else if (!headers.has('Accept')) headers.set('Accept', 'application/dicom+json');
  const silence = new AbortController();
  const onSilence = (): void => {
    silence.abort(new SilenceError('no answer'));
  };
  let timer = setTimeout(onSilence, options.silenceMs);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onSilence, options.silenceMs);
  };
  const signals = options.signal ? [options.signal, silence.signal] : [silence.signal];
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal: AbortSignal.any(signals),
      ...(body instanceof ArrayBuffer ? { body } : {}),
    });
    heard();
    return {
      status: response.status,
      headers: response.headers,
      body: await readBody(response, heard, options),
    };
  } catch (cause) {
    if (options.signal?.aborted || cause instanceof SilenceError) throw cause;
    // Whatever else `fetch` and its body throw means that there is no connection (any more).
    throw new ConnectionError('no connection', { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(
  response: Response,
  heard: () => void,
  options: FetchOptions,
): Promise<ArrayBuffer> {
  if (!response.body) return new ArrayBuffer(0);
  const length = Number(response.headers.get('Content-Length'));
  // With a content encoding the length counts compressed bytes.
  const total = length > 0 && !response.headers.has('Content-Encoding') ? length : null;
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    heard();
    chunks.push(value);
    loaded += value.length;
    options.onProgress?.(loaded, total);
  }
  const body = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body.buffer;
}

function decode(answer: Answer, responseType: XMLHttpRequestResponseType): unknown {
  if (responseType === 'arraybuffer') return answer.body;
  const text = new TextDecoder().decode(answer.body);
  const ok = answer.status >= 200 && answer.status < 300;
  if (responseType !== 'json' || !ok || text === '') return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AnswerError('the answer is not DICOM JSON', { cause });
  }
}
