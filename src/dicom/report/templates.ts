import type { AnatomicSite } from '../anatomy';
import type { Code } from '../codes';
import type { Tracking } from '../outputTypes';
import { ALGORITHM, GROUP } from './concepts';
import {
  coded,
  container,
  contains,
  context,
  modifier,
  numeric,
  segmentReference,
  textual,
  uidReference,
} from './contentItem';
import type { Child, ContentItem } from './contentItem';

/** Templates of PS3.16 annex A, one class each; the constructor takes only what the template allows. */

/** TID 4019 Algorithm Identification. */
export class AlgorithmIdentification {
  constructor(
    readonly name: string,
    readonly version: string,
    readonly parameters: readonly string[],
    readonly family?: Code,
  ) {
    if (name.trim() === '' || version.trim() === '')
      throw new Error('an algorithm needs a name and a version');
  }

  children(): Child[] {
    return [
      ...(this.family ? [modifier(coded(ALGORITHM.family, this.family))] : []),
      modifier(textual(ALGORITHM.name, this.name)),
      modifier(textual(ALGORITHM.version, this.version)),
      ...this.parameters.map((text) => modifier(textual(ALGORITHM.parameters, text))),
    ];
  }
}

/** TID 1419 ROI Measurements, one row. */
export class Measurement {
  constructor(
    readonly name: Code,
    readonly value: number,
    readonly unit: Code,
    readonly algorithm: AlgorithmIdentification,
  ) {
    if (!Number.isFinite(value)) throw new Error(`${name.meaning} is ${value}: leave it out`);
  }

  item(): ContentItem {
    return numeric(this.name, this.value, this.unit, this.algorithm.children());
  }
}

/** A coded evaluation at the end of a group. */
export class Evaluation {
  constructor(
    readonly name: Code,
    readonly value: Code,
  ) {}

  item(): ContentItem {
    return coded(this.name, this.value);
  }
}

export interface SegmentTarget {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly segmentNumber: number;
  readonly sourceSeriesUid: string;
}

/** TID 1411 Volumetric ROI Measurements and Qualitative Evaluations, of a segment. */
export class VolumetricRoiMeasurements {
  constructor(
    readonly tracking: Tracking,
    readonly finding: Code,
    readonly target: SegmentTarget,
    readonly site: AnatomicSite,
    readonly measurements: readonly Measurement[],
    readonly evaluations: readonly Evaluation[] = [],
  ) {
    const content = [...measurements, ...evaluations];
    if (content.length === 0) throw new Error(`${tracking.id}: a group needs content`);
    const names = content.map(({ name }) => `${name.scheme} ${name.value}`);
    if (new Set(names).size < names.length) throw new Error(`${tracking.id}: a measurement twice`);
  }

  item(): ContentItem {
    const { sopClassUid, sopInstanceUid, segmentNumber, sourceSeriesUid } = this.target;
    return container(
      GROUP.name,
      [
        context(textual(GROUP.trackingId, this.tracking.id)),
        // The first UIDREF of the group: OHIF takes the first one for the tracking UID.
        context(uidReference(GROUP.trackingUid, this.tracking.uid)),
        contains(coded(GROUP.finding, this.finding)),
        contains(segmentReference(GROUP.segment, sopClassUid, sopInstanceUid, segmentNumber)),
        contains(uidReference(GROUP.sourceSeries, sourceSeriesUid)),
        modifier(coded(GROUP.findingSite, this.site.region, this.laterality())),
        ...this.measurements.map((measurement) => contains(measurement.item())),
        ...this.evaluations.map((evaluation) => contains(evaluation.item())),
      ],
      '1411',
    );
  }

  private laterality(): Child[] {
    return this.site.laterality ? [modifier(coded(GROUP.laterality, this.site.laterality))] : [];
  }
}
