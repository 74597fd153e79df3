/** The whole way of a study: analyse, store, read back, validate, reload, load the stored SEG. */
import { DEMO_STUDIES, demoStudyFiles } from '../../demo/studies';
import { storeFiles } from '../../server/stow';
import { pairRequest } from '../fixtures/stsPair';
import { demonstrationModel, demoRequest, runChain } from '../fixtures/wholeChain';
import { describeWithShared, sharedPath } from '../shared';
import { reportComplaints, segmentationComplaints, withFiles } from '../oracle/dicom/validators';
import {
  filesBelow,
  instancesIn,
  retrieve,
  studiesIn,
  type StoredInstance,
} from './harness/archive';
import { reportFigures } from './harness/figures';
import { watchMainThread } from './harness/mainThread';
import { analyse, giveAge, openInMode, store } from './harness/panel';
import { placementIn } from './harness/placement';
import { loadSegmentation, waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const STUDIES = [
  {
    name: 'demo study 2',
    group: describe,
    files: () => [...demoStudyFiles(DEMO_STUDIES[1]).values()],
    request: () => demoRequest(DEMO_STUDIES[1]),
  },
  {
    name: 'STS_018, real anatomy',
    group: describeWithShared,
    files: () => filesBelow(sharedPath('data/sts-pairs/STS_018')),
    request: () => pairRequest('STS_018', demonstrationModel),
  },
];

for (const { name, group, files, request } of STUDIES)
  group(name, () => {
    const viewerTest = viewerTests((server) => storeFiles(server.dicomweb, files()));

    viewerTest(
      `${name}: what is analysed and stored is valid and comes back voxel for voxel`,
      async ({ page, server, errors, screenshot }) => {
        const [study] = await studiesIn(server.dicomweb);
        const contours = await uids(server.dicomweb, study);
        await openInMode(page, server.url, study);
        await waitUntilRendered(page);
        await giveAge(page, 61);

        const began = performance.now();
        const { result: stages, blocking } = await watchMainThread(page, () => analyse(page));
        reportFigures(`analysis of ${name}`, [
          ...stages,
          `Analyse to results: ${((performance.now() - began) / 1000).toFixed(1)} s`,
          `main thread blocked by our code for at most ${blocking.ours}`,
          `longest task of all: ${blocking.all}`,
        ]);

        await store(page, 'sts-store');
        await screenshot(`results of ${name}`);
        const segmentations = await instancesIn(server.dicomweb, study, 'SEG');
        const ours = segmentations.filter(({ instance }) => !contours.has(instance));
        const reports = await instancesIn(server.dicomweb, study, 'SR');
        expect([ours.length, reports.length]).toEqual([1, 1]);
        const objects = await Promise.all([ours[0], reports[0]].map(retrieve));
        const complaints = withFiles(objects, ([segmentation, report]) => [
          ...segmentationComplaints(segmentation),
          ...reportComplaints(report),
        ]);
        expect(complaints).toEqual([]);
        expect(errors).toEqual([]);

        const { result } = await runChain(request());
        const inNode = result.objects.find(({ kind }) => kind === 'SEG');
        if (!inNode) throw new Error('Node made no SEG.');
        expect(placementIn(objects[0])).toEqual(placementIn(inNode.part10));

        await page.reload();
        await waitUntilRendered(page);
        expect(await loadSegmentation(page, ours[0].instance)).toEqual(placementIn(objects[0]));
      },
    );
  });

async function uids(dicomweb: string, study: string): Promise<Set<string>> {
  const found: StoredInstance[] = await instancesIn(dicomweb, study, 'SEG');
  return new Set(found.map(({ instance }) => instance));
}
