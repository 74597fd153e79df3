import { readImageSeries } from '../../../src/dicom/readSeries';
import { describeWithShared, sharedPath } from '../../shared';
import { readInstances, readNifti } from './reference';

/** The IBSI cases come as DICOM and, from another program, as NIfTI: voxels and places must agree. */
const CASES = ['STS_002', 'STS_015', 'STS_018'].flatMap((patient) =>
  ['MR_T1', 'PET'].map((series) => ({ patient, series })),
);

describeWithShared('DICOM series against the NIfTI of the same images', () => {
  test.each(CASES)('$patient $series', ({ patient, series }) => {
    const read = readImageSeries(
      readInstances(sharedPath(`data/sts/${patient}/dicom/${series}/image`)),
      series,
    );
    const nifti = readNifti(sharedPath(`data/sts/${patient}/nifti/${series}_image.nii.gz`));
    const { grid, data } = read.volume;

    expect(grid.size).toEqual(nifti.size);
    // MR has no rescaling and is exact; PET is rescaled, and float32 rounds its last bit.
    const largest = Array.from(data).reduce((m, value) => Math.max(m, Math.abs(value)), 0);
    let worst = 0;
    for (let i = 0; i < data.length; i++)
      worst = Math.max(worst, Math.abs(data[i] - nifti.data[i]));
    expect(worst).toBeLessThanOrEqual(series === 'PET' ? largest * 2 ** -23 : 0);

    // NIfTI is RAS: x and y change sign. Its affine is float32.
    const [a, , , tx, , e, , ty, , , i, tz] = nifti.affine;
    expect(grid.direction).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(grid.spacingMm[0]).toBeCloseTo(-a, 5);
    expect(grid.spacingMm[1]).toBeCloseTo(-e, 5);
    expect(grid.spacingMm[2]).toBeCloseTo(i, 5);
    expect(grid.originMm[0]).toBeCloseTo(-tx, 4);
    expect(grid.originMm[1]).toBeCloseTo(-ty, 4);
    expect(grid.originMm[2]).toBeCloseTo(tz, 4);
  });
});
