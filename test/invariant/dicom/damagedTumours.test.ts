/**
 * Whatever happened to a SEG or an RTSTRUCT on its way, reading it gives a mask or one clear sentence:
 * bytes changed, left out and put in anywhere, attributes emptied, exchanged, or made absurd. A mask need
 * not be the one that was written (a bit of it may be what changed), but it is one. More rounds:
 * STS_FUZZ_ROUNDS.
 */
import { isInputError } from '../../../src/chain/errors';
import { parseInstance, type DicomInstance } from '../../../src/dicom/instance';
import { listTumours, readTumour } from '../../../src/dicom/readTumour';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import type { ImageSeries } from '../../../src/dicom/series';
import { arrayBuffer, syntheticSeries } from '../../mechanics/dicom/synthetic';
import { segmentationInput } from '../../mechanics/dicom/syntheticLabels';
import { rtstruct, series, square } from '../../mechanics/dicom/tumourObjects';
import { damagedBytes, damagedDataset, pickerOf } from './damage';

const ROUNDS = Number(process.env['STS_FUZZ_ROUNDS'] ?? 100);
const SMALL = syntheticSeries({ size: [16, 8, 4] });
const UNALIGNED = syntheticSeries({ size: [11, 9, 4] });

const seg = (images: ImageSeries): Uint8Array =>
  buildSegmentation(segmentationInput(images)).part10;
const CASES: readonly [string, Uint8Array, ImageSeries][] = [
  ['BINARY SEG', seg(SMALL), SMALL],
  ['FRACTIONAL SEG with RLE', seg(UNALIGNED), UNALIGNED],
  [
    'RTSTRUCT',
    new Uint8Array(rtstruct([square(2, 1.5, 11.5), square(3, 1.5, 11.5)]).part10),
    series,
  ],
];

/** 'mask', the code of a refusal, or what went wrong. */
function outcome(read: () => DicomInstance, images: ImageSeries): string {
  try {
    const instance = read();
    for (const { kind, number, seriesInstanceUid } of listTumours([instance])) {
      const source =
        kind === 'seg'
          ? ({ kind, seriesInstanceUid, segmentNumber: number } as const)
          : ({ kind, seriesInstanceUid, roiNumber: number } as const);
      const { data } = readTumour(source, [instance], images);
      if (data.length !== images.volume.data.length) return 'a mask of another size';
      if (data.some((value) => value > 1)) return 'a mask of other values';
    }
    return 'mask';
  } catch (error) {
    if (!isInputError(error)) return error instanceof Error ? (error.stack ?? '') : String(error);
    return error.message.endsWith('.') && !error.message.includes('undefined')
      ? error.code
      : `no sentence: ${error.message}`;
  }
}

const isAllowed = (said: string): boolean => /^(mask|[A-Z_]+)$/.test(said);

describe.each(CASES)('a damaged %s', (_, file, images) => {
  const whole = parseInstance(arrayBuffer(file));

  test('as it was sent is read', () => {
    expect(outcome(() => whole, images)).toMatch(/^(mask|MASK_TOO_SMALL)$/);
  });

  test('gives a mask or a sentence when bytes of the file changed', () => {
    for (let seed = 0; seed < ROUNDS; seed++) {
      const bytes = damagedBytes(file, pickerOf(seed));
      const said = outcome(() => parseInstance(bytes, 'The file'), images);
      if (!isAllowed(said)) throw new Error(`seed ${seed}: ${said}`);
    }
  });

  test('gives a mask or a sentence when attributes changed', () => {
    for (let seed = 0; seed < ROUNDS; seed++) {
      const dataset = damagedDataset(whole.dataset, pickerOf(seed));
      const said = outcome(() => ({ ...whole, dataset }), images);
      if (!isAllowed(said)) throw new Error(`seed ${seed}: ${said}`);
    }
  });
});
