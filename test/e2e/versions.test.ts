/** What we stored, in every viewer version that is supported: SEG, SR and panel. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { storeFiles } from '../../server/stow';
import pinned from '../../server/viewer.json';
import { buildMeasurementReport } from '../../src/dicom/measurementReport';
import type { ReportInput } from '../../src/dicom/outputTypes';
import { readImageSeries } from '../../src/dicom/readSeries';
import { newUid } from '../../src/dicom/uid';
import type { Mat3, Vec3 } from '../../src/volume/volume';
import {
  AXIAL,
  CORONAL,
  OBLIQUE,
  SAGITTAL,
  syntheticInstances,
} from '../mechanics/dicom/synthetic';
import { testUids } from '../mechanics/dicom/syntheticLabels';
import { reportInput, withoutScore } from '../mechanics/dicom/syntheticReport';
import { placementIn } from './harness/placement';
import { loadSegmentation, showInViewport, waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';
import others from './viewers.json';

/** Both series, a SEG of five overlapping segments, and an SR. */
function storedResult(
  name: string,
  size: Vec3,
  direction: Mat3,
  study: string,
  change = (input: ReportInput) => input,
) {
  const common = {
    StudyInstanceUID: study,
    FrameOfReferenceUID: newUid(),
    PatientID: 'SIM-VERSIONS',
    PatientName: 'SIMULATED^Versions',
  };
  const files = ['AX T2 FS', 'AX T1 FS +C'].map((SeriesDescription, i) =>
    syntheticInstances({
      name: `${name} ${SeriesDescription}`,
      size,
      direction,
      attributes: { ...common, SeriesDescription, SeriesNumber: String(i + 1) },
    }),
  );
  const [fsT2, ceT1] = files.map((instances) => readImageSeries(instances, name));
  const uids = testUids(name);
  const input = change(reportInput({ fsT2, ceT1 }, { uids }, { uids }));
  const report = buildMeasurementReport(input);
  const seg = input.segmentation;
  const images = files.flat().map(({ part10 }) => new Uint8Array(part10));
  return { name, study, seg, report, files: [...images, seg.part10, report.part10] };
}

/** Rows x columns: a multiple of 8 (BINARY), odd and even (FRACTIONAL). */
const AXIAL_STUDY = storedResult('axial', [64, 52, 12], AXIAL, newUid());
const study = newUid();
const TILTED = [
  storedResult('oblique', [61, 51, 11], OBLIQUE, study, withoutScore),
  storedResult('sagittal', [62, 49, 12], SAGITTAL, study),
  storedResult('coronal', [50, 64, 9], CORONAL, study),
];

/** The tour of OHIF 3.11 and 3.12 looks for an image before there is one. */
const TOUR = /supplied to advanceOn|this Shepherd step was not found/;

const VERSIONS = [others[0], others[1], pinned, others[2]].map(({ version }) => version);

for (const version of VERSIONS) {
  const isThere = existsSync(path.resolve('.data/viewer', version, 'index.html'));
  const title = `OHIF ${version}`;
  if (!isThere) {
    describe.skip(`${title} (skipped: it could not be fetched)`, () => {
      test('is not there', () => undefined);
    });
    continue;
  }
  describe(title, () => {
    const viewerTest = viewerTests(
      async (server) => {
        for (const { files } of [AXIAL_STUDY, ...TILTED]) await storeFiles(server.dicomweb, files);
      },
      { STS_VIEWER_VERSION: version },
    );
    const ofTheViewer = (errors: readonly string[]): string[] =>
      errors.filter((error) => !TOUR.test(error));

    viewerTest('loads our SEG and shows our SR as text', async (scene) => {
      const { page, server, errors, screenshot } = scene;
      const { seg, report } = AXIAL_STUDY;
      await page.goto(`${server.url}/viewer?StudyInstanceUIDs=${AXIAL_STUDY.study}`);
      await waitUntilRendered(page);
      expect(await loadSegmentation(page, seg.sopInstanceUid)).toEqual(placementIn(seg.part10));
      await showInViewport(page, report.sopInstanceUid);
      await page.getByText('Radiomics progression risk score').first().waitFor();
      await page.getByText('For research use only').first().waitFor();
      await screenshot(`sr-${version}`);
      expect(ofTheViewer(errors)).toEqual([]);
    });

    viewerTest(
      'loads our SEG on oblique, sagittal and coronal grids, and a report without a score',
      async (scene) => {
        const { page, server, errors, screenshot } = scene;
        await page.goto(`${server.url}/viewer?StudyInstanceUIDs=${study}`);
        await waitUntilRendered(page);
        for (const { seg } of TILTED)
          expect(await loadSegmentation(page, seg.sopInstanceUid)).toEqual(placementIn(seg.part10));
        // A result without a score: the text view passes over numbers without a value.
        await showInViewport(page, TILTED[0].report.sopInstanceUid);
        await page.getByText('Not evaluable').first().waitFor();
        await page.getByText('RPRS_NOT_EVALUABLE').first().waitFor();
        await screenshot(`sr-no-score-${version}`);
        expect(ofTheViewer(errors)).toEqual([]);
      },
    );

    viewerTest('shows our panel', async ({ page, server, errors, screenshot }) => {
      await page.goto(`${server.url}/sts-habitat?StudyInstanceUIDs=${AXIAL_STUDY.study}`);
      await page.getByTestId('sts-panel').waitFor();
      await waitUntilRendered(page);
      await screenshot(`panel-${version}`);
      expect(ofTheViewer(errors)).toEqual([]);
    });
  });
}
