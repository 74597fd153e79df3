import { InputError } from '../chain/errors';
import type { Grid, Samples, Volume } from '../volume/volume';
import { binary, text } from './attributes';
import { imageFrames } from './imageFrames';
import type { ImageFrame } from './imageFrames';
import type { DicomInstance } from './instance';
import { sameMask } from './masks';
import { readFrame, emptySamples } from './pixels';
import { normalOf } from './plane';
import type { DicomDataset, ImageSeries } from './series';
import { orderSlices } from './sliceOrder';

/**
 * Reads a series as a volume: x along increasing columns, y along increasing rows, z along
 * row x column direction (right-handed), whatever the order of the files. Values are rescaled;
 * the stored integer type is kept where no rescaling is needed.
 * Source: PS3.3 C.7.6.2.1.1 (equation of pixel position), C.11.1 (rescale).
 *
 * @param role What the series is for (`FS-T2WI`), for the sentences of refusals.
 * @throws InputError when the images are not one regular greyscale volume of one patient.
 */
export function readImageSeries(instances: readonly DicomInstance[], role: string): ImageSeries {
  const unique = withoutDuplicates(instances, role);
  if (unique.length === 0) {
    throw new InputError(
      'SERIES_MISSING',
      `${role}: the series has no images; choose another series.`,
    );
  }
  const header = withoutPixelData(unique[0].dataset);
  const name = seriesName(header, role);
  requireOneSeries(unique, name);
  const { frames, spacingMm } = orderSlices(
    unique.flatMap((instance) => imageFrames(instance, name)),
    name,
  );
  return {
    studyInstanceUid: text(header, 'StudyInstanceUID'),
    seriesInstanceUid: text(header, 'SeriesInstanceUID'),
    frameOfReferenceUid: text(header, 'FrameOfReferenceUID'),
    description: text(header, 'SeriesDescription'),
    volume: readVolume(frames, gridOf(frames, spacingMm), name),
    slices: frames.map(({ reference }) => reference),
    header,
  };
}

/**
 * An archive may answer with the same object twice: one is enough.
 * @throws InputError when two objects share an identifier and differ.
 */
function withoutDuplicates(instances: readonly DicomInstance[], role: string): DicomInstance[] {
  const unique = new Map<string, DicomInstance>();
  for (const instance of instances) {
    const uid = text(instance.dataset, 'SOPInstanceUID');
    const known = unique.get(uid);
    if (!known) unique.set(uid, instance);
    else if (!sameImage(known, instance)) {
      throw new InputError(
        'IMAGE_UNREADABLE',
        `${seriesName(withoutPixelData(known.dataset), role)}: two different images have the same SOP Instance UID (image ${text(known.dataset, 'InstanceNumber') || '?'}); remove one of them, or have the archive corrected.`,
      );
    }
  }
  return [...unique.values()];
}

/** Copies may be compressed in different ways; then they are taken for the same. */
function sameImage(a: DicomInstance, b: DicomInstance): boolean {
  if (a.transferSyntaxUid !== b.transferSyntaxUid) return true;
  const [one, other] = [binary(a.dataset, 'PixelData'), binary(b.dataset, 'PixelData')];
  return (
    one.length === other.length &&
    one.every((chunk, i) => chunk.length === other[i].length && sameMask(chunk, other[i]))
  );
}

function seriesName(header: DicomDataset, role: string): string {
  const description = text(header, 'SeriesDescription');
  const label = description ? `"${description}"` : `number ${text(header, 'SeriesNumber') || '?'}`;
  return `${role} series ${label}`;
}

function requireOneSeries(instances: readonly DicomInstance[], name: string): void {
  const differs = (keyword: string): boolean =>
    instances.some(({ dataset }) => text(dataset, keyword) !== text(instances[0].dataset, keyword));
  if (differs('PatientID') || differs('PatientBirthDate') || differs('PatientSex')) {
    throw new InputError(
      'PATIENT_MISMATCH',
      `${name}: the images name different patients; have the archive corrected before analysing.`,
    );
  }
  if (differs('StudyInstanceUID') || differs('SeriesInstanceUID')) {
    throw new InputError(
      'IMAGE_GEOMETRY',
      `${name}: the images come from more than one series; choose one series.`,
    );
  }
  if (differs('FrameOfReferenceUID')) {
    throw new InputError(
      'FRAME_OF_REFERENCE',
      `${name}: the images have different frames of reference, so they do not form one volume; choose another series.`,
    );
  }
  if (!text(instances[0].dataset, 'FrameOfReferenceUID')) {
    throw new InputError(
      'FRAME_OF_REFERENCE',
      `${name}: the images have no Frame of Reference UID, so a tumour cannot be placed on them; choose the original MR series.`,
    );
  }
}

export function gridOf(frames: readonly Pick<ImageFrame, 'plane'>[], sliceSpacingMm: number): Grid {
  const { plane } = frames[0];
  const x = plane.rowDirection;
  const y = plane.columnDirection;
  const z = normalOf(plane);
  return {
    size: [plane.columns, plane.rows, frames.length],
    spacingMm: [plane.columnSpacingMm, plane.rowSpacingMm, sliceSpacingMm],
    originMm: plane.positionMm,
    direction: [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]],
  };
}

function readVolume(
  frames: readonly ImageFrame[],
  grid: Grid,
  name: string,
): Volume<'native', Samples> {
  const perSlice = grid.size[0] * grid.size[1];
  const rescaled = frames.some(({ slope, intercept }) => slope !== 1 || intercept !== 0);
  const data = rescaled
    ? new Float32Array(perSlice * frames.length)
    : emptySamples(frames[0].format, perSlice * frames.length);
  frames.forEach((frame, k) => {
    const stored = storedSamples(frame, name);
    const slice = data.subarray(k * perSlice, (k + 1) * perSlice);
    if (!rescaled) slice.set(stored);
    else for (let i = 0; i < perSlice; i++) slice[i] = stored[i] * frame.slope + frame.intercept;
  });
  return { stage: 'native', grid, data };
}

function storedSamples(frame: ImageFrame, name: string): ReturnType<typeof readFrame> {
  try {
    return readFrame(frame.instance, frame.format, frame.frame);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(
      'IMAGE_UNREADABLE',
      `${name}: the pixel data of ${frame.name} are cut off or damaged; retrieve the series again.`,
      { cause },
    );
  }
}

const BULKY: ReadonlySet<string> = new Set(['PixelData', 'PerFrameFunctionalGroupsSequence']);

function withoutPixelData(dataset: DicomDataset): DicomDataset {
  return Object.fromEntries(Object.entries(dataset).filter(([keyword]) => !BULKY.has(keyword)));
}
