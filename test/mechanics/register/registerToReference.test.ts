import { SILENT_RUN } from '../../../src/chain/stage';
import { SearchFailed } from '../../../src/register/engine';
import type { RigidEngine } from '../../../src/register/engine';
import { registerToReference } from '../../../src/register/registerToReference';
import type { SeriesImage } from '../../../src/register/registerToReference';
import { translation } from '../../../src/register/rigidMotion';
import { IDENTITY_DIRECTION, IDENTITY_TRANSFORM, applyToPoint } from '../../../src/volume/geometry';
import type { Mat4 } from '../../../src/volume/geometry';
import type { Vec3 } from '../../../src/volume/volume';
import { exampleModel } from '../../fixtures/exampleModel';

const { registration } = exampleModel().preprocessing;
const settings = { search: registration, centreMm: [0, 0, 0] as const };

/** A bright ball in noise-free steps, so that a shift lowers the mutual information. */
function image(
  change: { originMm?: Vec3; size?: Vec3; frame?: string; value?: number } = {},
): SeriesImage {
  const size = change.size ?? ([24, 24, 24] as const);
  const originMm = change.originMm ?? ([-12, -12, -12] as const);
  const data = new Float32Array(size[0] * size[1] * size[2]);
  for (let i = 0; i < data.length; i++) {
    const x = (i % size[0]) - 12;
    const y = (Math.floor(i / size[0]) % size[1]) - 12;
    const z = Math.floor(i / (size[0] * size[1])) - 12;
    data[i] = change.value ?? Math.max(0, 10 - Math.hypot(x, y, z));
  }
  return {
    name: 'Series "ball"',
    frameOfReferenceUid: change.frame ?? '1.2.3',
    volume: {
      stage: 'native',
      grid: { size, originMm, spacingMm: [1, 1, 1], direction: IDENTITY_DIRECTION },
      data,
    },
  };
}

