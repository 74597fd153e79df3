import type { Prognosis, Provenance } from '../../chain/analysis';
import { InputError } from '../../chain/errors';
import { firstItem, number, sequence, text } from '../attributes';
import { SEGMENT_REGIONS } from '../outputTypes';
import type { SegmentRegion, Tracking } from '../outputTypes';
import { ALGORITHM, DOCUMENT, GROUP, MEASUREMENTS } from '../report/concepts';
import type { DicomDataset } from '../series';
import { all, children, first, numberOf, textOf, uidOf } from './contentReader';
import type { ReadItem } from './contentReader';
import { readContributions } from './readContributions';
import { describeReport, trackedThing } from './readGroups';
import { readNoScore, readScore } from './readPrognosis';
import { readRemarks } from './readRemarks';
import type { Remarks } from './readRemarks';
import { isHabitatReport, reportIdentity } from './reportIdentity';
import type { ReportIdentity } from './reportIdentity';

export interface StoredRegion {
  readonly segmentNumber: number;
  readonly volumeMm3: number;
  /** Of the tumour; habitats only. */
  readonly fraction: number | null;
}

export interface ReferencedImages {
  readonly seriesInstanceUid: string;
  readonly sopInstanceUids: readonly string[];
}

/** A report of ours, read back. What only the SEG knows (names of the habitats, voxels) is not in it. */
export interface StoredReport extends Remarks {
  readonly identity: ReportIdentity;
  readonly software: Provenance['software'];
  readonly model: Provenance['model'];
  /** Local time of the report, ISO 8601. */
  readonly startedAt: string;
  readonly age: number;
  readonly prognosis: Prognosis;
  /** Regions without a voxel are not in the report. */
  readonly regions: Readonly<Partial<Record<SegmentRegion, StoredRegion>>>;
  readonly ringClippedFraction: number;
  /** null when the series were not registered. */
  readonly registration: StoredRegistration | null;
  /** The same again in a re-analysis. */
  readonly tracking: Readonly<Partial<Record<SegmentRegion | 'prognosis', Tracking>>>;
  readonly segmentation: { readonly seriesInstanceUid: string; readonly sopInstanceUid: string };
  /** The series whose grid the SEG lies on. */
  readonly referenceSeriesUid: string;
  /** The series that were analysed, FS-T2WI first. */
  readonly images: readonly ReferencedImages[];
}

export interface StoredRegistration {
  readonly rotationDeg: number;
  readonly translationMm: number;
  /** Row-major 4 x 4, reference LPS mm -> other series' LPS mm; null in reports that do not say. */
  readonly matrix: readonly number[] | null;
}

/**
 * Parses what `buildMeasurementReport` writes, back from an archive that may have stripped private codes.
 * @throws InputError REPORT_UNREADABLE when it is not ours or lacks a number that a result needs
 */
export function readReport(dataset: DicomDataset): StoredReport {
  if (!isHabitatReport(dataset)) throw unreadable(dataset, 'it is not a report of STS Habitat');
  const root = children({ dataset });
  const lists = all(root, DOCUMENT.measurements);
  const groups = lists.flatMap((list) => all(children(list), GROUP.name)).map(readGroup);
  const prognosisGroup = groups.find(({ thing }) => thing === 'prognosis');
  const tumour = groups.find(({ thing }) => thing === 'tumour');
  if (!prognosisGroup || !tumour) {
    throw unreadable(
      dataset,
      `its measurements of the ${tumour ? 'prognosis' : 'tumour'} are missing`,
    );
  }
  const need = (what: string, value: number | undefined): number => {
    if (value !== undefined) return value;
    throw unreadable(dataset, `it does not give the ${what}`);
  };
  const age = need('age', numberOf(first(root, DOCUMENT.subjectAge)));
  const evaluations = all(root, DOCUMENT.evaluations).flatMap(children);
  const remarks = readRemarks(evaluations);
  const measured = groups.flatMap(({ items }) => items);
  const contributions = groups.flatMap(({ items }) => readContributions(items));
  const prognosis =
    readNoScore(prognosisGroup.items, measured, evaluations, remarks.flags) ??
    readScore(prognosisGroup.items, contributions, age, need);
  return {
    ...remarks,
    ...writtenBy(dataset, prognosisGroup.items, remarks),
    identity: reportIdentity(dataset),
    age,
    prognosis,
    regions: regionsOf(groups, need),
    ringClippedFraction:
      numberOf(groups.flatMap(({ items }) => first(items, MEASUREMENTS.ringClipped) ?? []).at(0)) ??
      0,
    registration: registrationOf(prognosisGroup.items),
    tracking: Object.fromEntries(groups.map(({ thing, tracking }) => [thing, tracking])),
    segmentation: segmentationOf(dataset, tumour.items),
    referenceSeriesUid: uidOf(first(tumour.items, GROUP.sourceSeries)),
    images: imagesOf(dataset, tumour.items),
  };
}

function unreadable(dataset: DicomDataset, why: string): InputError {
  return new InputError(
    'REPORT_UNREADABLE',
    `The stored report ${describeReport(dataset)} cannot be shown: ${why}; analyse again, or ask the archive's administrator whether it changes objects.`,
  );
}

