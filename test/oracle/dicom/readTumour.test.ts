import { parseInstance } from '../../../src/dicom/instance';
import { readImageSeries } from '../../../src/dicom/readSeries';
import { listTumours, readTumour } from '../../../src/dicom/readTumour';
import { describeWithShared, sharedPath } from '../../shared';
import { readBytes, readInstances, readNifti } from './reference';

function differences(mask: Uint8Array, reference: ArrayLike<number>): number {
  return mask.reduce((sum, value, i) => sum + (value === (reference[i] ? 1 : 0) ? 0 : 1), 0);
}

const CASES = ['STS_002', 'STS_015', 'STS_018'].flatMap((patient) =>
  ['MR_T1', 'PET'].map((series) => ({ patient, series })),
);

describeWithShared('RTSTRUCT contours against the IBSI masks, voxel for voxel', () => {
  test.each(CASES)('$patient $series', ({ patient, series }) => {
    const folder = sharedPath(`data/sts/${patient}/dicom/${series}`);
    const images = readImageSeries(readInstances(`${folder}/image`), series);
    const objects = readInstances(`${folder}/mask`);
    const [tumour] = listTumours(objects);
    expect(tumour).toMatchObject({ kind: 'rtstruct', label: `GTV_Mass_${series}`, number: 1 });
    // The referenced instances are not among the images; series and frame of reference are.
    expect(tumour.referencedSeriesUid).toBe(images.seriesInstanceUid);

    const mask = readTumour(
      { kind: 'rtstruct', seriesInstanceUid: tumour.seriesInstanceUid, roiNumber: tumour.number },
      objects,
      images,
    );
    const nifti = readNifti(sharedPath(`data/sts/${patient}/nifti/${series}_mask.nii.gz`));
    expect(differences(mask.data, nifti.data)).toBe(0);
  });
});

describeWithShared('SEG of the simulated pairs against the true mask, voxel for voxel', () => {
  test.each(['STS_002', 'STS_015', 'STS_018'])('%s', (patient) => {
    const folder = sharedPath(`data/sts-pairs/${patient}`);
    const images = readImageSeries(readInstances(`${folder}/FS-T2WI`), 'FS-T2WI');
    const objects = [parseInstance(readBytes(`${folder}/tumour-seg.dcm`))];
    const [tumour] = listTumours(objects);

    const mask = readTumour(
      { kind: 'seg', seriesInstanceUid: tumour.seriesInstanceUid, segmentNumber: tumour.number },
      objects,
      images,
    );
    const nifti = readNifti(`${folder}/truth/tumour_on_FS-T2WI.nii.gz`);
    expect(differences(mask.data, nifti.data)).toBe(0);
  });
});
