import { api } from 'dicomweb-client';
import type { DicomObject } from '../chain/analysis';
import { InputError } from '../chain/errors';
import type { Run } from '../chain/stage';
import { archiveError, statusOf } from './archiveErrors';
import type { ArchiveAction } from './archiveErrors';
import { naturalise } from './dcmjsFacade';
import { withFetch } from './fetchRequest';
import type { DicomDataset } from './series';
import { storeFailures, storedUids } from './storeResponse';
import { EXPLICIT_LITTLE_ENDIAN } from './transferSyntaxes';

// `api` is the only name that both builds of the package export: CommonJS in Node, ES module in bundlers.
const { DICOMwebClient } = api;

type Headers = Readonly<Record<string, string>>;

export interface ArchiveOptions {
  /** Address of the DICOMweb service, without a slash at the end. */
  readonly root: string;
  /** Sent with every request; a function is asked each time (tokens are renewed). */
  readonly headers?: Headers | (() => Headers);
  /**
   * Asked once for a request that was answered with 401: true when it is worth sending it again, with
   * what `headers` says then.
   */
  readonly renew?: ((refused: Headers) => Promise<boolean>) | undefined;
  /** Give up after this long without a byte; 60 s by default. */
  readonly silenceMs?: number;
}

/** All failures are InputErrors ARCHIVE_REFUSED or ARCHIVE_UNREACHABLE; an abort stays an abort. */
export interface Archive {
  searchStudies(query?: Headers, signal?: AbortSignal): Promise<DicomDataset[]>;
  searchSeries(studyUid: string, signal?: AbortSignal): Promise<DicomDataset[]>;
  searchInstances(
    studyUid: string,
    seriesUid: string,
    query?: Headers,
    signal?: AbortSignal,
  ): Promise<DicomDataset[]>;
  /** Attributes of all instances, without pixel data. */
  retrieveMetadata(
    studyUid: string,
    seriesUid: string,
    signal?: AbortSignal,
  ): Promise<DicomDataset[]>;
  /** Part 10 files, uncompressed where the archive can do that. */
  retrieveSeries(studyUid: string, seriesUid: string, run?: Partial<Run>): Promise<ArrayBuffer[]>;
  retrieveInstance(
    studyUid: string,
    seriesUid: string,
    sopInstanceUid: string,
    signal?: AbortSignal,
  ): Promise<ArrayBuffer>;
  /** @throws InputError also when the archive accepts the request but not every object. */
  store(objects: readonly DicomObject[], signal?: AbortSignal): Promise<void>;
}

const SERIES_FIELDS = '0008103E,00080060,00200011,00180015,00201209,00080021,00080031';
const STUDY_FIELDS = '00081030,00080061,00201206,00201208';

export function connectArchive(options: ArchiveOptions): Archive {
  const call = caller(options);
  const datasets = async (answer: Promise<unknown>): Promise<DicomDataset[]> =>
    toDatasets(await answer);
  return {
    searchStudies: (query = {}, signal) =>
      datasets(
        call('search', { signal }, (client, request) =>
          client.searchForStudies({
            queryParams: { includefield: STUDY_FIELDS, ...query },
            request,
          }),
        ),
      ),
    searchSeries: (studyInstanceUID, signal) =>
      datasets(
        call('search', { signal }, (client, request) =>
          client.searchForSeries({
            studyInstanceUID,
            queryParams: { includefield: SERIES_FIELDS },
            request,
          }),
        ),
      ),
    searchInstances: (studyInstanceUID, seriesInstanceUID, query = {}, signal) =>
      datasets(
        call('search', { signal }, (client, request) =>
          client.searchForInstances({
            studyInstanceUID,
            seriesInstanceUID,
            queryParams: query,
            request,
          }),
        ),
      ),
    retrieveMetadata: (studyInstanceUID, seriesInstanceUID, signal) =>
      datasets(
        call('read', { signal }, (client, request) =>
          client.retrieveSeriesMetadata({ studyInstanceUID, seriesInstanceUID, request }),
        ),
      ),
    retrieveSeries: (studyInstanceUID, seriesInstanceUID, run = {}) =>
      readUncompressed((accept) =>
        call('read', { ...run, accept }, (client, request) =>
          client.retrieveSeries({ studyInstanceUID, seriesInstanceUID, request }),
        ),
      ),
    retrieveInstance: (studyInstanceUID, seriesInstanceUID, sopInstanceUID, signal) =>
      readUncompressed((accept) =>
        call('read', { signal, accept }, (client, request) =>
          client.retrieveInstance({
            studyInstanceUID,
            seriesInstanceUID,
            sopInstanceUID,
            request,
          }),
        ),
      ),
    store: async (objects, signal) => {
      const answer = await call('store', { signal }, (client, request) =>
        client.storeInstances({
          datasets: objects.map(({ part10 }) => exactBuffer(part10)),
          request,
        }),
      );
      requireAllStored(answer, objects);
    },
  };
}