interface ReadGroup {
  readonly thing: SegmentRegion | 'prognosis' | null;
  readonly items: readonly ReadItem[];
  readonly tracking: Tracking;
}

function readGroup(group: ReadItem): ReadGroup {
  const items = children(group);
  const tracking = {
    id: textOf(first(items, GROUP.trackingId)),
    uid: uidOf(first(items, GROUP.trackingUid)),
  };
  return { thing: trackedThing(items, tracking), items, tracking };
}

function regionsOf(
  groups: readonly ReadGroup[],
  need: (what: string, value: number | undefined) => number,
): StoredReport['regions'] {
  const entries = SEGMENT_REGIONS.flatMap((region) => {
    const group = groups.find(({ thing }) => thing === region);
    if (!group) return [];
    const read: StoredRegion = {
      segmentNumber: need(
        `segment of the ${region}`,
        number(referencedSop(group.items), 'ReferencedSegmentNumber'),
      ),
      volumeMm3: need(`volume of the ${region}`, numberOf(first(group.items, MEASUREMENTS.volume))),
      fraction: numberOf(first(group.items, MEASUREMENTS.habitatFraction)) ?? null,
    };
    return [[region, read] as const];
  });
  return Object.fromEntries(entries);
}

function referencedSop(items: readonly ReadItem[]): DicomDataset {
  const reference = first(items, GROUP.segment);
  return reference ? firstItem(reference.dataset, 'ReferencedSOPSequence') : {};
}

const MATRIX = /^Matrix[^[]*(\[[^\]]*\])/;

function registrationOf(items: readonly ReadItem[]): StoredRegistration | null {
  const rotation = first(items, MEASUREMENTS.registrationRotation);
  const rotationDeg = numberOf(rotation);
  const translationMm = numberOf(first(items, MEASUREMENTS.registrationTranslation));
  if (!rotation || rotationDeg === undefined || translationMm === undefined) return null;
  const written = all(children(rotation), ALGORITHM.parameters)
    .map((item) => MATRIX.exec(textOf(item))?.[1])
    .find((match) => match !== undefined);
  return { rotationDeg, translationMm, matrix: matrixOf(written) };
}

function matrixOf(written: string | undefined): readonly number[] | null {
  const values = (written ?? '').slice(1, -1).split(',').map(Number);
  return values.length === 16 && values.every(Number.isFinite) ? values : null;
}

function writtenBy(
  dataset: DicomDataset,
  prognosis: readonly ReadItem[],
  { modelStatus, modelHash }: Remarks,
): Pick<StoredReport, 'software' | 'model' | 'startedAt'> {
  const { modelName, modelVersion } = reportIdentity(dataset);
  const rprs = first(prognosis, MEASUREMENTS.rprs);
  const algorithm = rprs ? children(rprs) : [];
  const model = sequence(dataset, 'ContributingEquipmentSequence').at(1) ?? {};
  return {
    software: {
      name: text(dataset, 'ManufacturerModelName'),
      version: text(dataset, 'SoftwareVersions'),
    },
    model: {
      name: textOf(first(algorithm, ALGORITHM.name)) || modelName,
      version: textOf(first(algorithm, ALGORITHM.version)) || modelVersion,
      hash: modelHash,
      status: modelStatus,
      deviceUid: text(model, 'DeviceUID'),
    },
    startedAt: isoTime(text(dataset, 'ContentDate'), text(dataset, 'ContentTime')),
  };
}

function isoTime(date: string, time: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(date);
  if (!parts) return '';
  const clock = time.padEnd(6, '0');
  return `${parts[1]}-${parts[2]}-${parts[3]}T${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4, 6)}`;
}

interface EvidenceItem {
  readonly seriesInstanceUid: string;
  readonly sopInstanceUids: readonly string[];
}

function evidenceOf(dataset: DicomDataset): EvidenceItem[] {
  return sequence(dataset, 'CurrentRequestedProcedureEvidenceSequence').flatMap((study) =>
    sequence(study, 'ReferencedSeriesSequence').map((series) => ({
      seriesInstanceUid: text(series, 'SeriesInstanceUID'),
      sopInstanceUids: sequence(series, 'ReferencedSOPSequence').map((sop) =>
        text(sop, 'ReferencedSOPInstanceUID'),
      ),
    })),
  );
}

function segmentationOf(
  dataset: DicomDataset,
  tumour: readonly ReadItem[],
): StoredReport['segmentation'] {
  const sopInstanceUid = text(referencedSop(tumour), 'ReferencedSOPInstanceUID');
  const series = evidenceOf(dataset).find((item) => item.sopInstanceUids.includes(sopInstanceUid));
  if (series) return { seriesInstanceUid: series.seriesInstanceUid, sopInstanceUid };
  throw unreadable(dataset, 'it does not say where its segmentation is');
}

function imagesOf(dataset: DicomDataset, tumour: readonly ReadItem[]): readonly ReferencedImages[] {
  const { sopInstanceUid } = segmentationOf(dataset, tumour);
  return evidenceOf(dataset).filter((item) => !item.sopInstanceUids.includes(sopInstanceUid));
}
