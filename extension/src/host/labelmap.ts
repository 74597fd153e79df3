import type { Cornerstone, HostSegmentation } from '../host';
import { imageIdentity } from './imageIdentity';

export interface LabelPlane {
  readonly sopInstanceUid: string;
  /** 1-based; 1 where it is not given. */
  readonly frameNumber?: number | undefined;
  readonly labels: Uint8Array;
}

/**
 * Writes labels into a segmentation of the viewer, and zeros where there are none. Each labelmap image
 * names the image it lies on; nothing is matched by position in a list.
 */
export function fillLabelmap(
  segmentation: HostSegmentation | undefined,
  planes: readonly LabelPlane[],
  core: Cornerstone,
): void {
  const byImage = new Map(
    planes.map((plane) => [`${plane.sopInstanceUid} ${plane.frameNumber ?? 1}`, plane]),
  );
  for (const imageId of segmentation?.representationData.Labelmap?.imageIds ?? []) {
    const image = core.cache.getImage(imageId);
    const values = image?.voxelManager?.getScalarData();
    if (!image || !values) continue;
    const identity = imageIdentity(image.referencedImageId, core);
    const plane = identity && byImage.get(`${identity.sopInstanceUid} ${identity.frameNumber}`);
    if (plane && plane.labels.length === values.length) values.set(plane.labels);
    else values.fill(0);
  }
}
