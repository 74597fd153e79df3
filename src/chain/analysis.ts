import type { SequenceId, RegionId } from '../model/schema';
import type { Grid, Vec3 } from '../volume/volume';
import type { StageId } from './stage';

/**
 * What goes into an analysis and what comes out. Both cross a worker boundary (structured clone),
 * so they are plain data: no classes, no functions.
 */

/** Where the images are. The browser and the command line use the same DICOMweb reader. */
export type ImageSource =
  | {
      readonly kind: 'dicomweb';
      readonly root: string;
      /** Sent with every request (the viewer's own authentication). */
      readonly headers: Readonly<Record<string, string>>;
      readonly studyInstanceUid: string;
    }
  /** Part 10 files by series, already in memory. */
  | { readonly kind: 'files'; readonly files: readonly ArrayBuffer[] };

export type TumourSource =
  | { readonly kind: 'seg'; readonly seriesInstanceUid: string; readonly segmentNumber: number }
  | { readonly kind: 'rtstruct'; readonly seriesInstanceUid: string; readonly roiNumber: number }
  /** Drawn in the viewer: one plane for each image it was drawn on (rows x columns, 1 inside). */
  | {
      readonly kind: 'drawn';
      readonly label: string;
      readonly seriesInstanceUid: string;
      readonly planes: readonly DrawnPlane[];
    };

export interface DrawnPlane {
  readonly sopInstanceUid: string;
  /** 1-based; tells the frames of a multi-frame image apart. */
  readonly frameNumber?: number;
  /** rows x columns, 1 inside. */
  readonly data: Uint8Array;
}

export interface AnalysisRequest {
  readonly source: ImageSource;
  readonly series: Readonly<Record<SequenceId, string>>;
  readonly tumour: TumourSource;
  /** Years; from the study, or typed. */
  readonly age: number;
  readonly ageOrigin: 'study' | 'entered';
  /** Scanner batch for ComBat; null when unknown. */
  readonly batch: string | null;
  /** The model file, as parsed JSON; validated again where it is used. */
  readonly model: unknown;
  /**
   * 'identity': the DICOM positions as they are, by the user's choice instead of the model's
   * registration. Without it, as the model says.
   */
  readonly registration?: 'identity';
  /** Regions that the ring must stay out of: bone, vessels, a biopsy tract, another lesion. */
  readonly exclude?: readonly TumourSource[];
  /** 'largest': of several separate pieces of the tumour only the largest; without it, all as one. */
  readonly lesions?: 'largest';
  /** Kind of structured report; Comprehensive 3D SR by default. */
  readonly reportClass?: ReportClass;
}

/** Comprehensive SR is for archives and readers that do not know Comprehensive 3D SR. */
export type ReportClass = 'Comprehensive3DSR' | 'ComprehensiveSR';

export type FlagCode =
  | 'DEMONSTRATION_MODEL'
  | 'NOT_VALIDATED'
  | 'REGISTRATION_LARGE_MOTION'
  | 'REGISTRATION_METRIC_FELL'
  | 'BIAS_FIELD_NOT_APPLIED'
  | 'BIAS_FIELD_IMPLAUSIBLE'
  | 'SERIES_ROLE_DOUBTFUL'
  | 'AGE_DIFFERS'
  | 'BRIGHT_TUMOUR'
  | 'THICK_SLICES'
  | 'RING_CLIPPED'
  | 'FIELD_OF_VIEW_CLIPPED'
  | 'STANDARDISATION_RANGE'
  | 'PATTERN_NOT_AS_PUBLISHED'
  | 'HABITAT_NOT_EVALUABLE'
  | 'FEATURE_OUT_OF_RANGE'
  | 'FEATURE_IMPUTED'
  | 'UNHARMONISED'
  | 'AGE_OUT_OF_RANGE'
  | 'RPRS_OUT_OF_RANGE'
  | 'HORIZON_BEYOND_FOLLOW_UP'
  | 'MULTIFOCAL'
  | 'HABITATS_PER_PATIENT'
  /** The reason of a prognosis that is not evaluable. */
  | 'RPRS_NOT_EVALUABLE'
  /** Of another version of the software, read back from a stored report. */
  | 'OTHER';

/** A caution that goes with the numbers, in the panel and in the report. */
export interface Flag {
  readonly code: FlagCode;
  readonly stage: StageId;
  /** One sentence for the reader of the report. */
  readonly message: string;
}

export interface RegionSize {
  readonly region: RegionId;
  /** Voxels on the grid of the reference series, as stored in the SEG. */
  readonly voxels: number;
  readonly volumeMm3: number;
}

export interface HabitatSize extends RegionSize {
  readonly name: string;
  /** Of the tumour's voxels, as stored in the SEG. A model's own value is among the contributions. */
  readonly fraction: number;
  readonly evaluable: boolean;
}

export interface FeatureValue {
  readonly region: RegionId;
  readonly sequence: SequenceId | null;
  readonly feature: string;
  /** null when the region is not evaluable. */
  readonly value: number | null;
}

