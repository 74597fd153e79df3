/**
 * The `diagnostics_` rows of PyRadiomics' `generalinfo.py`: what went into an extraction, with the
 * names, the formats and the order there. Versions are our own; those of PyRadiomics' libraries are
 * left out.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { sum } from '../features/sums';
import { encodeVoxels, type ImageFile } from '../io/imageFile';
import { connectedComponents } from '../regions/components';
import { extentOf } from '../volume/boundingBox';
import { applyToPoint, indexToWorld, sameGrid } from '../volume/geometry';
import type { Sampled } from '../volume/resample';
import type { Mask, Samples, Vec3 } from '../volume/volume';
import { cropData } from './crop';
import type { GivenSettings } from './parameterSet';
import type { Preprocessed } from './preprocess';
import { pythonFloat, pythonRepr, pythonTuple } from './pythonText';
import { boundingBox, GEOMETRY_TOLERANCE, isResampled } from './regionMask';
import type { Settings } from './settings';

/** What an extraction was made of. */
export interface Extraction {
  readonly version: string;
  readonly image: ImageFile;
  /** All labels, as in the file. */
  readonly labels: ImageFile;
  readonly mask: Mask;
  readonly prepared: Preprocessed;
  readonly settings: Settings;
  /** The label that was taken, which may differ from the settings'. */
  readonly label: number;
  readonly given: GivenSettings;
}

type Row = readonly [name: string, text: string];

/** Names and texts, in PyRadiomics' order. */
export function diagnostics(extraction: Extraction): Map<string, string> {
  const { version, image, labels, mask, prepared, settings } = extraction;
  const rows: Row[] = [
    ['Versions_STS-Habitat', version],
    ['Configuration_Settings', pythonRepr(configuration(extraction))],
    ['Configuration_EnabledImageTypes', pythonRepr(enabledImageTypes(extraction.given))],
    ['Image-original_Hash', hash(encodeVoxels(image.data, image.pixelType))],
    ['Image-original_Dimensionality', '3D'],
    ...imageRows('Image-original', image),
    // PyRadiomics casts masks to unsigned integers of 32 bits when it has read them.
    ['Mask-original_Hash', hash(encodeVoxels(labels.data, 'uint32'))],
    ...maskRows('Mask-original', mask),
  ];
  const { image: working, regionMask, mask: intensityMask } = prepared;
  if (isResampled(settings)) {
    rows.push(...imageRows('Image-interpolated', working));
    rows.push(...maskRows('Mask-interpolated', regionMask, working.data));
  } else if (settings.correctMask && !settings.preCrop && isCorrected(extraction)) {
    rows.push(...maskRows('Mask-corrected', regionMask, working.data));
  }
  if (settings.resegmentRange !== null) {
    rows.push(...maskRows('Mask-resegmented', intensityMask, working.data));
  }
  return new Map(rows.map(([name, text]) => [`diagnostics_${name}`, text]));
}

function isCorrected({ image, mask, settings }: Extraction): boolean {
  return !sameGrid(image.grid, mask.grid, settings.geometryTolerance ?? GEOMETRY_TOLERANCE);
}

/** PyRadiomics' `_getDefaultSettings`; further settings appear when they are given. */
const DEFAULTS = {
  minimumROIDimensions: 2,
  minimumROISize: null,
  normalize: false,
  normalizeScale: 1,
  removeOutliers: null,
  resampledPixelSpacing: null,
  interpolator: 'sitkBSpline',
  preCrop: false,
  padDistance: 5,
  distances: [1],
  force2D: false,
  force2Ddimension: 0,
  resegmentRange: null,
  label: 1,
  additionalInfo: true,
};

function configuration({ given, label }: Extraction): Readonly<Record<string, unknown>> {
  return { ...DEFAULTS, ...given.setting, label };
}

function enabledImageTypes({ imageType }: GivenSettings): Readonly<Record<string, unknown>> {
  const types = Object.entries(imageType).map(([type, own]) => [type, own ?? {}] as const);
  return types.length > 0 ? Object.fromEntries(types) : { Original: {} };
}

function imageRows(prefix: string, { grid, data }: Sampled): Row[] {
  return [
    [`${prefix}_Spacing`, pythonTuple(grid.spacingMm, pythonFloat)],
    [`${prefix}_Size`, pythonTuple(grid.size, String)],
    ...intensityRows(prefix, data),
  ];
}

/** @param intensities of the image on the mask's grid, when the two are known to fit. */
function maskRows(prefix: string, mask: Mask, intensities?: Samples): Row[] {
  const { grid, data } = mask;
  const box = boundingBox(mask);
  const extent = extentOf(box);
  const end: Vec3 = [box.last[0] + 1, box.last[1] + 1, box.last[2] + 1];
  const boxed = cropData(data, grid.size, box.first, end);
  const { voxels, centre } = centreOfMass(boxed, extent, box.first);
  const parts = connectedComponents(boxed, extent, 'corners').sizes.length;
  const inside = intensities?.filter((_, i) => data[i] !== 0);
  return [
    [`${prefix}_Spacing`, pythonTuple(grid.spacingMm, pythonFloat)],
    [`${prefix}_Size`, pythonTuple(grid.size, String)],
    [`${prefix}_BoundingBox`, pythonTuple([...box.first, ...extent], String)],
    [`${prefix}_VoxelNum`, String(voxels)],
    [`${prefix}_VolumeNum`, String(parts)],
    [`${prefix}_CenterOfMassIndex`, pythonTuple(centre, pythonFloat)],
    [`${prefix}_CenterOfMass`, pythonTuple(applyToPoint(indexToWorld(grid), centre), pythonFloat)],
    ...(inside ? intensityRows(prefix, inside) : []),
  ];
}

function intensityRows(prefix: string, data: Samples): Row[] {
  let [minimum, maximum] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < minimum) minimum = data[i];
    if (data[i] > maximum) maximum = data[i];
  }
  return [
    [`${prefix}_Mean`, pythonFloat(sum(data) / data.length)],
    [`${prefix}_Minimum`, pythonFloat(minimum)],
    [`${prefix}_Maximum`, pythonFloat(maximum)],
  ];
}

/** Index coordinates; the sums of whole numbers are exact. */
function centreOfMass(
  inside: Uint8Array,
  [nx, ny, nz]: Vec3,
  [x0, y0, z0]: Vec3,
): { voxels: number; centre: Vec3 } {
  let [voxels, sx, sy, sz] = [0, 0, 0, 0];
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (inside[at] === 0) continue;
        voxels++;
        sx += x0 + x;
        sy += y0 + y;
        sz += z0 + z;
      }
    }
  }
  return { voxels, centre: [sx / voxels, sy / voxels, sz / voxels] };
}

/** ITK's HashImageFilter: SHA-1 of the voxels' bytes. */
function hash(bytes: Uint8Array): string {
  return bytesToHex(sha1(bytes));
}
