import type { Grid } from '../volume/volume';
import { number, text } from './attributes';
import { functionalGroup } from './functionalGroups';
import { dot, normalOf, planeOfFrame, planeOfImage } from './plane';
import type { Plane } from './plane';
import { gridOf } from './readSeries';
import type { DicomDataset } from './series';

/** Where the images of a series lie, from their attributes alone. */
export interface SeriesGeometry {
  readonly seriesInstanceUid: string;
  readonly description: string;
  readonly sopInstanceUids: readonly string[];
  /** null when the images are not one stack. */
  readonly stack: SeriesStack | null;
}

export interface SeriesStack {
  readonly grid: Grid;
  /** The image at each z index of the grid. */
  readonly slices: readonly StackSlice[];
}

export interface StackSlice {
  readonly sopInstanceUid: string;
  /** From 1; only for the frames of a multi-frame image. */
  readonly frameNumber?: number;
}

/** @param images Attributes of the images, without pixel data; at least one. */
export function seriesGeometry(images: readonly DicomDataset[]): SeriesGeometry {
  const unique = [
    ...new Map(images.map((image) => [text(image, 'SOPInstanceUID'), image])).values(),
  ];
  return {
    seriesInstanceUid: text(unique[0], 'SeriesInstanceUID'),
    description: text(unique[0], 'SeriesDescription'),
    sopInstanceUids: unique.map((image) => text(image, 'SOPInstanceUID')),
    stack: stackOf(unique),
  };
}

interface Slice {
  readonly plane: Plane;
  readonly image: StackSlice;
}

function stackOf(images: readonly DicomDataset[]): SeriesStack | null {
  const slices = images.flatMap(slicesOf);
  if (slices.length === 0 || !slices.every((slice) => slice !== null)) return null;
  const normal = normalOf(slices[0].plane);
  const depth = ({ plane }: Slice): number => dot(plane.positionMm, normal);
  const ordered = [...slices].sort((a, b) => depth(a) - depth(b));
  const [lowest, highest] = [depth(ordered[0]), depth(ordered[ordered.length - 1])];
  const spacing =
    ordered.length > 1
      ? (highest - lowest) / (ordered.length - 1)
      : (ordered[0].plane.thicknessMm ?? 0);
  if (!(spacing > 0)) return null;
  return {
    grid: gridOf(ordered, spacing),
    slices: ordered.map(({ image }) => image),
  };
}

/** null for an image that does not say where it lies. */
function slicesOf(image: DicomDataset): (Slice | null)[] {
  const sopInstanceUid = text(image, 'SOPInstanceUID');
  const slice = (plane: Plane | string, frameNumber?: number): Slice | null =>
    typeof plane === 'string'
      ? null
      : { plane, image: { sopInstanceUid, ...(frameNumber === undefined ? {} : { frameNumber }) } };
  const frames = number(image, 'NumberOfFrames') ?? 1;
  if (Object.keys(functionalGroup(image, 0, 'PlanePositionSequence')).length === 0) {
    return [slice(planeOfImage(image))];
  }
  return Array.from({ length: frames }, (_, frame) => slice(planeOfFrame(image, frame), frame + 1));
}
