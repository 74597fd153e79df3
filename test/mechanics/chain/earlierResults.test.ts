import { earlierResultOf, earlierResultsAmong, uidsAfter } from '../../../src/chain/earlierResults';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import { parseInstance } from '../../../src/dicom/instance';
import type { DicomInstance } from '../../../src/dicom/instance';
import type { ReportInput } from '../../../src/dicom/outputTypes';
import { arrayBuffer, syntheticSeries } from '../dicom/synthetic';
import { labelsFor, testUids } from '../dicom/syntheticLabels';
import { TEST_MODEL, reportInput } from '../dicom/syntheticReport';

const series = { fsT2: syntheticSeries({}), ceT1: syntheticSeries({ name: 'second' }) };
const { tumour } = labelsFor(series.fsT2);

function stored(changes: Partial<ReportInput> = {}): {
  input: ReportInput;
  files: DicomInstance[];
} {
  const uids = changes.uids ?? testUids();
  const input = reportInput(series, { ...changes, uids }, { uids });
  const files = [input.segmentation, buildMeasurementReport(input)].map(({ part10 }) =>
    parseInstance(arrayBuffer(part10)),
  );
  return { input, files };
}

test('the newest result of the lesion is found among other objects', () => {
  const first = stored();
  const { uids } = first.input;
  const second = stored({
    uids: { ...testUids('again'), tracking: uids.tracking },
    // The clock was set back in between.
    when: new Date(2025, 11, 24),
    predecessor: {
      studyInstanceUid: series.fsT2.studyInstanceUid,
      seriesInstanceUid: uids.srSeries,
      sopClassUid: '1.2.840.10008.5.1.4.1.1.88.34',
      sopInstanceUid: uids.srInstance,
    },
  });
  // An archive may hold the same object twice.
  const earlier = earlierResultsAmong([...first.files, ...second.files, ...first.files]);
  expect(earlier.map(({ report }) => report.identity.sopInstanceUid)).toEqual([
    second.input.uids.srInstance,
    uids.srInstance,
  ]);
  expect(earlierResultOf(tumour, series.fsT2, earlier)).toBe(earlier[0].report);
});

test('a result of another lesion is no predecessor', () => {
  const other = tumour.map((value) => 1 - value);
  const earlier = earlierResultsAmong(stored().files);
  expect(earlierResultOf(other, series.fsT2, earlier)).toBeNull();
});

test('without its segmentation, a result counts as one of the lesion', () => {
  const [, report] = stored().files;
  const [earlier] = earlierResultsAmong([report]);
  expect(earlier.segmentation).toBeNull();
  expect(earlierResultOf(tumour, series.fsT2, [earlier])).toBe(earlier.report);
});

test('tracking UIDs are kept, those of habitats under the same model only; all others are new', () => {
  const { input, files } = stored();
  const [{ report }] = earlierResultsAmong(files);
  const same = uidsAfter(report, TEST_MODEL.hash);
  expect(same.tracking).toEqual(input.uids.tracking);
  expect(same.srInstance).not.toBe(input.uids.srInstance);
  expect(same.segInstance).not.toBe(input.uids.segInstance);
  const { tracking } = uidsAfter(report, `sha256:${'cd'.repeat(32)}`);
  expect(tracking.tumour).toEqual(input.uids.tracking.tumour);
  expect(tracking.habitat1.uid).not.toBe(input.uids.tracking.habitat1.uid);
});
