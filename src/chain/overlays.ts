import type { ImageSeries } from '../dicom/series';
import type { LabelMap } from '../volume/volume';
import type { OverlayPlane } from './analysis';

/** One plane for each image of the series that shows a label; `labels` on the series' grid. */
export function overlayPlanes({ slices, volume }: ImageSeries, labels: LabelMap): OverlayPlane[] {
  const [columns, rows] = volume.grid.size;
  return slices.flatMap(({ sopInstanceUid, frameNumber }, z) => {
    const plane = labels.data.slice(z * rows * columns, (z + 1) * rows * columns);
    const isEmpty = plane.every((label) => label === 0);
    const frame = frameNumber === undefined ? {} : { frameNumber };
    return isEmpty ? [] : [{ sopInstanceUid, ...frame, rows, columns, labels: plane }];
  });
}
