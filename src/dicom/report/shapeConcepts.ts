import type { FeatureValue } from '../../chain/analysis';
import { UNITS, code } from '../codes';
import type { Code } from '../codes';

/**
 * Shape features have the definitions of IBSI in PyRadiomics and look at no intensities, so their
 * values are what the codes of CID 7477 stand for. The voxel volume is not among them: YEKZ is the
 * volume of the segment, which every group has.
 */

export interface ShapeConcept {
  readonly name: Code;
  readonly unit: Code;
}

const ibsi = (value: string, meaning: string, unit: Code): ShapeConcept => ({
  name: code(value, 'IBSI', meaning),
  unit,
});

const SHAPES: Readonly<Record<string, ShapeConcept>> = {
  MeshVolume: ibsi('RNU0', 'Volume of Mesh', UNITS.cubicMillimetre),
  SurfaceArea: ibsi('C0JK', 'Surface Area of Mesh', UNITS.squareMillimetre),
  SurfaceVolumeRatio: ibsi('2PR5', 'Surface to Volume Ratio', UNITS.perMillimetre),
  Sphericity: ibsi('QCFX', 'Sphericity', UNITS.none),
  Maximum3DDiameter: ibsi('L0JK', 'Maximum 3D Diameter of a Mesh', UNITS.millimetre),
  MajorAxisLength: ibsi('TDIC', 'Major Axis in 3D Length', UNITS.millimetre),
  MinorAxisLength: ibsi('P9VJ', 'Minor Axis in 3D Length', UNITS.millimetre),
  LeastAxisLength: ibsi('7J51', 'Least Axis in 3D Length', UNITS.millimetre),
  Elongation: ibsi('Q3CK', 'Elongation', UNITS.none),
  Flatness: ibsi('N17B', 'Flatness', UNITS.none),
};

export const SHAPE_NAMES: readonly Code[] = Object.values(SHAPES).map(({ name }) => name);

/** null for what is no shape, or was measured on one of the series. */
export function shapeConcept({
  sequence,
  feature,
}: Pick<FeatureValue, 'sequence' | 'feature'>): ShapeConcept | null {
  const [image, family, name] = feature.split('_');
  if (sequence !== null || image !== 'original' || family !== 'shape') return null;
  return Object.hasOwn(SHAPES, name) ? SHAPES[name] : null;
}
