/** `sts-habitat analyse --store` twice over one archive: the second result follows the first. */
import { simulateStudy } from '../../demo/simulateStudy';
import { studyIds } from '../../demo/studyIds';
import { writeStudy } from '../../demo/writeStudy';
import { storeFiles } from '../../server/stow';
import { parseInstance } from '../../src/dicom/instance';
import { readReport } from '../../src/dicom/sr/readReport';
import { reportIdentity } from '../../src/dicom/sr/reportIdentity';
import { instancesIn, retrieve } from './harness/archive';
import { stsHabitatAside } from './harness/command';
import { startServer, type TestServer } from './harness/server';

const IDS = studyIds('stored twice');
const GRID = { columns: 128, rows: 112, slices: 20, inPlaneMm: 1.5, sliceSpacingMm: 6 };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  const study = simulateStudy({ seed: 3, grids: { fsT2: GRID, ceT1: GRID } });
  await storeFiles(server.dicomweb, [...writeStudy(study, IDS).values()]);
});
afterAll(() => server.stop());

function analyseAndStore(): Promise<void> {
  return stsHabitatAside(
    'analyse',
    ...['--dicomweb', server.dicomweb, '--study', IDS.study, '--age', '61'],
    ...['--model', 'models/demonstration.json', '--store'],
  );
}

async function reports() {
  const found = await instancesIn(server.dicomweb, IDS.study, 'SR');
  const files = await Promise.all(found.map(retrieve));
  return files.map((file) => {
    const { dataset } = parseInstance(new Uint8Array(file).buffer);
    const { tracking, segmentation } = readReport(dataset);
    return { ...reportIdentity(dataset), tracking, segmentation };
  });
}

test('a second run writes a new report that names the first one and keeps the tracking UIDs', async () => {
  const contours = await instancesIn(server.dicomweb, IDS.study, 'SEG');
  await analyseAndStore();
  const [first, ...others] = await reports();
  expect(others).toEqual([]);
  expect(first.predecessors).toEqual([]);

  await analyseAndStore();
  const all = await reports();
  expect(all).toHaveLength(2);
  const second = all.find(({ sopInstanceUid }) => sopInstanceUid !== first.sopInstanceUid);
  expect(second?.predecessors).toEqual([first.sopInstanceUid]);
  expect(second?.tracking).toEqual(first.tracking);
  expect(second?.seriesInstanceUid).not.toBe(first.seriesInstanceUid);
  const segmentations = await instancesIn(server.dicomweb, IDS.study, 'SEG');
  expect(segmentations.map(({ instance }) => instance).sort()).toEqual(
    [
      ...contours.map(({ instance }) => instance),
      first.segmentation.sopInstanceUid,
      second?.segmentation.sopInstanceUid,
    ].sort(),
  );
});
