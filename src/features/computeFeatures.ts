/**
 * The feature classes of PyRadiomics on one image and one region. What the names do not need is not
 * computed; what several need (grey levels, neighbours, a matrix) is computed once.
 */
import { discretise } from './discretise';
import { firstOrderFeatures } from './firstOrder';
import { glcmFeatures } from './glcm/features';
import { gldmFeatures } from './gldm/features';
import { dependenceMatrix } from './gldm/matrix';
import { glrlmFeatures } from './glrlm/features';
import { glszmFeatures } from './glszm/features';
import { sizeZoneMatrix } from './glszm/matrix';
import { buildLevelGrid } from './levelGrid';
import type { FeatureClass, FeatureKey } from './names';
import { classOf } from './names';
import { forwardOffsets } from './neighbours';
import { ngtdmFeatures } from './ngtdm/features';
import { toneDifferenceMatrix } from './ngtdm/matrix';
import type { RegionImage } from './regionImage';
import { findRegion, gatherValues } from './regionImage';
import type { FeatureSettings } from './settings';
import { checkFeatureSettings } from './settings';
import { shapeFeatures } from './shape/features';

type ClassValues = Partial<Record<FeatureClass, Readonly<Record<string, number>>>>;

/**
 * @param names in the order wanted in the result
 * @returns a value for each name; NaN where PyRadiomics gives NaN
 * @throws InputError MASK_EMPTY, FEATURE_NOT_EVALUABLE (NaN or infinite voxels, too many grey
 *   levels, a region too small for the distances), SETTING_UNSUPPORTED
 */
export function computeFeatures(
  image: RegionImage,
  names: readonly FeatureKey[],
  settings: FeatureSettings,
): Map<FeatureKey, number> {
  checkFeatureSettings(settings);
  const classes = new Set(names.map(classOf));
  const values = computeClasses(image, classes, names.includes('glcm_MCC'), settings);
  return new Map(
    names.map((name) => {
      const featureClass = classOf(name);
      const value = values[featureClass]?.[name.slice(featureClass.length + 1)];
      if (value === undefined) throw new Error(`No value was computed for ${name}`);
      return [name, value];
    }),
  );
}

function computeClasses(
  image: RegionImage,
  classes: ReadonlySet<FeatureClass>,
  withMcc: boolean,
  settings: FeatureSettings,
): ClassValues {
  const { size, spacingMm } = image;
  const region = image.region ?? findRegion(size, image.mask);
  const values: ClassValues = {};
  if (classes.has('shape')) values.shape = shapeFeatures(size, region, spacingMm);
  if ([...classes].every((name) => name === 'shape')) return values;

  const intensities = gatherValues(image.image, region);
  const discretised = discretise(intensities, settings);
  if (classes.has('firstorder')) {
    values.firstorder = firstOrderFeatures(intensities, discretised, spacingMm, settings);
  }
  if ([...classes].every((name) => name === 'shape' || name === 'firstorder')) return values;

  const { extent } = region;
  const border = Math.max(1, ...settings.distances);
  const grid = buildLevelGrid(size, region, discretised, border);
  const atDistances = () => forwardOffsets(extent, settings.distances, settings);
  if (classes.has('glcm')) {
    values.glcm = glcmFeatures(grid, atDistances(), spacingMm, settings, withMcc);
  }
  if (classes.has('gldm')) {
    values.gldm = gldmFeatures(dependenceMatrix(grid, atDistances(), settings.gldm_a));
  }
  if (classes.has('glrlm')) {
    values.glrlm = glrlmFeatures(grid, extent, spacingMm, settings);
  }
  if (classes.has('glszm')) {
    values.glszm = glszmFeatures(sizeZoneMatrix(grid, forwardOffsets(extent, [1], settings)));
  }
  if (classes.has('ngtdm')) {
    values.ngtdm = ngtdmFeatures(toneDifferenceMatrix(grid, atDistances()));
  }
  return values;
}
