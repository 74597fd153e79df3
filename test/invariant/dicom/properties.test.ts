import fc from 'fast-check';
import { decimalString } from '../../../src/dicom/dcmjsFacade';
import { parseInstance } from '../../../src/dicom/instance';
import { readTumour } from '../../../src/dicom/readTumour';
import { decodeRle, encodeRle8 } from '../../../src/dicom/rle';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import type { ImageSeries } from '../../../src/dicom/series';
import { fillEvenOdd } from '../../../src/dicom/tumour/polygon';
import { derivedUid, isUid, newUid } from '../../../src/dicom/uid';
import type { Vec3 } from '../../../src/volume/volume';
import { OBLIQUE, arrayBuffer, syntheticSeries } from '../../mechanics/dicom/synthetic';
import { segmentationInput } from '../../mechanics/dicom/syntheticLabels';

const template = syntheticSeries({ size: [4, 4, 2] });

/** Series of any size without going through image files. */
function seriesOf(size: Vec3): ImageSeries {
  const grid = { ...template.volume.grid, size, direction: OBLIQUE };
  return {
    ...template,
    volume: { stage: 'native', grid, data: new Uint16Array(size[0] * size[1] * size[2]) },
    slices: Array.from({ length: size[2] }, (_, k) => ({
      ...template.slices[0],
      sopInstanceUid: derivedUid('image', String(k)),
    })),
  };
}

test('any mask on any grid is written and read back equal', () => {
  const cases = fc
    .tuple(
      fc.integer({ min: 10, max: 15 }),
      fc.integer({ min: 10, max: 15 }),
      fc.integer({ min: 2, max: 4 }),
    )
    .chain((size) => {
      const voxels = size[0] * size[1] * size[2];
      const voxel = fc.integer({ min: 0, max: 1 });
      return fc.record({
        size: fc.constant(size),
        tumour: fc
          .array(voxel, { minLength: voxels, maxLength: voxels })
          .filter((values) => values.filter(Boolean).length >= 64),
      });
    });
  fc.assert(
    fc.property(cases, ({ size, tumour }) => {
      const series = seriesOf(size);
      const mask = Uint8Array.from(tumour);
      const object = buildSegmentation(
        segmentationInput(series, { tumour: mask, habitats: null, ring: null }),
      );
      const seriesInstanceUid = object.seriesInstanceUid;
      const read = readTumour(
        { kind: 'seg', seriesInstanceUid, segmentNumber: 1 },
        [parseInstance(arrayBuffer(object.part10))],
        series,
      );
      expect(read.data).toEqual(mask);
    }),
    { numRuns: 800, seed: 5 },
  );
});

test('RLE frames decode to what was encoded', () => {
  const rows = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 6 }));
  fc.assert(
    fc.property(
      rows,
      fc.infiniteStream(fc.oneof(fc.nat(255), fc.constant(0))),
      ([columns, count], values) => {
        const samples = Uint8Array.from(
          { length: columns * count },
          () => values.next().value ?? 0,
        );
        const frame = encodeRle8(samples, columns);
        expect(frame.length % 2).toBe(0);
        expect(decodeRle(frame, samples.length, 1)).toEqual(samples);
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});

test('a decimal string has at most 16 characters and nearly the value', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
      const text = decimalString(value);
      expect(text).toMatch(/^-?[0-9.]+(e[+-]?\d+)?$/);
      expect(text.length).toBeLessThanOrEqual(16);
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-8);
    }),
    { numRuns: 2000, seed: 5 },
  );
});

test('UIDs are valid; derived ones depend on every part and on their borders', () => {
  for (let i = 0; i < 200; i++) expect(isUid(newUid())).toBe(true);
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      expect(isUid(derivedUid(...a))).toBe(true);
      expect(derivedUid(...a) === derivedUid(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 500, seed: 5 },
  );
});

test('a filled polygon holds the pixels whose centres an independent ray test finds inside', () => {
  // Off the pixel centres: what lies exactly on an edge is a convention, not a truth.
  const coordinate = fc.integer({ min: -30, max: 150 }).map((tenths) => tenths / 10 + 0.0371);
  const polygon = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(polygon, { minLength: 1, maxLength: 3 }), (polygons) => {
      const filled = fillEvenOdd(
        polygons.map((points) => Float64Array.from(points.flat())),
        12,
        10,
      );
      filled.forEach((value, index) => {
        const [x, y] = [index % 12, Math.floor(index / 12)];
        const inside = polygons.reduce(
          (parity, points) => parity ^ (contains(points, x, y) ? 1 : 0),
          0,
        );
        expect(value).toBe(inside);
      });
    }),
    { numRuns: 300, seed: 5 },
  );
});

/** W. R. Franklin's point-in-polygon test (crossings to the right of the point). */
function contains(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [points[i], points[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
