/**
 * A PyRadiomics parameter file as settings of `extract`. Its features are taken from tumour, ring and
 * expansion, those of its original image without shape from the habitats; its `setting` section holds
 * for all. Resampling is a stage of the chain, so those entries move there.
 */
import { InputError } from '../chain/errors';
import { parseParameterSet } from '../radiomics/parameterSet';
import { isRecord } from './withDefaults';

/** Entries that say nothing about the values of features. */
const NOT_NEEDED = ['additionalInfo', 'label', 'resampledPixelSpacing', 'interpolator'];

/** @throws InputError SETTING_UNSUPPORTED, FEATURE_UNKNOWN */
export function fromParameterFile(
  content: Readonly<Record<string, unknown>>,
  file: string,
): Readonly<Record<string, unknown>> {
  const { settings } = parseParameterSet(content, file);
  const { resampledPixelSpacing: spacing, interpolator, normalize } = settings;
  if (normalize) {
    throw new InputError(
      'SETTING_UNSUPPORTED',
      `${file} asks for normalize, which a cohort does by landmarks: remove it, and set extraction.image to “standardised” in a settings file of extract.`,
    );
  }
  const given = isRecord(content['setting']) ? content['setting'] : {};
  const own = Object.entries(given).filter(([name]) => !NOT_NEEDED.includes(name));
  const classes = isRecord(content['featureClass']) ? content['featureClass'] : ALL_CLASSES;
  const withoutShape = Object.fromEntries(
    Object.entries(classes).filter(([name]) => name !== 'shape'),
  );
  return {
    ...(spacing === null
      ? {}
      : {
          preprocessing: {
            resampling: {
              spacingMm: spacing,
              image: interpolator === 'linear' ? 'linear' : 'bspline',
            },
          },
        }),
    extraction: { image: 'resampled', settings: Object.fromEntries(own) },
    features: {
      regions: {
        ...(isRecord(content['imageType']) ? { imageType: content['imageType'] } : {}),
        featureClass: classes,
      },
      habitats: { imageType: { Original: {} }, featureClass: withoutShape },
    },
  };
}

const ALL_CLASSES: Readonly<Record<string, unknown>> = {
  firstorder: null,
  glcm: null,
  gldm: null,
  glrlm: null,
  glszm: null,
  ngtdm: null,
  shape: null,
};
