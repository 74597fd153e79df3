/** Which SEG objects the pinned viewer loads, and where it puts their voxels: docs/decisions/0002. */
import { storeFiles } from '../../server/stow';
import { parseInstance } from '../../src/dicom/instance';
import { readImageSeries } from '../../src/dicom/readSeries';
import { buildSegmentation } from '../../src/dicom/segmentation';
import { newObjectUids } from '../../src/dicom/uid';
import { segmentationInput } from '../mechanics/dicom/syntheticLabels';
import { binarySegmentation, gridPhantom, part10Of, type GridPhantom } from './harness/gridPhantom';
import { placementIn } from './harness/placement';
import { loadSegmentation, waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const FRAMES = 3;
const MOST_EMPTY_FRAMES = 8;
const GRIDS = [
  { rows: 52, columns: 62, remainder: 0 },
  { rows: 51, columns: 61, remainder: 7 },
  { rows: 49, columns: 65, remainder: 1 },
  { rows: 50, columns: 62, remainder: 4 },
].map((grid) => {
  const phantom = gridPhantom(grid.rows, grid.columns, FRAMES + MOST_EMPTY_FRAMES);
  const candidates = Array.from({ length: MOST_EMPTY_FRAMES + 1 }, (_, emptyFrames) =>
    binarySegmentation(phantom, FRAMES, emptyFrames),
  );
  const odd = candidates.find(({ byteLength }) => byteLength % 2 === 1);
  const even = candidates.find(({ byteLength }) => byteLength % 2 === 0);
  if (!odd || !even) throw new Error('both kinds exist on every grid');
  return { ...grid, phantom, odd, even, ours: written(phantom) };
});

/** Five overlapping segments by our own writer. */
function written(phantom: GridPhantom) {
  const instances = part10Of(phantom.slices).map((part10) =>
    parseInstance(Uint8Array.from(part10).buffer),
  );
  const series = readImageSeries(instances, 'FS-T2WI');
  return buildSegmentation(segmentationInput(series, { uids: newObjectUids() }));
}

describe('a SEG that is opened in the viewer', () => {
  const viewerTest = viewerTests(async (server) => {
    for (const { phantom, odd, even, ours } of GRIDS)
      await storeFiles(server.dicomweb, [
        ...part10Of([...phantom.slices, odd.dataset, even.dataset]),
        ours.part10,
      ]);
  });

  for (const { rows, columns, remainder, phantom, odd, even, ours } of GRIDS)
    viewerTest(
      `on a grid of ${rows} x ${columns}, ${remainder} bits over whole bytes`,
      async ({ page, server }) => {
        expect((rows * columns) % 8).toBe(remainder);
        await page.goto(`${server.url}/viewer?StudyInstanceUIDs=${phantom.study}`);
        await waitUntilRendered(page);
        expect(await loadSegmentation(page, ours.sopInstanceUid)).toEqual(placementIn(ours.part10));

        const binary = await loadSegmentation(page, String(even.dataset['SOPInstanceUID']));
        if (remainder === 0) expect(binary).toEqual(even.placement);
        else expect(binary).not.toEqual(even.placement);
        await expect(loadSegmentation(page, String(odd.dataset['SOPInstanceUID']))).rejects.toThrow(
          'could not load the SEG',
        );
      },
    );
});
