import type { TumourSource } from '../../../src/chain/analysis';
import { InputError } from '../../../src/chain/errors';
import { text } from '../../../src/dicom/attributes';
import type {
  Cornerstone,
  CornerstoneImage,
  HostSegmentation,
  SegmentationService,
  Services,
} from '../host';
import type { Drawing } from '../services/drawings';
import type { TumourChoice } from '../services/session';
import { imageIdentity, type ImageIdentity } from './imageIdentity';
import { firstInstance } from './seriesDescriptors';

type DrawnSource = Extract<TumourSource, { readonly kind: 'drawn' }>;

/** A segment of the viewer with what tells whether it fits the images of a later tab. */
export function readDrawing(
  choice: TumourChoice,
  { displaySetService, segmentationService }: Services,
  cornerstone: Cornerstone,
): Drawing {
  const drawn = readDrawnTumour(choice, segmentationService, cornerstone);
  const { label, seriesInstanceUid, planes } = drawn;
  const displaySet = displaySetService
    .getActiveDisplaySets()
    .find((set) => set.SeriesInstanceUID === seriesInstanceUid && set.numImageFrames);
  return {
    label,
    seriesInstanceUid,
    seriesDescription: displaySet?.SeriesDescription || displaySet?.Modality || '',
    frameOfReferenceUid: displaySet ? text(firstInstance(displaySet), 'FrameOfReferenceUID') : '',
    planes,
  };
}

type DrawnPlane = ImageIdentity & { readonly data: Uint8Array };

/**
 * Reads a segment from the viewer, image by image. A labelmap image names the image that it lies on;
 * positions in lists are never used, because the viewer orders slices differently in different places.
 * @throws InputError MASK_EMPTY, MASK_UNREADABLE
 */
export function readDrawnTumour(
  choice: TumourChoice,
  segmentations: Pick<SegmentationService, 'getSegmentation'>,
  cornerstone: Cornerstone,
): DrawnSource {
  if (choice.source.kind !== 'viewer') throw new Error('A stored tumour is read in the worker.');
  const { segmentationId, segmentIndex } = choice.source;
  const segmentation = segmentations.getSegmentation(segmentationId);
  if (!segmentation) {
    throw new InputError(
      'MASK_UNREADABLE',
      `The contour “${choice.label}” is no longer in the viewer: choose another one.`,
    );
  }
  const planes = labelmapImages(segmentation, cornerstone).flatMap((image) =>
    planeOf(image, segmentIndex, cornerstone),
  );
  return {
    kind: 'drawn',
    label: segmentation.segments[segmentIndex]?.label ?? `Segment ${segmentIndex}`,
    seriesInstanceUid: onlySeries(planes, choice.label),
    planes: planes.map(({ sopInstanceUid, frameNumber, data }) => ({
      sopInstanceUid,
      frameNumber,
      data,
    })),
  };
}

/** A labelmap is a list of images, or a volume made of images once it was shown in another plane. */
function labelmapImages(
  { representationData: { Labelmap } }: HostSegmentation,
  { cache }: Cornerstone,
): readonly CornerstoneImage[] {
  const volumeIds = Labelmap?.volumeId ? cache.getVolume(Labelmap.volumeId)?.imageIds : undefined;
  return (Labelmap?.imageIds ?? volumeIds ?? []).flatMap((id) => cache.getImage(id) ?? []);
}

function planeOf(image: CornerstoneImage, segment: number, cornerstone: Cornerstone): DrawnPlane[] {
  const values = image.voxelManager?.getScalarData();
  const identity = imageIdentity(image.referencedImageId, cornerstone);
  if (!values || identity === null) return [];
  const data = new Uint8Array(values.length);
  let drawn = false;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== segment) continue;
    data[i] = 1;
    drawn = true;
  }
  return drawn ? [{ ...identity, data }] : [];
}

function onlySeries(planes: readonly DrawnPlane[], label: string): string {
  const series = new Set(planes.map(({ seriesInstanceUid }) => seriesInstanceUid));
  if (series.size === 0) {
    throw new InputError(
      'MASK_EMPTY',
      `The contour “${label}” is empty: draw the tumour with the segmentation tools first.`,
    );
  }
  if (series.size > 1) {
    throw new InputError(
      'MASK_UNREADABLE',
      `The contour “${label}” lies on ${series.size} series: draw it on one of them.`,
    );
  }
  return planes[0].seriesInstanceUid;
}
