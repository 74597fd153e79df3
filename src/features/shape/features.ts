/** Shape features as in PyRadiomics 3.1 (`shape.py`). They depend on the mask only. */
import type { Vec3 } from '../../volume/volume';
import type { FeatureName } from '../names';
import type { RegionVoxels } from '../regionImage';
import { meshDiameters } from './diameters';
import { measureMesh } from './mesh';
import { bitGrid } from './occupancy';
import { principalMoments } from './principalAxes';

export function shapeFeatures(
  imageSize: Vec3,
  region: RegionVoxels,
  spacingMm: Vec3,
): Record<FeatureName<'shape'>, number> {
  const occupied = bitGrid(imageSize, region);
  const { areaMm2: area, volumeMm3: volume } = measureMesh(occupied, region.extent, spacingMm);
  const diameters = meshDiameters(occupied, region.extent, spacingMm);
  const [least, minor, major] = principalMoments(imageSize, region, spacingMm);
  const sphereArea = (36 * Math.PI * volume ** 2) ** (1 / 3);
  // A square root of a negative moment is NaN, as PyRadiomics reports it.
  return {
    Compactness1: volume / (area ** 1.5 * Math.sqrt(Math.PI)),
    Compactness2: (36 * Math.PI * volume ** 2) / area ** 3,
    Elongation: Math.sqrt(minor) / Math.sqrt(major),
    Flatness: Math.sqrt(least) / Math.sqrt(major),
    LeastAxisLength: 4 * Math.sqrt(least),
    MajorAxisLength: 4 * Math.sqrt(major),
    Maximum2DDiameterColumn: diameters.column,
    Maximum2DDiameterRow: diameters.row,
    Maximum2DDiameterSlice: diameters.slice,
    Maximum3DDiameter: diameters.maximum3D,
    MeshVolume: volume,
    MinorAxisLength: 4 * Math.sqrt(minor),
    Sphericity: sphereArea / area,
    SphericalDisproportion: area / sphereArea,
    SurfaceArea: area,
    SurfaceVolumeRatio: area / volume,
    VoxelVolume: region.offsets.length * (spacingMm[2] * spacingMm[0] * spacingMm[1]),
  };
}
