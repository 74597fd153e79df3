import type { SegmentationInput } from '../../../src/dicom/outputTypes';
import type { ImageSeries } from '../../../src/dicom/series';
import { derivedUid, newObjectUids } from '../../../src/dicom/uid';

/** Labels of an ellipsoid tumour in three layers with a ring, inside any grid. */
export function labelsFor(series: ImageSeries): {
  tumour: Uint8Array;
  habitats: Uint8Array;
  ring: Uint8Array;
} {
  const { size } = series.volume.grid;
  const voxels = size[0] * size[1] * size[2];
  const [tumour, habitats, ring] = [0, 1, 2].map(() => new Uint8Array(voxels));
  let index = 0;
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, index++) {
        const r = Math.hypot(...[i, j, k].map((at, axis) => (2 * (at + 0.6)) / size[axis] - 1));
        if (r < 0.7) {
          tumour[index] = 1;
          habitats[index] = 1 + Math.min(2, Math.floor(r / 0.25));
        } else if (r < 0.9) {
          ring[index] = 1;
        }
      }
    }
  }
  return { tumour, habitats, ring };
}

export function segmentationInput(
  series: ImageSeries,
  changes: Partial<SegmentationInput> = {},
): SegmentationInput {
  return {
    series,
    ...labelsFor(series),
    habitatNames: ['H1 (low/low)', 'H2 (high/high)', 'H3 (medium/medium)'],
    tumourLabel: 'Tumour',
    tumourAlgorithmType: 'SEMIAUTOMATIC',
    software: { name: 'sts-habitat', version: '0.1.0' },
    model: {
      name: 'Demonstration',
      version: '1.0.0',
      hash: `sha256:${'0'.repeat(64)}`,
      status: 'demonstration',
      deviceUid: derivedUid('model'),
    },
    when: new Date(2026, 0, 2, 12, 30, 15),
    uids: testUids(),
    ...changes,
  };
}

/** The same in every run. */
export function testUids(seed = 'result'): ReturnType<typeof newObjectUids> {
  let count = 0;
  return newObjectUids(() => derivedUid(seed, String(count++)));
}
