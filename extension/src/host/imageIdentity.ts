import type { Cornerstone } from '../host';

/** The viewer's name for an image, in the words of DICOM. */
export interface ImageIdentity {
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  /** 1-based; 1 for an image of one frame. */
  readonly frameNumber: number;
}

/** As DICOMweb names frames: `.../instances/1.2.3/frames/4`. */
const FRAME = /\/frames\/(\d+)/;

/** null when the viewer does not know the image. */
export function imageIdentity(
  imageId: string | undefined,
  { metaData }: Pick<Cornerstone, 'metaData'>,
): ImageIdentity | null {
  if (imageId === undefined) return null;
  const sopInstanceUid = uidOf(metaData.get('sopCommonModule', imageId), 'sopInstanceUID');
  const seriesInstanceUid = uidOf(
    metaData.get('generalSeriesModule', imageId),
    'seriesInstanceUID',
  );
  const frameNumber = Number(FRAME.exec(imageId)?.[1] ?? 1);
  return sopInstanceUid && seriesInstanceUid
    ? { sopInstanceUid, seriesInstanceUid, frameNumber }
    : null;
}

function uidOf(module: unknown, name: string): string | null {
  if (typeof module !== 'object' || module === null) return null;
  const value: unknown = Reflect.get(module, name);
  return typeof value === 'string' && value !== '' ? value : null;
}
