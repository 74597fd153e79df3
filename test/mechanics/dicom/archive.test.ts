import { isInputError } from '../../../src/chain/errors';
import type { InputErrorCode } from '../../../src/chain/errors';
import { connectArchive } from '../../../src/dicom/archive';
import type { Archive } from '../../../src/dicom/archive';
import { text } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import { startLoopbackArchive } from './loopbackArchive';
import type { Fault, LoopbackArchive, RequestKind } from './loopbackArchive';
import { syntheticSeries } from './synthetic';
import { segmentationInput } from './syntheticLabels';

const SECRET = 'Bearer not-to-be-shown';
const object = buildSegmentation(segmentationInput(syntheticSeries({ size: [16, 16, 8] })));

let server: LoopbackArchive;
beforeEach(async () => {
  server = await startLoopbackArchive();
});
afterEach(() => server.close());

const archive = (silenceMs = 60_000): Archive =>
  connectArchive({ root: server.root, headers: { Authorization: SECRET }, silenceMs });

const retrieve = (from = archive()): Promise<ArrayBuffer> =>
  from.retrieveInstance(object.studyInstanceUid, object.seriesInstanceUid, object.sopInstanceUid);

async function errorOf(
  promise: Promise<unknown>,
): Promise<{ code: InputErrorCode; message: string }> {
  try {
    await promise;
  } catch (error) {
    if (isInputError(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('reading', () => {
  test('a stored object comes back as it was', async () => {
    await archive().store([object]);
    expect(new Uint8Array(await retrieve())).toEqual(object.part10);
    const [file] = await archive().retrieveSeries(
      object.studyInstanceUid,
      object.seriesInstanceUid,
    );
    expect(text(parseInstance(file).dataset, 'SOPInstanceUID')).toBe(object.sopInstanceUid);
  });

  test('the headers go with every request, and uncompressed data are asked for', async () => {
    await archive().store([object]);
    await archive().searchSeries(object.studyInstanceUid);
    await retrieve();
    expect(server.requests.map(({ kind }) => kind)).toEqual(['store', 'search', 'read']);
    expect(server.requests.every(({ headers }) => headers.authorization === SECRET)).toBe(true);
    expect(server.requests[2].headers.accept).toContain('transfer-syntax=1.2.840.10008.1.2.1');
  });

  test('an archive that cannot transcode is asked for what it has', async () => {
    await archive().store([object]);
    server.failNext('read', { kind: 'status', status: 406 });
    expect((await retrieve()).byteLength).toBe(object.part10.length);
    expect(server.requests[2].headers.accept).toContain('transfer-syntax=*');
  });

  test('progress counts up to 1', async () => {
    await archive().store([object]);
    const fractions: number[] = [];
    await archive().retrieveSeries(object.studyInstanceUid, object.seriesInstanceUid, {
      report: (fraction) => fractions.push(fraction),
    });
    expect(fractions.at(-1)).toBe(1);
  });

  test('an abort stays an abort', async () => {
    const abort = new AbortController();
    server.failNext('search', { kind: 'silence' });
    const search = archive().searchSeries(object.studyInstanceUid, abort.signal);
    abort.abort();
    await expect(search).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('an empty answer is an empty list', async () => {
    expect(await archive().searchStudies()).toEqual([]);
  });
});

const STATUSES = [400, 401, 403, 404, 409, 413, 500, 503];
const FAULTS: readonly {
  readonly fault: Fault;
  readonly code: InputErrorCode;
  readonly says: RegExp;
}[] = [
  ...STATUSES.map((status) => ({
    fault: { kind: 'status', status } as const,
    code: status === 503 ? ('ARCHIVE_UNREACHABLE' as const) : ('ARCHIVE_REFUSED' as const),
    says: new RegExp(`HTTP ${status}`),
  })),
  { fault: { kind: 'silence' }, code: 'ARCHIVE_UNREACHABLE', says: /did not answer in time/ },
  { fault: { kind: 'cut' }, code: 'ARCHIVE_UNREACHABLE', says: /connection failed or was lost/ },
  {
    fault: { kind: 'cutInMiddle' },
    code: 'ARCHIVE_UNREACHABLE',
    says: /connection failed or was lost/,
  },
];

describe.each(['search', 'read', 'store'] as const)(
  'a fault while the archive is asked to %s',
  (kind: RequestKind) => {
    test.each(
      FAULTS.filter(
        ({ fault }) =>
          !(kind === 'read' && fault.kind === 'status' && [400, 500].includes(fault.status)),
      ),
    )('$fault.kind $fault.status', async ({ fault, code, says }) => {
      if (kind !== 'store') await archive().store([object]);
      server.failNext(kind, fault);
      const asked = archive(fault.kind === 'silence' ? 50 : undefined);
      const ask = {
        search: () => asked.searchSeries(object.studyInstanceUid),
        read: () => retrieve(asked),
        store: () => asked.store([object]),
      }[kind];
      const error = await errorOf(ask());
      expect(error.code).toBe(code);
      expect(error.message).toMatch(says);
      expect(error.message).not.toMatch(/Bearer|secret|127\.0\.0\.1|Patient/);
      expect(error.message.match(/\.(\s|$)/g)).toHaveLength(1);
    });
  },
);

test('a server that is not there', async () => {
  const nobody = connectArchive({ root: 'http://127.0.0.1:9' });
  expect(await errorOf(nobody.searchStudies())).toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
});

test('a sign-in page instead of data', async () => {
  server.failNext('search', { kind: 'html' });
  const error = await errorOf(archive().searchStudies());
  expect(error.message).toMatch(/sign-in page/);
});

describe('an accepted store request with refused objects', () => {
  test.each([
    [0xa700, 'out of space'],
    [0xa900, 'does not match its SOP class'],
    [0xc122, 'could not be understood'],
    [0x0122, 'not accepted'],
  ])('reason %i', async (reason, says) => {
    server.failNext('store', { kind: 'failedSop', reason });
    const error = await errorOf(archive().store([object]));
    expect(error.code).toBe('ARCHIVE_REFUSED');
    expect(error.message).toContain(says);
  });

  test('a duplicate is no failure: it is there', async () => {
    server.failNext('store', { kind: 'failedSop', reason: 0x0111 });
    await expect(archive().store([object])).resolves.toBeUndefined();
  });
});
