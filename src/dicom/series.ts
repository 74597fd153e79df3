import type { Volume, Samples } from '../volume/volume';

/** A naturalised DICOM dataset of dcmjs: keyword -> value. Read through `attributes.ts`, never directly. */
export type DicomDataset = Readonly<Record<string, unknown>>;

export interface SliceReference {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly instanceNumber: number;
  /** Present when the source is a frame of a multi-frame object; 1-based. */
  readonly frameNumber?: number;
}

/** A series read as a volume. `slices[k]` is the image at z index k of the volume. */
export interface ImageSeries {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly frameOfReferenceUid: string;
  readonly description: string;
  readonly volume: Volume<'native', Samples>;
  readonly slices: readonly SliceReference[];
  /** The dataset of one instance, without pixel data: the source of patient, study and series attributes. */
  readonly header: DicomDataset;
}
