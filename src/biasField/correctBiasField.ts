/**
 * N4 bias field correction of one series: estimate on a shrunk image inside the body, rebuild the
 * log field at full resolution from its control points, divide (Tustison 2010, IEEE TMI 29:1310).
 */
import { exp, log } from '../numerics/portableMath';
import { InputError } from '../chain/errors';
import type { Run } from '../chain/stage';
import { awayFrom, showsTumourOnly } from '../regions/brightTumour';
import { describeGrid, sameGrid } from '../volume/geometry';
import type { Mask, Samples, Volume } from '../volume/volume';
import { evaluateEverywhere } from './lattice';
import { maskedRows } from './maskedRows';
import { estimateLattice, sampleAxes, type LevelConvergence } from './n4';
import { checkSettings, perAxis, type EstimateSettings } from './n4Settings';
import { OTSU_BINS, otsuMask } from './otsuMask';
import { shrink, type Shrunk } from './shrink';

export interface BiasFieldMasks {
  /** Where the field is estimated; Otsu's body mask when absent. */
  readonly mask?: Mask;
  /** Taken out of `mask`: the tumour and its surroundings. */
  readonly exclude?: Mask;
  /** The series' name in messages. */
  readonly series?: string;
}

export interface BiasField {
  /** Natural logarithm of the field at every voxel of the image, x fastest. */
  readonly logField: Float32Array;
  readonly levels: readonly LevelConvergence[];
  /** The mask of the estimate, before the exclusion. */
  readonly body: Mask;
  /** What is excluded is so bright that body and air were told apart without it. */
  readonly withoutExcluded: boolean;
  /** Voxels of the shrunk image that the field was estimated from. */
  readonly voxels: number;
}

/** A field that rests on fewer voxels than this is not an estimate. */
const MINIMUM_VOXELS = 64;

/**
 * @throws InputError SETTING_UNSUPPORTED, MASK_GRID, MASK_EMPTY, IMAGE_UNREADABLE; the signal's
 *   reason when the run is aborted.
 */
export async function estimateBiasField(
  volume: Volume,
  settings: EstimateSettings,
  masks: BiasFieldMasks,
  run: Run,
): Promise<BiasField> {
  const series = masks.series ?? 'the image';
  checkSettings(settings);
  checkMask(volume, masks.mask, 'mask', series);
  checkMask(volume, masks.exclude, 'exclusion mask', series);
  const shrunk = shrink(volume.grid, settings.shrink);
  const { body, withoutExcluded } = bodyOf(volume, masks);
  const included = includedVoxels(volume, shrunk, body, masks.exclude);
  const rows = maskedRows(shrunk.grid, included);
  const logImage = logIntensities(volume.data, shrunk, included, rows.x.length);
  checkEnough(volume.data, logImage, masks, series);
  const parameters = { ...settings, controlPoints: perAxis(settings.controlPoints) };
  const { lattice, levels } = await estimateLattice(rows, logImage, parameters, run);
  const axes = sampleAxes(volume.grid.size, lattice.size);
  return {
    logField: evaluateEverywhere(lattice, axes),
    levels,
    body,
    withoutExcluded,
    voxels: logImage.length,
  };
}

/** Otsu's mask of the whole image, as in ITK, unless it shows nothing but what is excluded. */
function bodyOf(
  volume: Volume,
  { mask, exclude }: BiasFieldMasks,
): Pick<BiasField, 'body' | 'withoutExcluded'> {
  if (mask) return { body: mask, withoutExcluded: false };
  const body = otsuMask(volume);
  if (!exclude || !showsTumourOnly(body.data, exclude.data)) {
    return { body, withoutExcluded: false };
  }
  const from = awayFrom(exclude.data, volume.data);
  return { body: otsuMask(volume, OTSU_BINS, from), withoutExcluded: true };
}

/** The image divided by its field; see `estimateBiasField`. */
export async function correctBiasField(
  volume: Volume,
  settings: EstimateSettings,
  masks: BiasFieldMasks,
  run: Run,
): Promise<{
  readonly corrected: Volume<'biasCorrected', Float32Array>;
  readonly field: BiasField;
}> {
  const field = await estimateBiasField(volume, settings, masks, run);
  return { corrected: divideByField(volume, field.logField), field };
}

/** @param logField natural log, one entry per voxel. */
export function divideByField(
  volume: Volume,
  logField: Float32Array,
): Volume<'biasCorrected', Float32Array> {
  const data = new Float32Array(logField.length);
  for (let i = 0; i < data.length; i++) data[i] = volume.data[i] / exp(logField[i]);
  return { stage: 'biasCorrected', grid: volume.grid, data };
}

/**
 * 1 for the voxels of the shrunk image that take part: in the mask, not excluded, and with a
 * logarithm. ITK keeps voxels of 0 or less with their value for a logarithm, which a body
 * mask hides and another mask does not; here they are left out.
 */
function includedVoxels(
  volume: Volume,
  shrunk: Shrunk,
  body: Mask,
  exclude: Mask | undefined,
): Uint8Array {
  const { source } = shrunk;
  const included = new Uint8Array(source.length);
  for (let i = 0; i < source.length; i++) {
    const at = source[i];
    const value = volume.data[at];
    const inside = body.data[at] !== 0 && (exclude?.data[at] ?? 0) === 0;
    if (inside && value > 0 && Number.isFinite(value)) included[i] = 1;
  }
  return included;
}

function logIntensities(
  data: Samples,
  shrunk: Shrunk,
  included: Uint8Array,
  count: number,
): Float32Array {
  const logImage = new Float32Array(count);
  let n = 0;
  for (let i = 0; i < included.length; i++) {
    if (included[i] !== 0) logImage[n++] = log(Math.fround(data[shrunk.source[i]]));
  }
  return logImage;
}

function checkMask(volume: Volume, mask: Mask | undefined, name: string, series: string): void {
  if (mask === undefined || sameGrid(mask.grid, volume.grid, 1e-3)) return;
  throw new InputError(
    'MASK_GRID',
    `The ${name} for the bias field of ${series} has ${describeGrid(mask.grid)} and the image has ` +
      `${describeGrid(volume.grid)}; give a mask on the image's grid.`,
  );
}

function checkEnough(
  data: Samples,
  logImage: Float32Array,
  masks: BiasFieldMasks,
  series: string,
): void {
  if (logImage.length >= MINIMUM_VOXELS) return;
  if (masks.mask === undefined && data.every((value) => value === data[0])) {
    throw new InputError(
      'IMAGE_UNREADABLE',
      `Every voxel of ${series} has the value ${data[0]}, so there is no bias field to estimate; ` +
        'choose another series.',
    );
  }
  let positive = 0;
  for (let i = 0; i < data.length; i++) if (data[i] > 0) positive++;
  if (positive < data.length / 1000) {
    throw new InputError(
      'IMAGE_UNREADABLE',
      `Only ${positive} of ${data.length} voxels of ${series} are above 0, and N4 takes logarithms; ` +
        'add a constant to its values (look at its rescale intercept), or leave N4 out.',
    );
  }
  throw new InputError(
    'MASK_EMPTY',
    masks.mask === undefined && masks.exclude !== undefined
      ? `The tumour with its surroundings, or what else is excluded, fills ${series}: ${logImage.length} voxels are left ` +
          `outside to estimate its bias field from, and ${MINIMUM_VOXELS} are needed; choose a series with more of the body in it.`
      : `Only ${logImage.length} voxels of ${series} above 0 are left to estimate its bias field from, ` +
          `and ${MINIMUM_VOXELS} are needed; use a larger mask, a smaller exclusion or less shrinking.`,
  );
}
