import fc from 'fast-check';
import { FourierTransform } from '../../../src/biasField/fft';
import { LatticeFit } from '../../../src/biasField/fitLattice';
import { evaluateEverywhere, refine } from '../../../src/biasField/lattice';
import { maskedRows } from '../../../src/biasField/maskedRows';
import { sampleAxes } from '../../../src/biasField/n4';
import type { Vec3 } from '../../../src/volume/volume';
import { gridOf } from '../../fixtures/biasField';

const VOXELS: Vec3 = [17, 12, 5];

test('halving the spans does not change the field', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 120, maxLength: 120 }),
      (values) => {
        const coarse = { size: [4, 5, 6] as const, values: Float32Array.from(values) };
        const fine = refine(coarse);
        expect(fine.size).toEqual([5, 7, 9]);
        const before = evaluateEverywhere(coarse, sampleAxes(VOXELS, coarse.size));
        const after = evaluateEverywhere(fine, sampleAxes(VOXELS, fine.size));
        // The last voxel lies a thousandth of a voxel inside the domain, on both lattices alike.
        before.forEach((value, i) => expect(after[i]).toBeCloseTo(value, 5));
      },
    ),
    { numRuns: 20 },
  );
});

test('a single voxel gets its value back', () => {
  const included = new Uint8Array(VOXELS[0] * VOXELS[1] * VOXELS[2]);
  const voxel = 8 + 17 * (5 + 12 * 2);
  included[voxel] = 1;
  const axes = sampleAxes(VOXELS, [4, 5, 7]);
  const fit = new LatticeFit(maskedRows(gridOf(VOXELS), included), axes);
  const field = evaluateEverywhere(fit.fit(Float32Array.of(0.7)), axes);
  expect(field[voxel]).toBeCloseTo(0.7, 5);
});

test('a slice is fitted as a surface', () => {
  const size: Vec3 = [9, 8, 1];
  const axes = sampleAxes(size, [4, 4, 4]);
  const fit = new LatticeFit(maskedRows(gridOf(size), new Uint8Array(72).fill(1)), axes);
  const field = evaluateEverywhere(fit.fit(new Float32Array(72).fill(1)), axes);
  field.forEach((value) => expect(Number.isFinite(value)).toBe(true));
  expect(Math.min(...field)).toBeGreaterThan(0.5);
});

test('the transform of a signal is its sum over cosines and sines, and comes back', () => {
  const n = 16;
  const signal = Float64Array.from({ length: n }, (_, i) => Math.sin(i * i) + 0.2 * i);
  const [re, im] = [signal.slice(), new Float64Array(n)];
  const fourier = new FourierTransform(n);
  fourier.forward(re, im);
  for (let k = 0; k < n; k++) {
    let [c, s] = [0, 0];
    signal.forEach((value, i) => {
      c += value * Math.cos((2 * Math.PI * k * i) / n);
      s -= value * Math.sin((2 * Math.PI * k * i) / n);
    });
    expect(re[k]).toBeCloseTo(c, 12);
    expect(im[k]).toBeCloseTo(s, 12);
  }
  fourier.backward(re, im);
  re.forEach((value, i) => expect(value / n).toBeCloseTo(signal[i], 12));
});

test('a length that is no power of two is a mistake of the caller', () => {
  expect(() => new FourierTransform(12)).toThrow('power of two');
});