export interface FeatureContribution extends FeatureValue {
  /** After harmonisation; equal to `value` where ComBat was not applied. */
  readonly harmonised: number | null;
  readonly z: number;
  readonly coefficient: number;
  readonly contribution: number;
  readonly imputed: boolean;
}

export interface HorizonRisk {
  readonly months: number;
  /** Probability of progression or death by then, 0 to 1. */
  readonly risk: number;
}

export interface NomogramPoints {
  readonly covariate: 'rprs' | 'age';
  readonly value: number;
  readonly points: number;
}

/** With a score, or without one where it would not be honest to give it. */
export type Prognosis = Score | NoScore;

export interface Score {
  readonly evaluable: true;
  readonly rprs: number;
  readonly contributions: readonly FeatureContribution[];
  readonly linearPredictor: number;
  readonly points: readonly NomogramPoints[];
  readonly totalPoints: number;
  readonly risks: readonly HorizonRisk[];
  readonly group: 'high' | 'low';
  readonly cutoff: number;
  readonly cutoffScale: 'rprs' | 'linearPredictor';
}

export interface NoScore {
  readonly evaluable: false;
  /** One sentence for the reader of the report. */
  readonly reason: string;
  /** What could be measured of the model's features; empty when nothing was tried. */
  readonly features: readonly FeatureValue[];
}

/** What a person said of the registration; goes into the report. */
export type RegistrationReview = 'notReviewed' | 'accepted' | 'rejected' | 'identityByChoice';

export interface RegistrationSummary {
  readonly applied: boolean;
  readonly review: RegistrationReview;
  readonly rotationDeg: number;
  readonly translationMm: number;
  /** The rotation as a vector along its axis: degrees about the axes of LPS. */
  readonly rotationLpsDeg: readonly [number, number, number];
  /** Where the centre of the tumour moves from the reference to the other series, LPS mm. */
  readonly translationLpsMm: readonly [number, number, number];
  readonly metricBefore: number | null;
  readonly metricAfter: number | null;
  /** Row-major 4 x 4, fixed LPS mm -> moving LPS mm; empty when a stored report does not say. */
  readonly matrix: readonly number[];
}

/** What was done to the images, for the panel, the report and a later reader. */
export interface Provenance {
  readonly software: { readonly name: string; readonly version: string };
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly hash: string;
    readonly status: 'demonstration' | 'trained' | 'externallyValidated';
    readonly deviceUid: string;
  };
  readonly startedAt: string;
  readonly stages: readonly {
    readonly stage: StageId;
    readonly applied: boolean;
    /** Settings and numbers of the stage, or the reason why it was not applied. */
    readonly note: string;
    readonly seconds: number;
  }[];
}

/**
 * Both series on the slices of the reference series, for a person who judges the registration. Values
 * are windowed to 8 bits: 0 outside the image, 1 to 255 from dark to bright.
 */
export interface RegistrationCheck {
  readonly reference: SequenceId;
  /** Series Instance UIDs. */
  readonly series: Readonly<Record<SequenceId, string>>;
  readonly summary: RegistrationSummary;
  /** Those of the registration. */
  readonly flags: readonly Flag[];
  /** Whether the DICOM positions of both series can be compared at all. */
  readonly sameFrame: boolean;
  readonly grid: Grid;
  /** Centre of the tumour, LPS mm of the reference series. */
  readonly tumourCentreMm: Vec3;
  /** In the order of the grid's z. */
  readonly planes: readonly CheckPlane[];
}

/** `grid.size[0] * grid.size[1]` values, row by row. */
export interface CheckPlane {
  readonly sopInstanceUid: string;
  readonly reference: Uint8Array;
  /** The other series, registered. */
  readonly moving: Uint8Array;
  /** 1 inside; null on a slice without tumour. */
  readonly tumour: Uint8Array | null;
}

/** Labels on one image of a series, to draw over it. */
export interface OverlayPlane {
  readonly sopInstanceUid: string;
  /** 1-based, of a multi-frame image. */
  readonly frameNumber?: number;
  readonly rows: number;
  readonly columns: number;
  /** 0 none, 1-3 habitat, 4 tumour voxel without a habitat, 5 ring. */
  readonly labels: Uint8Array;
}

export interface DicomObject {
  readonly kind: 'SEG' | 'SR';
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  /** Part 10 bytes, exactly what is stored or downloaded. */
  readonly part10: Uint8Array;
}

export interface AnalysisResult {
  readonly habitats: readonly [HabitatSize, HabitatSize, HabitatSize];
  readonly tumour: RegionSize;
  readonly ring: RegionSize & { readonly clippedFraction: number };
  readonly registration: RegistrationSummary;
  readonly prognosis: Prognosis;
  readonly age: number;
  readonly batch: string | null;
  readonly flags: readonly Flag[];
  readonly provenance: Provenance;
  readonly overlays: Readonly<Record<SequenceId, readonly OverlayPlane[]>>;
  readonly objects: readonly DicomObject[];
  /** The SR of `objects` as it reads once the registration was accepted: the same UIDs. */
  readonly acceptedReport?: DicomObject;
}
