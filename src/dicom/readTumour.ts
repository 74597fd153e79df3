import type { TumourSource } from '../chain/analysis';
import { InputError } from '../chain/errors';
import type { Mask } from '../volume/volume';
import { text } from './attributes';
import type { DicomInstance } from './instance';
import { requireTumourOfPatient } from './relate';
import type { DicomDataset, ImageSeries } from './series';
import { readDrawn } from './tumour/drawn';
import { listRois, readRtstruct, referencedSeriesOfRtstruct } from './tumour/rtstruct';
import { requireUsable, requireVisible } from './tumour/requireUsable';
import type { FoundRegion } from './tumour/requireUsable';
import { listSegments, readSegment } from './tumour/seg';
import { referencedSeriesOfSeg } from './tumour/segFrames';

const RTSTRUCT = '1.2.840.10008.5.1.4.1.1.481.3';
const SEG_CLASSES: ReadonlySet<string> = new Set([
  '1.2.840.10008.5.1.4.1.1.66.4',
  '1.2.840.10008.5.1.4.1.1.66.7',
]);

/**
 * The tumour as a mask on the grid of `series`.
 * @param instances The objects of the tumour's series; not used for a drawn tumour.
 * @param series The images that the mask is wanted on; for a drawn tumour, those it was drawn on.
 * @throws InputError when it cannot be read, lies elsewhere, is empty or too small.
 */
export function readTumour(
  source: TumourSource,
  instances: readonly DicomInstance[],
  series: ImageSeries,
): Mask {
  return requireUsable(readRegion(source, instances, series));
}

/** A region that the ring stays out of; as `readTumour`, but of any size. */
export function readExclusion(
  source: TumourSource,
  instances: readonly DicomInstance[],
  series: ImageSeries,
): Mask {
  return requireVisible(readRegion(source, instances, series));
}

function readRegion(
  source: TumourSource,
  instances: readonly DicomInstance[],
  series: ImageSeries,
): FoundRegion {
  if (source.kind === 'drawn') return readDrawn(source, series);
  const ofSeries = instances.filter(
    ({ dataset }) =>
      kindOf(dataset) === source.kind &&
      text(dataset, 'SeriesInstanceUID') === source.seriesInstanceUid,
  );
  const object = newestFirst(ofSeries);
  if (source.kind === 'rtstruct') {
    const has = ({ dataset }: DicomInstance): boolean =>
      listRois(dataset).some((roi) => roi.number === source.roiNumber);
    const rtstruct = choose(object, has, 'RTSTRUCT');
    requireTumourOfPatient(rtstruct.dataset, series, 'RTSTRUCT');
    return readRtstruct(rtstruct, source.roiNumber, series);
  }
  const has = ({ dataset }: DicomInstance): boolean =>
    listSegments(dataset).some((segment) => segment.number === source.segmentNumber);
  const seg = choose(object, has, 'SEG');
  requireTumourOfPatient(seg.dataset, series, 'SEG');
  return readSegment(seg, source.segmentNumber, series);
}

/** A series may hold several versions: the newest that has the tumour counts. */
function choose(
  objects: readonly DicomInstance[],
  has: (object: DicomInstance) => boolean,
  kind: string,
): DicomInstance {
  const chosen = objects.find(has) ?? objects.at(0);
  if (chosen) return chosen;
  throw new InputError(
    'MASK_UNREADABLE',
    `The tumour's series holds no ${kind}; choose another tumour.`,
  );
}

function newestFirst(objects: readonly DicomInstance[]): DicomInstance[] {
  const when = ({ dataset }: DicomInstance): string =>
    (text(dataset, 'ContentDate') || text(dataset, 'StructureSetDate')) +
    (text(dataset, 'ContentTime') || text(dataset, 'StructureSetTime'));
  return [...objects].sort((a, b) => when(b).localeCompare(when(a)));
}

function kindOf(dataset: DicomDataset): 'seg' | 'rtstruct' | null {
  const sopClass = text(dataset, 'SOPClassUID');
  if (sopClass === RTSTRUCT) return 'rtstruct';
  return SEG_CLASSES.has(sopClass) ? 'seg' : null;
}

export interface TumourChoice {
  readonly kind: 'seg' | 'rtstruct';
  readonly label: string;
  /** Segment Number or ROI Number. */
  readonly number: number;
  readonly seriesInstanceUid: string;
  /** The images it was drawn on; '' when the object does not say. */
  readonly referencedSeriesUid: string;
}

/** Every segment and ROI that could be the tumour. Other objects are passed over. */
export function listTumours(instances: readonly DicomInstance[]): TumourChoice[] {
  return instances.flatMap(({ dataset }) => {
    const kind = kindOf(dataset);
    if (kind === null) return [];
    const seriesInstanceUid = text(dataset, 'SeriesInstanceUID');
    const isSeg = kind === 'seg';
    const referencedSeriesUid = isSeg
      ? referencedSeriesOfSeg(dataset)
      : referencedSeriesOfRtstruct(dataset);
    return (isSeg ? listSegments(dataset) : listRois(dataset)).map((item) => ({
      kind,
      ...item,
      seriesInstanceUid,
      referencedSeriesUid,
    }));
  });
}
