import type { Cornerstone } from '../host';

/** The viewer's name for an image of DICOM; null when the viewer does not know the image. */
export function sopInstanceUidOf(
  imageId: string | undefined,
  { metaData }: Pick<Cornerstone, 'metaData'>,
): string | null {
  if (imageId === undefined) return null;
  const common = metaData.get('sopCommonModule', imageId);
  if (typeof common !== 'object' || common === null || !('sopInstanceUID' in common)) return null;
  return typeof common.sopInstanceUID === 'string' ? common.sopInstanceUID : null;
}
