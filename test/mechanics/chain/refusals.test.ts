import { derivedUid } from '../../../src/dicom/uid';
import type { AnalysisRequest } from '../../../src/chain/analysis';
import { analyse } from '../../../src/chain/habitatChain';
import { IDENTITY_TRANSFORM } from '../../../src/volume/geometry';
import { translation } from '../../../src/register/rigidMotion';
import { exampleModel } from '../../fixtures/exampleModel';
import { ceT1, drawn, files, fsT2, request, run } from '../../fixtures/madeUpStudy';

describe('a small made-up study', () => {
  it('goes through the chain with a drawn tumour', async () => {
    const { tumour, habitats, objects, flags } = await run({});
    expect(tumour.voxels).toBe(habitats.reduce((sum, { voxels }) => sum + voxels, 0));
    expect(objects).toHaveLength(2);
    expect(flags.map(({ code }) => code)).toContain('BIAS_FIELD_NOT_APPLIED');
  });

  it('may have its tumour drawn on the other series', async () => {
    const reference = exampleModel().preprocessing;
    const model = exampleModel({
      preprocessing: {
        ...reference,
        registration: { ...reference.registration, reference: 'ceT1' },
      },
    });
    const { overlays, tumour } = await run({ model });
    expect(tumour.voxels).toBeGreaterThan(64);
    expect(overlays.fsT2.length).toBeGreaterThan(0);
  });

  it('says how much of the tumour one series does not show', async () => {
    const { flags } = await run({}, translation([30, 0, 0]));
    expect(flags.find(({ code }) => code === 'FIELD_OF_VIEW_CLIPPED')?.message).toMatch(
      /^\d+\.\d % of the tumour lies outside the images of one of the two series and was not measured\.$/,
    );
  });
});

describe('refused with one sentence', () => {
  it.each<[string, Partial<AnalysisRequest>, string, RegExp]>([
    [
      'no second series',
      { series: { fsT2: derivedUid('fsT2', 'series'), ceT1: '' } },
      'SERIES_MISSING',
      /^No CE-T1WI series is chosen: choose one, because the analysis needs both\.$/,
    ],
    [
      'a series that is not in the study',
      { series: { fsT2: derivedUid('fsT2', 'series'), ceT1: '1.2.3' } },
      'SERIES_MISSING',
      /^CE-T1WI: the series has no images; choose another series\.$/,
    ],
    [
      'the same series twice',
      { series: { fsT2: derivedUid('fsT2', 'series'), ceT1: derivedUid('fsT2', 'series') } },
      'SERIES_ROLE',
      /^The same series is chosen as FS-T2WI and as CE-T1WI: choose two different series\.$/,
    ],
    [
      'another patient',
      {
        source: {
          kind: 'files',
          files: [...files(fsT2), ...files({ ...ceT1, attributes: { PatientID: 'SOMEONE-ELSE' } })],
        },
      },
      'PATIENT_MISMATCH',
      /belong to different patients/,
    ],
    [
      'series of different parts of the body',
      {
        source: {
          kind: 'files',
          files: [...files(fsT2), ...files({ ...ceT1, originMm: [0, 0, 900] })],
        },
      },
      'FRAME_OF_REFERENCE',
      /show different parts of the body/,
    ],
    ['an empty tumour', { tumour: drawn(() => false) }, 'MASK_EMPTY', /is empty/],
    [
      'a tumour of 63 voxels',
      { tumour: drawn((i, j, k) => k === 6 && j < 7 && i < 9) },
      'MASK_TOO_SMALL',
      /fewer than 64/,
    ],
    [
      'a missing age',
      { age: NaN },
      'AGE_MISSING',
      /^The patient's age is missing or not between 0 and 120 years: enter it, because the risk depends on it\.$/,
    ],
    [
      'a model of another version',
      { model: { ...exampleModel(), schemaVersion: 9 } },
      'MODEL_VERSION',
      /schema version 9/,
    ],
    [
      'a model without features',
      { model: { ...exampleModel(), features: [] } },
      'MODEL_INVALID',
      /features/,
    ],
    [
      'a file that is no DICOM',
      { source: { kind: 'files', files: [new ArrayBuffer(10)] } },
      'FILE_UNREADABLE',
      /^File 1 /,
    ],
  ])('%s', async (_, change, code, sentence) => {
    await expect(run(change)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(sentence) as string,
    });
  });

  it('a tumour that one series does not show at all', async () => {
    await expect(run({}, translation([66, 0, 0]))).rejects.toMatchObject({
      code: 'MASK_OUTSIDE',
      message:
        'No part of the tumour lies inside the images of both series: choose series that cover the tumour.',
    });
  });
});

describe('cancel', () => {
  it('stops between and inside stages', async () => {
    const abort = new AbortController();
    const stages = new Set<string>();
    const running = analyse(request(), {
      engine: { name: 'test', register: () => Promise.resolve(IDENTITY_TRANSFORM) },
      signal: abort.signal,
      report: ({ stage, state }) => {
        stages.add(stage);
        expect(state.state).not.toBe('failed');
        if (stage === 'resample') abort.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(stages.has('regions')).toBe(false);
  });
});