type Client = InstanceType<typeof DICOMwebClient>;
type ClientCall<T> = (client: Client, request: { instance: XMLHttpRequest }) => Promise<T>;
interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly report?: Run['report'];
  readonly accept?: string;
}

type Caller = <T>(action: ArchiveAction, options: CallOptions, run: ClientCall<T>) => Promise<T>;

function caller(options: ArchiveOptions): Caller {
  const { headers = {}, renew } = options;
  const present = (): Headers => (typeof headers === 'function' ? headers() : headers);
  return async (action, call, run) => {
    const used = present();
    try {
      return await send(options, used, action, call, run);
    } catch (error) {
      const unauthorised = error instanceof InputError && statusOf(error.cause) === 401;
      if (!unauthorised || !renew || !(await renew(used))) throw error;
      return send(options, present(), action, call, run);
    }
  };
}

async function send<T>(
  { root, silenceMs = 60_000 }: ArchiveOptions,
  headers: Headers,
  action: ArchiveAction,
  { signal, report, accept }: CallOptions,
  run: ClientCall<T>,
): Promise<T> {
  const client = new DICOMwebClient({
    url: root.replace(/\/+$/, ''),
    headers: { ...headers },
    // Its log would show addresses and headers.
    verbose: false,
  });
  try {
    signal?.throwIfAborted();
    return await withFetch(
      {
        silenceMs,
        ...(signal ? { signal } : {}),
        ...(accept ? { accept } : {}),
        onProgress: (loaded, total) =>
          report?.(total ? loaded / total : 0, `${(loaded / 1e6).toFixed(1)} MB`),
      },
      (request) => run(client, request),
    );
  } catch (error) {
    throw archiveError(error, action, signal);
  }
}

/** Archives that cannot transcode say so with one of these; as stored is then the next best. */
const CANNOT_TRANSCODE: ReadonlySet<number> = new Set([400, 406, 415, 500, 501]);

/** The client has an option for this, but refuses `application/dicom` there: the header is set instead. */
async function readUncompressed<T>(read: (accept: string) => Promise<T>): Promise<T> {
  const ask = (transferSyntax: string): Promise<T> =>
    read(`multipart/related; type="application/dicom"; transfer-syntax=${transferSyntax}`);
  try {
    return await ask(EXPLICIT_LITTLE_ENDIAN);
  } catch (error) {
    const status = error instanceof InputError ? statusOf(error.cause) : undefined;
    if (status === undefined || !CANNOT_TRANSCODE.has(status)) throw error;
    return ask('*');
  }
}

function toDatasets(answer: unknown): DicomDataset[] {
  if (!Array.isArray(answer)) return [];
  return (answer as readonly Parameters<typeof naturalise>[0][]).map((item) => naturalise(item));
}

function requireAllStored(answer: unknown, objects: readonly DicomObject[]): void {
  const failures = storeFailures(answer);
  if (failures.length === 0) {
    requireSameUids(storedUids(answer), objects);
    return;
  }
  throw new InputError(
    'ARCHIVE_REFUSED',
    `The archive did not accept ${failures.length === 1 ? 'an object' : `${failures.length} objects`}: ${failures[0].reason}; download the results, and ask its administrator.`,
  );
}

/** Each further attempt would leave another copy behind, because none of them is found again. */
function requireSameUids(stored: readonly string[], objects: readonly DicomObject[]): void {
  const lost = objects.filter(({ sopInstanceUid }) => !stored.includes(sopInstanceUid));
  if (stored.length === 0 || lost.length === 0) return;
  throw new InputError(
    'ARCHIVE_MISMATCH',
    `The archive stored the ${lost[0].kind} under another identifier (SOP Instance UID), so it cannot be checked, and storing again would add another copy; download the results, and ask its administrator.`,
  );
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
