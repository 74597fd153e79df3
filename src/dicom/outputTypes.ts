import type { AnalysisResult, DicomObject, Provenance, ReportClass } from '../chain/analysis';
import type { Model, SequenceId } from '../model/schema';
import type { ImageSeries } from './series';

/** What a segment of ours may show, in the order of the segment numbers. */
export const SEGMENT_REGIONS = [
  'tumour',
  'habitat1',
  'habitat2',
  'habitat3',
  'peritumour',
] as const;
export type SegmentRegion = (typeof SEGMENT_REGIONS)[number];

export interface Tracking {
  /** Tracking ID (0062,0020), at most 64 characters: what this segment is, for a human. */
  readonly id: string;
  /** Tracking UID (0062,0021): the same in the SEG and in the SR. */
  readonly uid: string;
}

/** Drawn once for a result: a retry stores the same objects, a re-analysis keeps `tracking`. */
export interface ObjectUids {
  readonly segSeries: string;
  readonly segInstance: string;
  readonly dimensionOrganization: string;
  readonly srSeries: string;
  readonly srInstance: string;
  readonly tracking: Readonly<Record<SegmentRegion | 'prognosis', Tracking>>;
}

export type SegmentAlgorithmType = 'MANUAL' | 'SEMIAUTOMATIC' | 'AUTOMATIC';

export interface SegmentationInput {
  /** The reference series: the SEG lies on its grid and names its images. */
  readonly series: ImageSeries;
  /** 0 or 1 for each voxel of `series.volume.grid`; at least one voxel is 1. */
  readonly tumour: Uint8Array;
  /** 0 to 3 for each voxel, or null: no habitats are written. */
  readonly habitats: Uint8Array | null;
  /** 0 or 1 for each voxel, or null: no ring is written. */
  readonly ring: Uint8Array | null;
  /** Names of habitats 1 to 3, as the model gives them. */
  readonly habitatNames: readonly [string, string, string];
  /** Label of the tumour segment: the label of the segmentation that was read. */
  readonly tumourLabel: string;
  readonly tumourAlgorithmType: SegmentAlgorithmType;
  readonly software: Provenance['software'];
  /** null: nothing in the object comes from a model (a tumour contour alone). */
  readonly model: Provenance['model'] | null;
  readonly when: Date;
  readonly uids: ObjectUids;
  /** What the tumour was drawn with; names the algorithm unless the type is MANUAL. */
  readonly tumourAlgorithmName?: string;
  /** Manufacturer (0008,0070); by default this project (the simulator says SIMULATED). */
  readonly manufacturer?: string;
  /** Series Description (0008,103E); by default that of the habitat segmentation. */
  readonly seriesDescription?: string;
}

export interface WrittenSegment {
  readonly region: SegmentRegion;
  readonly segmentNumber: number;
  readonly label: string;
  readonly voxels: number;
}

/** The SEG and what the SR must know of it. Empty segments are not written. */
export interface SegmentationObject extends DicomObject {
  readonly kind: 'SEG';
  readonly sopClassUid: string;
  readonly segments: readonly WrittenSegment[];
}

export interface ReportInput {
  /** Both sequences; `reference` names the one whose grid the SEG lies on. */
  readonly series: Readonly<Record<SequenceId, ImageSeries>>;
  readonly reference: SequenceId;
  readonly segmentation: SegmentationObject;
  readonly analysis: Omit<AnalysisResult, 'objects' | 'overlays'>;
  readonly model: Model;
  readonly when: Date;
  readonly uids: ObjectUids;
  /** Comprehensive 3D SR (88.34) by default; `ComprehensiveSR` (88.33) for readers that know no other. */
  readonly sopClass?: ReportClass;
  /** The person who pressed Analyse, as DICOM PN; left out when nobody is signed in. */
  readonly observerName?: string;
  /** The report that this one replaces (a re-analysis). */
  readonly predecessor?: {
    readonly studyInstanceUid: string;
    readonly seriesInstanceUid: string;
    readonly sopClassUid: string;
    readonly sopInstanceUid: string;
  };
}
