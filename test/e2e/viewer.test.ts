/** The viewer as `npm start` serves it, before anything is analysed. */
import { describeWithShared, sharedPath } from '../shared';
import { storeFiles } from '../../server/stow';
import { filesBelow, studiesIn } from './harness/archive';
import { waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

describeWithShared('a study of the archive', () => {
  const viewerTest = viewerTests((server) =>
    storeFiles(server.dicomweb, filesBelow(sharedPath('data/sts-pairs/STS_018'))),
  );

  viewerTest('stands in the study list', async ({ page, server, errors }) => {
    await page.goto(server.url);
    await page.getByText('STS_018').first().waitFor();
    expect(errors).toEqual([]);
  });

  for (const { route, name } of [
    { route: 'viewer', name: "the viewer's own mode" },
    { route: 'sts-habitat', name: 'the STS habitat mode' },
  ])
    viewerTest(`opens in ${name}`, async ({ page, server, errors }) => {
      const [study] = await studiesIn(server.dicomweb);
      await page.goto(`${server.url}/${route}?StudyInstanceUIDs=${study}`);
      await waitUntilRendered(page);
      expect(errors).toEqual([]);
    });
});
