import { accepted } from '../../../src/chain/stages/objects';
import { registrationCheck } from '../../../src/chain/registrationCheck';
import type { Study } from '../../../src/chain/stages/read';
import type { Alignment } from '../../../src/chain/stages/register';
import { SILENT_RUN } from '../../../src/chain/stage';
import { code, sequence } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import type { ReportInput } from '../../../src/dicom/outputTypes';
import type { DicomDataset } from '../../../src/dicom/series';
import { motionAbout, translation } from '../../../src/register/rigidMotion';
import { applyToPoint, IDENTITY_TRANSFORM, indexToWorld } from '../../../src/volume/geometry';
import type { Vec3 } from '../../../src/volume/volume';
import { syntheticSeries } from '../dicom/synthetic';
import { reportInput } from '../dicom/syntheticReport';

const SHIFT: Vec3 = [4, -2, 6];

/** Two series with the same picture, the second one shifted; registered by `SHIFT`. */
function registered(): { study: Study; alignment: Alignment } {
  const fsT2 = syntheticSeries({ name: 'FS-T2WI' });
  const { grid } = fsT2.volume;
  const [x, y, z] = grid.originMm;
  const moved = { ...grid, originMm: [x + SHIFT[0], y + SHIFT[1], z + SHIFT[2]] as const };
  const [nx, ny] = grid.size;
  const data = Float32Array.from(
    fsT2.volume.data,
    (_, i) => 3 * (i % nx) + 2 * (Math.floor(i / nx) % ny) + Math.floor(i / (nx * ny)),
  );
  const tumour = { grid, data: new Uint8Array(data.length) };
  tumour.data.fill(1, 3 * nx * ny + 40, 3 * nx * ny + 45);
  const picture = { ...fsT2, volume: { ...fsT2.volume, data } };
  const matrix = translation(SHIFT);
  return {
    study: {
      series: {
        fsT2: picture,
        ceT1: { ...picture, volume: { ...picture.volume, grid: moved }, frameOfReferenceUid: '9' },
      },
      tumour: { drawnOn: 'fsT2', mask: tumour, label: 'Tumour', algorithmType: 'MANUAL' },
    },
    alignment: {
      reference: 'fsT2',
      toSeries: { fsT2: IDENTITY_TRANSFORM, ceT1: matrix },
      lostFraction: 0,
      tumour,
      registration: {
        matrix,
        start: 'geometry',
        flags: [],
        summary: {
          applied: true,
          review: 'notReviewed',
          metricBefore: 0.1,
          metricAfter: 0.2,
          matrix,
          ...motionAbout(matrix, [0, 0, 0]),
        },
      },
    },
  };
}

describe('what a person sees of a registration', () => {
  const { study, alignment } = registered();
  const check = registrationCheck(study, alignment, [], SILENT_RUN);

  it('shows the other series where the registration puts it', () => {
    expect(check.planes).toHaveLength(check.grid.size[2]);
    for (const { reference, moving } of check.planes) expect(moving).toEqual(reference);
    const values = new Set(check.planes.flatMap(({ reference }) => [...reference]));
    expect([Math.min(...values), Math.max(...values)]).toEqual([1, 255]);
    expect(check.sameFrame).toBe(false);
  });

  it('tells the outside of an image from a dark voxel', () => {
    const unregistered = { ...alignment.toSeries, ceT1: translation([1000, 0, 0]) };
    const apart = registrationCheck(
      study,
      { ...alignment, toSeries: unregistered },
      [],
      SILENT_RUN,
    );
    for (const { moving } of apart.planes) expect(new Set(moving)).toEqual(new Set([0]));
  });

  it('outlines the tumour where there is one', () => {
    const shown = check.planes.flatMap(({ tumour }, z) => (tumour ? [z] : []));
    expect(shown).toEqual([3]);
    expect(check.planes[3].tumour?.reduce((sum, value) => sum + value, 0)).toBe(5);
  });

  it('takes fewer rows and columns of a large series, at the same place', () => {
    const [columns, rows, slices] = check.grid.size;
    const few = registrationCheck(study, alignment, [], SILENT_RUN, (columns * rows * slices) / 4);
    expect(few.grid.size).toEqual([Math.ceil(columns / 2), Math.ceil(rows / 2), slices]);
    const first = applyToPoint(indexToWorld(few.grid), [0, 0, 0]);
    const between = applyToPoint(indexToWorld(check.grid), [0.5, 0.5, 0]);
    first.forEach((value, axis) => expect(value).toBeCloseTo(between[axis], 9));
  });
});

describe('the motion along the axes of the patient', () => {
  it('is a vector as long as the rotation angle, about the axis of the rotation', () => {
    const angle = 0.2;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const aboutHead = [c, -s, 0, 1, s, c, 0, 2, 0, 0, 1, 3, 0, 0, 0, 1] as const;
    const motion = motionAbout(aboutHead, [0, 0, 0]);
    expect(motion.translationLpsMm).toEqual([1, 2, 3]);
    const [l, p, h] = motion.rotationLpsDeg;
    expect([l, p]).toEqual([0, 0]);
    expect(h).toBeCloseTo((angle * 180) / Math.PI, 9);
    expect(motionAbout(IDENTITY_TRANSFORM, SHIFT).rotationLpsDeg).toEqual([0, 0, 0]);
  });
});

describe('the report', () => {
  const input = reportInput({
    fsT2: syntheticSeries({ name: 'FS-T2WI' }),
    ceT1: syntheticSeries({ name: 'CE-T1WI', attributes: { SeriesInstanceUID: '1.2.3.9' } }),
  });
  const written = (changes: Partial<ReportInput['analysis']>) =>
    buildMeasurementReport({ ...input, analysis: { ...input.analysis, ...changes } });

  it.each([
    ['notReviewed', 'REGNOREVIEW'],
    ['accepted', 'REGACCEPTED'],
    ['identityByChoice', 'REGIDENTITY'],
  ] as const)('says %s as a code', (review, value) => {
    const { registration } = input.analysis;
    const report = written({ registration: { ...registration, review } });
    expect(reviewCodes(report.part10)).toEqual([value]);
  });

  it('has the same UIDs once the registration was accepted', () => {
    const before = written({});
    const after = written(accepted(input.analysis));
    expect(after.sopInstanceUid).toBe(before.sopInstanceUid);
    expect(after.seriesInstanceUid).toBe(before.seriesInstanceUid);
    expect(reviewCodes(after.part10)).toEqual(['REGACCEPTED']);
  });
});

function reviewCodes(part10: Uint8Array): string[] {
  const below = (item: DicomDataset): string[] => {
    const isReview = code(item, 'ConceptNameCodeSequence')?.value === 'REGREVIEW';
    const own = isReview ? [code(item, 'ConceptCodeSequence')?.value ?? 'no code'] : [];
    return [...own, ...sequence(item, 'ContentSequence').flatMap(below)];
  };
  return below(parseInstance(Uint8Array.from(part10).buffer).dataset);
}
