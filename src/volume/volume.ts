/**
 * Images on a regular grid, as ITK describes them.
 * Data are stored with x fastest: index = x + nx * (y + ny * z).
 * World coordinates are DICOM/ITK LPS millimetres.
 */

export type Vec3 = readonly [number, number, number];
/** Row-major 3 x 3 matrix. Columns of a direction matrix are the LPS unit vectors of the grid axes. */
export type Mat3 = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

export interface Grid {
  /** Voxels along x (columns), y (rows), z (slices). */
  readonly size: Vec3;
  readonly spacingMm: Vec3;
  /** LPS position of the centre of voxel (0, 0, 0). */
  readonly originMm: Vec3;
  readonly direction: Mat3;
}

export type Samples =
  Float32Array | Float64Array | Int16Array | Uint16Array | Int32Array | Uint8Array;

/** Where in the chain an image stands; a stage asks for the stage before it, so they cannot be swapped. */
export type VolumeStage = 'native' | 'resampled' | 'biasCorrected' | 'standardised';

export interface Volume<Stage extends VolumeStage = VolumeStage, Data extends Samples = Samples> {
  readonly stage: Stage;
  readonly grid: Grid;
  readonly data: Data;
}

/** 1 inside, 0 outside. */
export interface Mask {
  readonly grid: Grid;
  readonly data: Uint8Array;
}

/** 0 is background. */
export interface LabelMap {
  readonly grid: Grid;
  readonly data: Uint8Array;
}

export function voxelCount(grid: Grid): number {
  return grid.size[0] * grid.size[1] * grid.size[2];
}

export function voxelVolumeMm3(grid: Grid): number {
  return grid.spacingMm[0] * grid.spacingMm[1] * grid.spacingMm[2];
}
