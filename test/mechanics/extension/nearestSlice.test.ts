import { nearestSlice, type ImagePlane } from '../../../extension/src/host/nearestSlice';

const SIZE = 201;

/** Slice k of an axial series about the patient's z axis, tilted about x, `spacing` mm apart. */
function slice(k: number, spacing: number, tiltDeg: number): ImagePlane {
  const angle = (tiltDeg * Math.PI) / 180;
  const down = [0, Math.cos(angle), Math.sin(angle)];
  const normal = [0, -Math.sin(angle), Math.cos(angle)];
  const centre = normal.map((value) => value * k * spacing);
  return {
    frameOfReferenceUID: '1.2',
    imagePositionPatient: [centre[0] - 100, centre[1] - 100 * down[1], centre[2] - 100 * down[2]],
    rowCosines: [1, 0, 0],
    columnCosines: down,
    rows: SIZE,
    columns: SIZE,
    rowPixelSpacing: 1,
    columnPixelSpacing: 1,
  };
}

function stack(count: number, spacing: number, tiltDeg: number): ImagePlane[] {
  return Array.from({ length: count }, (_, k) => slice(k, spacing, tiltDeg));
}

it('finds the slice at the same height', () => {
  expect(nearestSlice(slice(6, 4, 0), stack(20, 3, 0))).toBe(8);
});

it('compares the middles of tilted series, whose corners are slices apart', () => {
  // At 5 degrees the corners are 8.7 mm off, nearly three slices.
  expect(nearestSlice(slice(6, 4, 0), stack(20, 3, 5))).toBe(8);
});

it('does not depend on the order of the list', () => {
  expect(nearestSlice(slice(6, 4, 0), stack(20, 3, 0).reverse())).toBe(11);
});

it('does not link what cannot be compared', () => {
  expect(nearestSlice(slice(6, 4, 90), stack(20, 3, 0))).toBeNull();
  expect(nearestSlice({ ...slice(6, 4, 0), frameOfReferenceUID: '9' }, stack(20, 3, 0))).toBeNull();
  expect(nearestSlice(slice(6, 4, 0), [])).toBeNull();
});
