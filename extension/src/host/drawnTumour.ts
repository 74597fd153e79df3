import type { TumourSource } from '../../../src/chain/analysis';
import { InputError } from '../../../src/chain/errors';
import type { Cornerstone, CornerstoneImage, SegmentationService } from '../host';
import type { TumourChoice } from '../services/session';
import { sopInstanceUidOf } from './sopInstanceUid';

type DrawnPlane = Extract<TumourSource, { kind: 'drawn' }>['planes'][number];

/**
 * Reads a segment from the viewer, image by image. A labelmap image names the image that it lies on;
 * positions in lists are never used, because the viewer orders slices differently in different places.
 * @throws InputError MASK_EMPTY, MASK_UNREADABLE
 */
export function readDrawnTumour(
  choice: TumourChoice,
  seriesInstanceUid: string,
  segmentations: Pick<SegmentationService, 'getSegmentation'>,
  cornerstone: Cornerstone,
): TumourSource {
  if (choice.source.kind !== 'viewer') throw new Error('A stored tumour is read in the worker.');
  const { segmentationId, segmentIndex } = choice.source;
  const segmentation = segmentations.getSegmentation(segmentationId);
  const imageIds = segmentation?.representationData.Labelmap?.imageIds;
  if (!imageIds) {
    throw new InputError(
      'MASK_UNREADABLE',
      `The contour “${choice.label}” is no longer in the viewer: choose another one.`,
    );
  }
  const planes = imageIds.flatMap((imageId) => {
    const image = cornerstone.cache.getImage(imageId);
    return image ? planeOf(image, segmentIndex, cornerstone) : [];
  });
  if (planes.length === 0) {
    throw new InputError(
      'MASK_EMPTY',
      `The contour “${choice.label}” is empty: draw the tumour with the segmentation tools first.`,
    );
  }
  const label = segmentation.segments[segmentIndex]?.label ?? `Segment ${segmentIndex}`;
  return { kind: 'drawn', label, seriesInstanceUid, planes };
}

function planeOf(image: CornerstoneImage, segment: number, cornerstone: Cornerstone): DrawnPlane[] {
  const values = image.voxelManager?.getScalarData();
  const sopInstanceUid = sopInstanceUidOf(image.referencedImageId, cornerstone);
  if (!values || sopInstanceUid === null) return [];
  const data = new Uint8Array(values.length);
  let drawn = false;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== segment) continue;
    data[i] = 1;
    drawn = true;
  }
  return drawn ? [{ sopInstanceUid, data }] : [];
}