/** Answers always the same; keeps what it was asked. */
function engineThat(answer: Mat4 | Error): RigidEngine & { movingOrigins: Vec3[] } {
  const movingOrigins: Vec3[] = [];
  return {
    name: 'test',
    movingOrigins,
    register: (_fixed, moving) => {
      movingOrigins.push(moving.grid.originMm);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}

const rotation12: Mat4 = [
  Math.cos(0.21),
  -Math.sin(0.21),
  0,
  0,
  Math.sin(0.21),
  Math.cos(0.21),
  0,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  0,
  1,
];

describe('the start of the registration', () => {
  it('is the DICOM geometry where the series share a frame and overlap', async () => {
    const engine = engineThat(IDENTITY_TRANSFORM);
    const moving = image({ originMm: [-10, -12, -12] });
    const { start } = await registerToReference(image(), moving, settings, engine, SILENT_RUN);
    expect(start).toBe('geometry');
    expect(engine.movingOrigins).toEqual([[-10, -12, -12]]);
  });

  it.each([
    ['the series do not overlap', { originMm: [488, -12, -12] as const }],
    ['the frames of reference differ', { originMm: [488, -12, -12] as const, frame: '1.2.4' }],
  ])('are the centres where %s', async (_, change) => {
    const engine = engineThat(IDENTITY_TRANSFORM);
    const found = await registerToReference(image(), image(change), settings, engine, SILENT_RUN);
    expect(found.start).toBe('centres');
    expect(engine.movingOrigins).toEqual([[-12, -12, -12]]);
    expect(found.matrix).toEqual(translation([500, 0, 0]));
    // The offset of the frames is no motion of the patient.
    expect(found.summary.translationMm).toBe(0);
  });
});

describe('what the reader of a registration is told', () => {
  it.each([
    [
      'more than 10 mm',
      translation([10.5, 0, 0]),
      ['REGISTRATION_LARGE_MOTION', 'REGISTRATION_METRIC_FELL'],
    ],
    ['more than 10 degrees', rotation12, ['REGISTRATION_LARGE_MOTION']],
    ['a metric that fell', translation([6, 0, 0]), ['REGISTRATION_METRIC_FELL']],
    ['nothing for the identity', IDENTITY_TRANSFORM, []],
  ])('%s', async (_, answer, codes) => {
    const { flags } = await registerToReference(
      image(),
      image(),
      settings,
      engineThat(answer),
      SILENT_RUN,
    );
    expect(flags.map(({ code }) => code).filter((code) => codes.includes(code))).toEqual(codes);
    if (codes.length === 0) expect(flags).toEqual([]);
  });

  it('the size of the motion at the tumour', async () => {
    const { summary } = await registerToReference(
      image(),
      image(),
      { ...settings, centreMm: [100, 0, 0] },
      engineThat(rotation12),
      SILENT_RUN,
    );
    expect(summary.rotationDeg).toBeCloseTo((0.21 * 180) / Math.PI, 9);
    expect(summary.translationMm).toBeCloseTo(200 * Math.sin(0.105), 9);
  });

  it('also where the tumour was drawn on the moving series, in another frame of reference', async () => {
    const [x, y, z] = applyToPoint(rotation12, [100, 0, 0]);
    const { summary, matrix } = await registerToReference(
      image(),
      image({ originMm: [488, -12, -12], frame: '1.2.4' }),
      { ...settings, centreMm: [x + 500, y, z], centreOnMoving: true },
      engineThat(rotation12),
      SILENT_RUN,
    );
    expect(applyToPoint(matrix, [100, 0, 0])).toEqual([x + 500, y, z]);
    expect(summary.translationMm).toBeCloseTo(200 * Math.sin(0.105), 9);
  });
});

describe('identity', () => {
  const identity = { ...settings, search: { ...registration, method: 'identity' as const } };

  it('takes the DICOM positions and says so', async () => {
    const engine = engineThat(new Error('must not be asked'));
    const found = await registerToReference(image(), image(), identity, engine, SILENT_RUN);
    expect(found.summary).toMatchObject({ applied: false, rotationDeg: 0, metricAfter: null });
    expect(found.matrix).toEqual(IDENTITY_TRANSFORM);
  });

  it('is refused for two frames of reference', async () => {
    const engine = engineThat(IDENTITY_TRANSFORM);
    await expect(
      registerToReference(image(), image({ frame: '9' }), identity, engine, SILENT_RUN),
    ).rejects.toMatchObject({
      code: 'FRAME_OF_REFERENCE',
      message: expect.stringContaining('different frames of reference') as string,
    });
  });
});

describe('what never reaches elastix', () => {
  const engine = engineThat(new Error('must not be asked'));
  const register = (fixed: SeriesImage, moving: SeriesImage): Promise<unknown> =>
    registerToReference(fixed, moving, settings, engine, SILENT_RUN);

  it('a constant image', async () => {
    await expect(register(image(), image({ value: 5 }))).rejects.toMatchObject({
      code: 'REGISTRATION_FAILED',
      message:
        'Series "ball" has the same value in every voxel, so nothing can be registered to it: choose another series.',
    });
  });

  it('an image that holds NaN', async () => {
    await expect(register(image({ value: NaN }), image())).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
    });
  });

  it('a series of two slices', async () => {
    await expect(register(image({ size: [24, 24, 2] }), image())).rejects.toMatchObject({
      code: 'IMAGE_GEOMETRY',
      message: expect.stringContaining('24 x 24 x 2 voxels') as string,
    });
  });
});

describe('an engine that rejects', () => {
  it('with a failed search is a refusal of the series', async () => {
    const engine = engineThat(new SearchFailed('gave up'));
    await expect(
      registerToReference(image(), image(), settings, engine, SILENT_RUN),
    ).rejects.toMatchObject({
      code: 'REGISTRATION_FAILED',
      message: expect.stringContaining('share too little of the body') as string,
    });
  });

  it('because it could not be loaded is not', async () => {
    const engine = engineThat(new TypeError('Failed to fetch'));
    await expect(
      registerToReference(image(), image(), settings, engine, SILENT_RUN),
    ).rejects.toThrow(TypeError);
  });

  it('or puts the series beside each other is a refusal', async () => {
    const engine = engineThat(translation([400, 0, 0]));
    await expect(
      registerToReference(image(), image(), settings, engine, SILENT_RUN),
    ).rejects.toMatchObject({ code: 'REGISTRATION_FAILED' });
  });
});
