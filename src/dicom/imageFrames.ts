import { InputError } from '../chain/errors';
import type { DicomDataset, SliceReference } from './series';
import { number, text } from './attributes';
import { functionalGroup } from './functionalGroups';
import type { DicomInstance } from './instance';
import { planeOfFrame, planeOfImage } from './plane';
import type { Plane } from './plane';
import { pixelFormat } from './pixels';
import type { PixelFormat } from './pixels';

/** One slice of a series: a single-frame image, or a frame of an enhanced multi-frame image. */
export interface ImageFrame {
  readonly instance: DicomInstance;
  readonly format: PixelFormat;
  /** 0-based. */
  readonly frame: number;
  readonly plane: Plane;
  readonly slope: number;
  readonly intercept: number;
  readonly reference: SliceReference;
  /** `image 12`, for sentences. */
  readonly name: string;
}

/** @param seriesName How refusals name the series. */
export function imageFrames(instance: DicomInstance, seriesName: string): ImageFrame[] {
  const { dataset } = instance;
  const image = `image ${text(dataset, 'InstanceNumber') || '(without number)'}`;
  const format = pixelFormat(instance);
  if (typeof format === 'string') {
    throw new InputError('IMAGE_UNREADABLE', `${seriesName}: ${image} ${format}.`);
  }
  const enhanced = format.frames > 1 || 'PerFrameFunctionalGroupsSequence' in dataset;
  return Array.from({ length: format.frames }, (_, frame) => {
    const name = enhanced ? `${image}, frame ${frame + 1}` : image;
    const plane = enhanced ? planeOfFrame(dataset, frame) : planeOfImage(dataset);
    if (typeof plane === 'string') {
      throw new InputError(
        'IMAGE_GEOMETRY',
        `${seriesName}: ${name} ${plane}, so it cannot be placed in the patient; choose the original MR series.`,
      );
    }
    return {
      instance,
      format,
      frame,
      plane,
      ...rescale(dataset, frame, enhanced),
      reference: reference(dataset, frame, enhanced),
      name,
    };
  });
}

function rescale(
  dataset: DicomDataset,
  frame: number,
  enhanced: boolean,
): { slope: number; intercept: number } {
  const source = enhanced
    ? functionalGroup(dataset, frame, 'PixelValueTransformationSequence')
    : dataset;
  return {
    slope: number(source, 'RescaleSlope') ?? 1,
    intercept: number(source, 'RescaleIntercept') ?? 0,
  };
}

function reference(dataset: DicomDataset, frame: number, enhanced: boolean): SliceReference {
  return {
    sopClassUid: text(dataset, 'SOPClassUID'),
    sopInstanceUid: text(dataset, 'SOPInstanceUID'),
    instanceNumber: number(dataset, 'InstanceNumber') ?? 0,
    ...(enhanced ? { frameNumber: frame + 1 } : {}),
  };
}
