/** Which BINARY SEG objects the pinned viewer loads: docs/decisions/0002. */
import { storeFiles } from '../../server/stow';
import { binarySegmentation, gridPhantom, part10Of } from './harness/gridPhantom';
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
  return { ...grid, phantom, odd, even };
});

describe('a BINARY SEG that is opened in the viewer', () => {
  const viewerTest = viewerTests(async (server) => {
    for (const { phantom, odd, even } of GRIDS)
      await storeFiles(server.dicomweb, part10Of([...phantom.slices, odd.dataset, even.dataset]));
  });

  for (const { rows, columns, remainder, phantom, odd, even } of GRIDS)
    viewerTest(
      `${rows} x ${columns} (remainder ${remainder} of 8): voxels are exact with an even byte count, and it is refused with an odd one`,
      async ({ page, server }) => {
        expect((rows * columns) % 8).toBe(remainder);
        await page.goto(`${server.url}/viewer?StudyInstanceUIDs=${phantom.study}`);
        await waitUntilRendered(page);
        expect(await loadSegmentation(page, String(even.dataset['SOPInstanceUID']))).toEqual({
          1: even.voxels,
        });
        await expect(loadSegmentation(page, String(odd.dataset['SOPInstanceUID']))).rejects.toThrow(
          'could not load the SEG',
        );
      },
    );
});
