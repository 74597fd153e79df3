import { readFileSync } from 'node:fs';
import { estimateBiasField } from '../../../src/biasField/correctBiasField';
import { N4_DEFAULTS } from '../../../src/biasField/n4Settings';
import { SILENT_RUN } from '../../../src/chain/stage';
import { readImage } from '../../../src/io/readImage';
import { describeWithShared, sharedPath } from '../../shared';
import { compareFields } from '../../fixtures/biasField';

/**
 * ITK 5.2.1 on the simulated pairs: Otsu mask, shrink 4,4,1, iterations 50,50,50,50, convergence
 * 0.001, 4 control points, 200 bins, FWHM 0.15, noise 0.01.
 */
const SERIES = ['STS_002', 'STS_015', 'STS_018'].flatMap((patient) =>
  ['FS-T2WI', 'CE-T1WI'].map((name) => `data/sts-pairs/${patient}/native/${name}`),
);

/**
 * ITK sums some 10^4 single-precision products per control point (1e-6 relative) and feeds the sums
 * back through up to 150 iterations: its last figures are noise at the level of 1e-5.
 */
const RMS_TOLERANCE = 1e-4;

describeWithShared('the log field of N4, against ITK 5.2.1', () => {
  test.each(SERIES)('%s', async (series) => {
    const image = read(`${series}.nii.gz`);
    const reference = read(`${series}_n4_log_bias.nii.gz`);
    const volume = { stage: 'native', grid: image.grid, data: image.data } as const;
    const { logField } = await estimateBiasField(volume, N4_DEFAULTS, {}, SILENT_RUN);
    const { rms, correlation } = compareFields(logField, reference.data);
    expect(rms).toBeLessThan(RMS_TOLERANCE);
    expect(correlation).toBeGreaterThan(0.999999);
  });
});

function read(name: string) {
  return readImage(readFileSync(sharedPath(name)), name);
}
