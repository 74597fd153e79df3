import { readFileSync } from 'node:fs';
import { waveletBands } from '../../../src/imageTypes/wavelet';
import { WAVELET_NAMES } from '../../../src/imageTypes/waveletFilters';

/** For each wavelet and band: the value of voxel 777, and the sum of magnitudes. */
type Fixture = Record<string, Record<string, [number, number]>>;
const fixture: { bands: Fixture } = JSON.parse(
  readFileSync('test/fixtures/pywaveletsBands.json', 'utf8'),
);

const data = Float64Array.from({ length: 128 * 4 * 4 }, (_, i) => (i * 37) % 101);

test('all discrete wavelets of PyWavelets are known, and no others', () => {
  expect([...WAVELET_NAMES].sort()).toEqual(Object.keys(fixture.bands).sort());
});

test.each(Object.entries(fixture.bands))('%s', (wavelet, expected) => {
  const settings = {
    wavelet,
    start_level: 0,
    level: 1,
    force2D: false,
    force2Ddimension: 0,
  } as const;
  const wanted = new Set(Object.keys(expected).map((band) => `wavelet-${band}`));
  const found = [...waveletBands(data, [128, 4, 4], settings, wanted)];
  expect(new Set(found.map(({ name }) => name))).toEqual(wanted);
  for (const { name, data: band } of found) {
    const [value, magnitudes] = expected[name.replace('wavelet-', '')];
    const sum = Array.from(band).reduce((total, v) => total + Math.abs(v), 0);
    // Rounding of sums of up to 102 products of numbers below 1000.
    expect(Math.abs(band[777] - value)).toBeLessThan(1e-10);
    expect(Math.abs(sum - magnitudes)).toBeLessThan(1e-10 * (1 + magnitudes));
  }
});
