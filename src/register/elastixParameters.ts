/**
 * What both elastix engines share: the parameter map, the image format of itk-wasm and the reading
 * of the resulting transform.
 *
 * References: Klein et al., IEEE TMI 2010;29:196 (elastix); Mattes et al., IEEE TMI 2003;22:120.
 * The map is elastix's own default for `rigid` written out, so that a change of its defaults cannot
 * change our results unnoticed, plus the random seed and the model's settings.
 */
import { cos, sin } from '../numerics/portableMath';
import type { Image, JsonCompatible } from 'itk-wasm';
import type { Mat4 } from '../volume/geometry';
import type { Samples, Volume } from '../volume/volume';
import { SearchFailed } from './engine';
import type { RigidSettings } from './engine';

export const ENGINE_NAME = 'elastix (@itk-wasm/elastix 1.0.1)';

export function rigidParameterMap(settings: RigidSettings): Record<string, string[]> {
  return {
    Registration: ['MultiResolutionRegistration'],
    NumberOfResolutions: [String(settings.resolutions)],
    FixedImagePyramid: ['FixedSmoothingImagePyramid'],
    MovingImagePyramid: ['MovingSmoothingImagePyramid'],
    Transform: ['EulerTransform'],
    // The start is given through the geometry of the images, see `registerToReference`.
    AutomaticTransformInitialization: ['false'],
    AutomaticScalesEstimation: ['true'],
    Metric: ['AdvancedMattesMutualInformation'],
    NumberOfHistogramBins: [String(settings.histogramBins)],
    Interpolator: ['LinearInterpolator'],
    ImageSampler: ['RandomCoordinate'],
    NumberOfSpatialSamples: [String(settings.samples)],
    NewSamplesEveryIteration: ['true'],
    CheckNumberOfSamples: ['true'],
    MaximumNumberOfSamplingAttempts: ['8'],
    NumberOfSamplesForExactGradient: ['4096'],
    RandomSeed: ['121212'],
    Optimizer: ['AdaptiveStochasticGradientDescent'],
    MaximumNumberOfIterations: [String(settings.iterations)],
    AutomaticParameterEstimation: ['true'],
    // We resample ourselves, once, onto the analysis grid: elastix's own result is not used.
    WriteResultImage: ['false'],
    ResampleInterpolator: ['FinalNearestNeighborInterpolator'],
    Resampler: ['DefaultResampler'],
    DefaultPixelValue: ['0'],
    ResultImagePixelType: ['float'],
    ResultImageFormat: ['nii'],
    WriteIterationInfo: ['false'],
  };
}

export function toItkImage(volume: Volume<'native', Samples>, name: string): Image {
  const { grid } = volume;
  return {
    imageType: { dimension: 3, componentType: 'float32', pixelType: 'Scalar', components: 1 },
    name,
    origin: [...grid.originMm],
    spacing: [...grid.spacingMm],
    direction: Float64Array.from(grid.direction),
    size: [...grid.size],
    metadata: new Map(),
    data: inSinglePrecision(volume.data),
  };
}

/** itk-wasm reads the whole buffer behind an array, and only reads it. */
function inSinglePrecision(data: Samples): Float32Array {
  const isAlready = data instanceof Float32Array && data.byteLength === data.buffer.byteLength;
  return isAlready ? data : new Float32Array(data);
}

/**
 * The 4 x 4 matrix of elastix's EulerTransform: x' = R (x - c) + t + c with R = Rz Rx Ry.
 * Throws when the answer is not such a transform.
 */
export function matrixFromTransform(transformParameterObject: JsonCompatible | undefined): Mat4 {
  const first = Array.isArray(transformParameterObject) ? transformParameterObject[0] : undefined;
  const [ax, ay, az, tx, ty, tz] = numbers(first, 'TransformParameters', 6);
  const [cx, cy, cz] = numbers(first, 'CenterOfRotationPoint', 3);
  const [sx, cosx] = [sin(ax), cos(ax)];
  const [sy, cosy] = [sin(ay), cos(ay)];
  const [sz, cosz] = [sin(az), cos(az)];
  const r = [
    cosz * cosy - sz * sx * sy,
    -sz * cosx,
    cosz * sy + sz * sx * cosy,
    sz * cosy + cosz * sx * sy,
    cosz * cosx,
    sz * sy - cosz * sx * cosy,
    -cosx * sy,
    sx,
    cosx * cosy,
  ];
  const offset = (row: number, t: number, c: number): number =>
    t + c - (r[3 * row] * cx + r[3 * row + 1] * cy + r[3 * row + 2] * cz);
  return [
    r[0],
    r[1],
    r[2],
    offset(0, tx, cx),
    r[3],
    r[4],
    r[5],
    offset(1, ty, cy),
    r[6],
    r[7],
    r[8],
    offset(2, tz, cz),
    0,
    0,
    0,
    1,
  ];
}

/**
 * elastix leaves C++ by an exception that reaches JavaScript as a bare number, or writes to stderr;
 * what else can be thrown is the loading of the module, which is no statement about the images.
 */
export function searchError(error: unknown): unknown {
  if (typeof error === 'number') {
    return new SearchFailed(`elastix gave up (exception ${error}).`, { cause: error });
  }
  const isElastix = error instanceof Error && /itk::|elastix/i.test(error.message);
  return isElastix ? new SearchFailed(error.message, { cause: error }) : error;
}

function numbers(map: unknown, key: string, length: number): number[] {
  const raw: unknown = typeof map === 'object' && map !== null ? Reflect.get(map, key) : undefined;
  const values = Array.isArray(raw) ? raw.map(Number) : [];
  if (values.length !== length || !values.every(Number.isFinite)) {
    throw new Error(`elastix returned no usable ${key}.`);
  }
  return values;
}
