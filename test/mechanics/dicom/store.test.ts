import { connectArchive } from '../../../src/dicom/archive';
import type { Archive } from '../../../src/dicom/archive';
import type { DicomObject } from '../../../src/chain/analysis';
import { isInputError } from '../../../src/chain/errors';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import { storeAndVerify } from '../../../src/dicom/store';
import { startLoopbackArchive } from './loopbackArchive';
import type { Fault, LoopbackArchive, RequestKind } from './loopbackArchive';
import { syntheticSeries } from './synthetic';
import { segmentationInput, testUids } from './syntheticLabels';

const series = syntheticSeries({ size: [16, 16, 8] });
const seg: DicomObject = buildSegmentation(segmentationInput(series));
/** A second object that is not the SEG; what it holds does not matter for storing. */
const sr: DicomObject = {
  ...buildSegmentation(segmentationInput(series, { uids: testUids('second') })),
  kind: 'SR',
};

let server: LoopbackArchive;
beforeEach(async () => {
  server = await startLoopbackArchive();
});
afterEach(() => server.close());

const archive = (silenceMs = 60_000): Archive => connectArchive({ root: server.root, silenceMs });

async function store(silenceMs?: number): Promise<string[]> {
  const steps: string[] = [];
  await storeAndVerify(archive(silenceMs), [sr, seg], ({ kind }, step) => {
    steps.push(`${kind} ${step}`);
  }).catch((error: unknown) => {
    if (!isInputError(error)) throw error;
  });
  return steps;
}

/** Long enough for a loopback answer on a busy machine. */
const SILENCE_MS = 1000;

const DONE = ['sending', 'sent', 'readBack', 'verified'];

test('the SEG goes first, and only what was read back is verified', async () => {
  expect(await store()).toEqual([...DONE.map((s) => `SEG ${s}`), ...DONE.map((s) => `SR ${s}`)]);
});

test('storing again sends nothing', async () => {
  await store();
  await store();
  expect([...server.storedTimes.values()]).toEqual([1, 1]);
});

test('a lost response is no failure: the object is there', async () => {
  server.failNext('store', { kind: 'responseLost' });
  expect(await store()).toContain('SEG verified');
  expect([...server.storedTimes.values()]).toEqual([1, 1]);
});

test('without its SEG the SR is not sent', async () => {
  server.failNext('store', { kind: 'status', status: 500 });
  expect(await store()).toEqual(['SEG sending', 'SEG failed']);
  expect(server.instances.size).toBe(0);
});

const FAULTS: readonly Fault[] = [
  ...[401, 403, 404, 409, 413, 500, 503].map((status) => ({ kind: 'status' as const, status })),
  { kind: 'silence' },
  { kind: 'cut' },
  { kind: 'cutInMiddle' },
  { kind: 'responseLost' },
  { kind: 'html' },
];
/** Which request of a store fails: the first or the second of its kind (SEG or SR). */
const MATRIX = FAULTS.flatMap((fault) =>
  (['search', 'store', 'read'] as const).flatMap((kind: RequestKind) =>
    [0, 1].map((nth) => ({
      fault,
      kind,
      nth,
      name: `${fault.kind} ${'status' in fault ? fault.status : ''}`,
    })),
  ),
);

describe('after any fault and a retry there is exactly one SEG and one SR', () => {
  test.each(MATRIX)('$name at $kind $nth', async ({ fault, kind, nth }) => {
    server.failNth(kind, nth, fault);
    // A slow machine may run into the time-out before the request that is to fail: then once more.
    for (let attempt = 0; attempt < 10 && server.faultsLeft() > 0; attempt++) {
      await store(fault.kind === 'silence' ? SILENCE_MS : undefined);
    }
    expect(server.faultsLeft()).toBe(0);
    const steps = await store();
    expect(steps.slice(-1)).toEqual(['SR verified']);
    expect(server.storedTimes).toEqual(
      new Map([
        [seg.sopInstanceUid, 1],
        [sr.sopInstanceUid, 1],
      ]),
    );
  });
});

test('an archive that changes the object is found out', async () => {
  await archive().store([seg]);
  const changed = Uint8Array.from(server.instances.get(seg.sopInstanceUid) ?? []);
  changed[changed.length - 40] ^= 1;
  server.instances.set(seg.sopInstanceUid, changed);
  const steps: string[] = [];
  await expect(
    storeAndVerify(archive(), [seg], (_, step, reason = '') => {
      steps.push(`${step} ${reason}`);
    }),
  ).rejects.toMatchObject({ code: 'ARCHIVE_MISMATCH' });
  expect(steps.at(-1)).toMatch(
    /^failed The archive stored the SEG but gives it back with another PixelData/,
  );
});

describe('an archive that changes what it is given', () => {
  const refusal = async (): Promise<string> => {
    const outcome = storeAndVerify(archive(), [seg, sr], () => undefined);
    return outcome.then(
      () => 'stored',
      (error: unknown) => (isInputError(error) ? `${error.code}: ${error.message}` : String(error)),
    );
  };
  /** Same length, so that the file stays one. */
  const replaceText = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
    Uint8Array.from(
      Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'),
    );

  test('UIDs: it is said, and no second copy is sent', async () => {
    server.onStore((part) =>
      replaceText(part, seg.sopInstanceUid, sameLengthUid(seg.sopInstanceUid)),
    );
    expect(await refusal()).toMatch(/^ARCHIVE_MISMATCH: The archive stored the SEG under another/);
    expect(server.instances.size).toBe(1);
  });

  test('private codes: it is said, and a retry sends nothing', async () => {
    server.onStore((part) => replaceText(part, '99STSHAB', '        '));
    expect(await refusal()).toMatch(
      /^ARCHIVE_MISMATCH: The archive stored the SEG but gives it back/,
    );
    expect(await refusal()).toMatch(/^ARCHIVE_MISMATCH/);
    expect([...server.storedTimes.values()]).toEqual([1]);
  });

  test('the same object twice: it is found and read as one', async () => {
    server.answerTwice();
    expect(await refusal()).toBe('stored');
    expect(await refusal()).toBe('stored');
    expect([...server.storedTimes.values()]).toEqual([1, 1]);
  });

  test('a study that is deleted while the SR is stored: it is said, and a retry stores both', async () => {
    server.onStore((part) => {
      if (server.storedTimes.size === 1) server.instances.clear();
      return part;
    });
    expect(await refusal()).toMatch(/^ARCHIVE_MISMATCH: The SEG is gone from the archive again/);
    server.onStore((part) => part);
    expect(await refusal()).toBe('stored');
    expect([...server.instances.keys()].sort()).toEqual(
      [seg.sopInstanceUid, sr.sopInstanceUid].sort(),
    );
  });

  const sameLengthUid = (uid: string): string => uid.slice(0, -1) + (uid.endsWith('1') ? '2' : '1');
});

test.each(['store', 'read', 'search'] as const)(
  'a tab killed at the %s of the SR: another one stores each object once',
  async (kind) => {
    const killed = new AbortController();
    server.onRequest((asked) => {
      if (asked === kind && server.storedTimes.size >= 1) killed.abort();
    });
    const first = storeAndVerify(archive(), [seg, sr], () => undefined, killed.signal);
    await first.catch(() => undefined);
    server.onRequest(() => undefined);
    expect((await store()).slice(-1)).toEqual(['SR verified']);
    expect([...server.storedTimes.values()]).toEqual([1, 1]);
  },
);
