import { correctBiasField, estimateBiasField } from '../../../src/biasField/correctBiasField';
import { N4_DEFAULTS, type N4Settings } from '../../../src/biasField/n4Settings';
import { SILENT_RUN } from '../../../src/chain/stage';
import { coil, compareFields, limb, paint } from '../../fixtures/biasField';

const settings: N4Settings = { ...N4_DEFAULTS, shrink: [2, 2, 1], iterations: [50, 50] };

const inBody = (data: ArrayLike<number>) => (i: number) => data[i] > 100;

test('a known field is found', async () => {
  const volume = limb([65, 65, 9], coil);
  const { logField } = await estimateBiasField(volume, settings, {}, SILENT_RUN);
  const truth = paint(volume.grid, coil);
  const { rms, correlation } = compareFields(logField, truth, inBody(volume.data));
  const untouched = compareFields(new Float32Array(truth.length), truth, inBody(volume.data));
  expect(correlation).toBeGreaterThan(0.98);
  expect(rms).toBeLessThan(0.2 * untouched.rms);
});

test('an image without bias keeps its shape', async () => {
  const volume = limb([65, 65, 9]);
  const { logField } = await estimateBiasField(volume, settings, {}, SILENT_RUN);
  const flat = new Float32Array(logField.length);
  expect(compareFields(logField, flat, inBody(volume.data)).rms).toBeLessThan(0.01);
});

test('the unit of intensity does not matter', async () => {
  const volume = limb([65, 65, 9], coil);
  const scaled = { ...volume, data: volume.data.map((value) => value * 1024) };
  const one = await estimateBiasField(volume, settings, {}, SILENT_RUN);
  const other = await estimateBiasField(scaled, settings, {}, SILENT_RUN);
  expect(compareFields(one.logField, other.logField).rms).toBeLessThan(1e-4);
});

test('the same image gives the same bits, and is left alone', async () => {
  const volume = limb([64, 60, 7], coil);
  const before = volume.data.slice();
  const one = await correctBiasField(volume, settings, {}, SILENT_RUN);
  const other = await correctBiasField(volume, settings, {}, SILENT_RUN);
  expect(volume.data).toEqual(before);
  expect(other.corrected.data).toEqual(one.corrected.data);
  expect(other.field.logField).toEqual(one.field.logField);
});

test('the corrected image times the field is the image', async () => {
  const volume = limb([64, 60, 7], coil);
  const { corrected, field } = await correctBiasField(volume, settings, {}, SILENT_RUN);
  const restored = corrected.data.map((value, i) => value * Math.exp(field.logField[i]));
  const error = restored.map((value, i) => Math.abs(value / volume.data[i] - 1));
  expect(Math.max(...error)).toBeLessThan(1e-6);
});

test('voxels that are excluded do not act on the field', async () => {
  const volume = limb([65, 65, 9], coil);
  const tumour = paint(volume.grid, (x, y) => (Math.hypot(x - 0.3, y) < 0.3 ? 1 : 0));
  const exclude = { grid: volume.grid, data: Uint8Array.from(tumour) };
  const mask = { grid: volume.grid, data: Uint8Array.from(volume.data, (v) => (v > 100 ? 1 : 0)) };
  const bright = { ...volume, data: volume.data.map((v, i) => (tumour[i] === 1 ? 5000 : v)) };
  const masks = { mask, exclude };
  const one = await estimateBiasField(volume, settings, masks, SILENT_RUN);
  const other = await estimateBiasField(bright, settings, masks, SILENT_RUN);
  expect(other.logField).toEqual(one.logField);
});
