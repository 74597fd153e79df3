import { PRIVATE_SCHEME } from '../codes';
import { sequence, text } from '../attributes';
import { MANUFACTURER } from '../manufacturer';
import { SOFTWARE } from '../../chain/software';
import type { DicomDataset } from '../series';

/** What tells one of our reports from another, from attributes outside its content. */
export interface ReportIdentity {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  /** YYYYMMDDHHMMSS as the report says; '' when it says nothing. */
  readonly writtenAt: string;
  readonly modelName: string;
  readonly modelVersion: string;
  /** SOP Instance UIDs of the reports that this one replaces. */
  readonly predecessors: readonly string[];
}

/** Comprehensive 3D SR and Comprehensive SR: what our reports are. */
export const REPORT_CLASSES: readonly string[] = [
  '1.2.840.10008.5.1.4.1.1.88.34',
  '1.2.840.10008.5.1.4.1.1.88.33',
];

/**
 * Whether an SR is ours: written by this software, or declaring our private codes (an archive may strip
 * the one or the other).
 */
export function isHabitatReport(dataset: DicomDataset): boolean {
  if (!REPORT_CLASSES.includes(text(dataset, 'SOPClassUID'))) return false;
  const written =
    text(dataset, 'Manufacturer') === MANUFACTURER &&
    text(dataset, 'ManufacturerModelName') === SOFTWARE.name;
  return written || declaresOurCodes(dataset);
}

function declaresOurCodes(dataset: DicomDataset): boolean {
  return sequence(dataset, 'CodingSchemeIdentificationSequence').some(
    (item) => text(item, 'CodingSchemeDesignator') === PRIVATE_SCHEME,
  );
}

export function reportIdentity(dataset: DicomDataset): ReportIdentity {
  const model = sequence(dataset, 'ContributingEquipmentSequence').at(1) ?? {};
  return {
    studyInstanceUid: text(dataset, 'StudyInstanceUID'),
    seriesInstanceUid: text(dataset, 'SeriesInstanceUID'),
    sopInstanceUid: text(dataset, 'SOPInstanceUID'),
    sopClassUid: text(dataset, 'SOPClassUID'),
    writtenAt: text(dataset, 'ContentDate') + text(dataset, 'ContentTime').slice(0, 6),
    modelName: text(model, 'ManufacturerModelName'),
    modelVersion: text(model, 'SoftwareVersions'),
    predecessors: sequence(dataset, 'PredecessorDocumentsSequence').flatMap((study) =>
      sequence(study, 'ReferencedSeriesSequence').flatMap((series) =>
        sequence(series, 'ReferencedSOPSequence').map((sop) =>
          text(sop, 'ReferencedSOPInstanceUID'),
        ),
      ),
    ),
  };
}

/**
 * Newest first. A report stands before those it replaces whatever the dates say (a clock may have been
 * set back); otherwise the later date first.
 */
export function newestFirst<T extends ReportIdentity>(reports: readonly T[]): T[] {
  const byDate = [...reports].sort((a, b) => b.writtenAt.localeCompare(a.writtenAt));
  const placed: T[] = [];
  const place = (report: T, under: ReadonlySet<string>): void => {
    if (placed.includes(report)) return;
    const replacedBy = byDate.filter(
      ({ predecessors, sopInstanceUid }) =>
        predecessors.includes(report.sopInstanceUid) && !under.has(sopInstanceUid),
    );
    const path = new Set([...under, report.sopInstanceUid]);
    for (const newer of replacedBy) place(newer, path);
    placed.push(report);
  };
  for (const report of byDate) place(report, new Set());
  return placed;
}
