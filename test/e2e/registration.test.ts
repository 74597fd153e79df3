/** A registration is looked at, and accepted, or rejected and replaced by the scanner's positions. */
import { simulateStudy } from '../../demo/simulateStudy';
import { DEMO_STUDIES } from '../../demo/studies';
import { writeStudy } from '../../demo/writeStudy';
import { storeFiles } from '../../server/stow';
import { code, sequence } from '../../src/dicom/attributes';
import { parseInstance } from '../../src/dicom/instance';
import type { DicomDataset } from '../../src/dicom/series';
import { centreOfMask } from '../../src/register/rigidMotion';
import { applyToPoint, invertAffine } from '../../src/volume/geometry';
import { instancesIn, retrieve } from './harness/archive';
import { giveAge, openInMode, store } from './harness/panel';
import { clickAt, crosshairIn, likeness, picture, pictureIn, type Point } from './harness/review';
import { waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const [, { options, ids }] = DEMO_STUDIES;
const study = simulateStudy(options);
const { fsT2ToCeT1, tumourCentreMm } = study.truth;
/** The smaller voxel edge of the two series. */
const VOXEL_MM = Math.min(study.fsT2.volume.grid.spacingMm[0], study.ceT1.volume.grid.spacingMm[0]);

describe('the check of the registration', () => {
  const viewerTest = viewerTests((server) =>
    storeFiles(server.dicomweb, writeStudy(study, ids).values()),
  );

  viewerTest(
    'shows both series, links their points, and offers the scanner geometry',
    async ({ page, server, errors, screenshot }) => {
      // Nothing moves by itself for who asks for that: the flicker waits for a press of Swap.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await openInMode(page, server.url, ids.study);
      await waitUntilRendered(page);
      await giveAge(page, 47);
      await page.getByTestId('sts-analyse').click();
      await page.getByTestId('sts-review').waitFor();

      // Numbers, as soon as the series are registered.
      const shift = Number(await page.getByTestId('sts-review-shift').textContent());
      const centre = centreOfMask(study.truth.habitats);
      const moved = distance(applyToPoint(fsT2ToCeT1, centre), centre);
      expect(Math.abs(shift - moved)).toBeLessThan(VOXEL_MM);
      expect(await page.getByTestId('sts-review-metric').textContent()).toMatch(
        /^\d\.\d{3} before, \d\.\d{3} after$/,
      );
      await page.getByTestId('sts-review').scrollIntoViewIfNeeded();
      await screenshot('check of the registration during the run');

      // The picture is the one series, the other, or both in fields.
      await page.getByText('Tumour outline').click();
      const first = await pictureIn(page, 'flicker');
      await page.getByTestId('sts-review-swap').click();
      const second = await picture(page);
      const fields = await pictureIn(page, 'checkerboard');
      expect(likeness(first, second)).toBeLessThan(0.6);
      const [alike, other] = [likeness(fields, first), likeness(fields, second)];
      expect(alike).toBeGreaterThan(likeness(first, second));
      expect(other).toBeGreaterThan(likeness(first, second));
      const either = fields.filter(
        (value, i) => Math.abs(value - first[i]) <= 2 || Math.abs(value - second[i]) <= 2,
      );
      expect(either.length / fields.length).toBeGreaterThan(0.97);
      await page.getByText('Tumour outline').click();

      // The crosshair lands on the same point of the patient.
      const besideTumour: Point = [
        tumourCentreMm[0] + 12,
        tumourCentreMm[1] - 9,
        tumourCentreMm[2],
      ];
      await clickAt(page, 'sts-fsT2', besideTumour);
      const [fixed, moving] = [
        await crosshairIn(page, 'sts-fsT2'),
        await crosshairIn(page, 'sts-ceT1'),
      ];
      expect(distance(moving.world, applyToPoint(fsT2ToCeT1, fixed.world))).toBeLessThan(VOXEL_MM);
      await clickAt(page, 'sts-ceT1', applyToPoint(fsT2ToCeT1, tumourCentreMm));
      const [back, from] = [
        await crosshairIn(page, 'sts-fsT2'),
        await crosshairIn(page, 'sts-ceT1'),
      ];
      expect(distance(back.world, applyToPoint(invertAffine(fsT2ToCeT1), from.world))).toBeLessThan(
        VOXEL_MM,
      );
      await page.getByTestId('sts-review-in-images').check();
      await screenshot('check of the registration with crosshair');
      await page.getByTestId('sts-review-in-images').uncheck();

      // Rejected for the scanner's positions: the report says so.
      await page.getByTestId('sts-review-reject').click();
      await screenshot('registration rejected');
      await page.getByTestId('sts-review-identity').click();
      await page.locator('[data-review="identityByChoice"]').waitFor();
      await page.getByTestId('sts-cancel').waitFor({ state: 'detached' });
      await page.getByTestId('sts-nomogram').locator('summary').first().click();
      await screenshot('scanner geometry by choice');
      await store(page, 'sts-store');
      // The viewer lists what was stored, without a reload.
      await page.getByText('STS habitat RPRS report').first().waitFor();
      const [report] = await instancesIn(server.dicomweb, ids.study, 'SR');
      expect(reviewIn(await retrieve(report))).toEqual(['REGIDENTITY']);
      expect(errors).toEqual([]);
    },
  );

  viewerTest(
    'an accepted registration is stated in the panel and in the stored report',
    async ({ page, server, errors, screenshot }) => {
      await openInMode(page, server.url, ids.study);
      await waitUntilRendered(page);
      await giveAge(page, 47);
      await page.getByTestId('sts-analyse').click();
      await page.getByTestId('sts-review').waitFor();
      // Before the result is there: what was said of the run holds for its result.
      await page.getByTestId('sts-review-accept').click();
      await page.locator('[data-review="accepted"]').waitFor();
      await page.getByTestId('sts-cancel').waitFor({ state: 'detached' });
      await page.getByTestId('sts-provenance').locator('summary').click();
      expect(await page.getByTestId('sts-provenance-review').textContent()).toBe(
        'Accepted by the user',
      );
      await screenshot('registration accepted');
      await store(page, 'sts-store');
      const reports = await instancesIn(server.dicomweb, ids.study, 'SR');
      const reviews = await Promise.all(reports.map(async (one) => reviewIn(await retrieve(one))));
      expect(reviews.flat().sort()).toEqual(['REGACCEPTED', 'REGIDENTITY']);
      expect(errors).toEqual([]);
    },
  );
});

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function reviewIn(part10: Uint8Array): string[] {
  const below = (item: DicomDataset): string[] => {
    const isReview = code(item, 'ConceptNameCodeSequence')?.value === 'REGREVIEW';
    const own = isReview ? [code(item, 'ConceptCodeSequence')?.value ?? 'no code'] : [];
    return [...own, ...sequence(item, 'ContentSequence').flatMap(below)];
  };
  return below(parseInstance(Uint8Array.from(part10).buffer).dataset);
}
