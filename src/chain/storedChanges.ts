import type { SeriesGeometry } from '../dicom/seriesGeometry';
import type { ReferencedImages, StoredReport } from '../dicom/sr/readReport';
import { SEQUENCE_LABELS } from '../dicom/seriesRoles';
import { SEQUENCES } from '../model/schema';
import { voxelVolumeMm3 } from '../volume/volume';
import { UNLABELLED_TUMOUR } from '../regions/regionsOnSeries';
import type { SequenceId } from '../model/schema';
import type { StoredOverlays } from './storedOverlays';
import type { SeriesNow } from './storedResult';

/** What differs between the study as it was analysed and as it is now, a sentence each. */
export function changesSince(
  report: StoredReport,
  series: SeriesNow,
  drawn: StoredOverlays | null,
): string[] {
  const images = SEQUENCES.flatMap((sequence, i) => {
    const used = report.images.at(i);
    return used ? seriesChange(sequence, used, series[sequence]) : [];
  });
  return [...images, ...segmentationChange(report, drawn, images.length > 0)];
}

function seriesChange(
  sequence: SequenceId,
  used: ReferencedImages,
  now: SeriesGeometry | null,
): string[] {
  const label = SEQUENCE_LABELS[sequence];
  if (!now) {
    return [
      `The ${label} series that this result was computed from is no longer in the study: analyse again.`,
    ];
  }
  const [before, after] = [new Set(used.sopInstanceUids), new Set(now.sopInstanceUids)];
  const gone = [...before].filter((uid) => !after.has(uid)).length;
  const added = [...after].filter((uid) => !before.has(uid)).length;
  if (gone === 0 && added === 0) return [];
  const parts = [
    ...(gone > 0 ? [`${gone} of ${before.size} are gone`] : []),
    ...(added > 0 ? [`${added} ${added === 1 ? 'is' : 'are'} new`] : []),
  ];
  return [
    `The images of the ${label} series "${now.description}" have changed since this result was computed (${parts.join(', ')}): analyse again.`,
  ];
}

function segmentationChange(
  report: StoredReport,
  drawn: StoredOverlays | null,
  imagesChanged: boolean,
): string[] {
  if (!drawn) {
    return [
      'The segmentation of this result is no longer in the archive, so the habitats cannot be shown in the images: analyse again.',
    ];
  }
  const wanted = report.regions.tumour?.volumeMm3 ?? 0;
  if (imagesChanged || drawn.labels === null) return [];
  const voxels = drawn.labels.data.filter((label) => label >= 1 && label <= UNLABELLED_TUMOUR);
  const found = voxels.length * voxelVolumeMm3(drawn.labels.grid);
  // Half a percent: positions and spacings are written with few digits.
  if (drawn.lostFrames === 0 && Math.abs(found - wanted) <= 0.005 * wanted) return [];
  return [
    'The segmentation of this result is not the one that its numbers were computed from: analyse again, and ask the archive’s administrator whether it changes objects.',
  ];
}
