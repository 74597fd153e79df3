import type { DicomObject } from '../chain/analysis';
import { text } from './attributes';
import { UNITS } from './codes';
import {
  CODING_SCHEME_IDENTIFICATION,
  MANUFACTURER,
  contributingEquipment,
  dicomDate,
  dicomTime,
  generalEquipment,
  patientAndStudy,
  softwareDeviceUid,
  sopCommon,
} from './commonModules';
import { writePart10 } from './dcmjsFacade';
import type { WritableDataset } from './dcmjsFacade';
import type { ReportInput } from './outputTypes';
import { DOCUMENT } from './report/concepts';
import {
  coded,
  contentDataset,
  context,
  numeric,
  personName,
  textual,
  uidReference,
} from './report/contentItem';
import type { Child, ContentItem } from './report/contentItem';
import { measurementReport } from './report/document';
import { evidence, evidenceInstances } from './report/evidence';
import { measurementGroups } from './report/measurementGroups';
import { remarks } from './report/remarks';
import { REPORT_DESCRIPTION } from './reportDescription';

export type { ReportInput } from './outputTypes';

export const REPORT_STORAGE = {
  Comprehensive3DSR: '1.2.840.10008.5.1.4.1.1.88.34',
  ComprehensiveSR: '1.2.840.10008.5.1.4.1.1.88.33',
} as const;
const SERIES_NUMBER = '9002';

/**
 * The report of an analysis: an imaging measurement report (PS3.16 TID 1500) with one group of
 * measurements for each segment of the SEG and one for the prognosis, and remarks.
 * The same input gives the same bytes.
 */
export function buildMeasurementReport(input: ReportInput): DicomObject {
  const { uids, series, reference } = input;
  const dataset: WritableDataset = {
    ...header(input),
    ...evidence(input),
    ...predecessor(input),
    ...contentDataset(report(input)),
  };
  return {
    kind: 'SR',
    sopInstanceUid: uids.srInstance,
    seriesInstanceUid: uids.srSeries,
    studyInstanceUid: series[reference].studyInstanceUid,
    part10: writePart10(dataset),
  };
}

function header(input: ReportInput): WritableDataset {
  const { uids, series, reference, when, analysis } = input;
  const equipment = analysis.provenance;
  return {
    ...sopCommon({
      sopClassUid: REPORT_STORAGE[input.sopClass ?? 'Comprehensive3DSR'],
      sopInstanceUid: uids.srInstance,
      when,
    }),
    ...patientAndStudy(series[reference].header),
    ...generalEquipment(equipment),
    ...contributingEquipment(equipment, when),
    ...CODING_SCHEME_IDENTIFICATION,
    Modality: 'SR',
    SeriesInstanceUID: uids.srSeries,
    SeriesNumber: SERIES_NUMBER,
    SeriesDate: dicomDate(when),
    SeriesTime: dicomTime(when),
    SeriesDescription: REPORT_DESCRIPTION,
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'UNVERIFIED',
    PreliminaryFlag: 'PRELIMINARY',
  };
}

function predecessor({ predecessor: previous }: ReportInput): WritableDataset {
  if (!previous) return {};
  const sop = {
    ReferencedSOPClassUID: previous.sopClassUid,
    ReferencedSOPInstanceUID: previous.sopInstanceUid,
  };
  const series = {
    SeriesInstanceUID: previous.seriesInstanceUid,
    ReferencedSOPSequence: [sop],
  };
  return {
    PredecessorDocumentsSequence: [
      { StudyInstanceUID: previous.studyInstanceUid, ReferencedSeriesSequence: [series] },
    ],
  };
}

function report(input: ReportInput): ContentItem {
  return measurementReport({
    title: DOCUMENT.title,
    context: [
      ...deviceObserver(input),
      ...personObserver(input),
      context(numeric(DOCUMENT.subjectAge, reportedAge(input), UNITS.year)),
    ],
    groups: measurementGroups(input),
    evaluations: remarks(input),
    evidence: evidenceInstances(input),
  });
}

/** TID 1004. */
function deviceObserver({ analysis }: ReportInput): Child[] {
  const { software } = analysis.provenance;
  return [
    context(coded(DOCUMENT.observerType, DOCUMENT.device)),
    context(uidReference(DOCUMENT.deviceUid, softwareDeviceUid(software))),
    context(textual(DOCUMENT.deviceName, software.name)),
    context(textual(DOCUMENT.deviceManufacturer, MANUFACTURER)),
    context(textual(DOCUMENT.deviceModel, `${software.name} ${software.version}`)),
  ];
}

/** TID 1003; nobody is made up. */
function personObserver({ observerName }: ReportInput): Child[] {
  if (!observerName) return [];
  return [
    context(coded(DOCUMENT.observerType, DOCUMENT.person)),
    context(personName(DOCUMENT.personName, observerName)),
  ];
}

const HIGHEST_DEIDENTIFIED_AGE = 90;

/** In de-identified studies ages over 89 are one class (PS3.15 E.3.6, HIPAA safe harbour). */
function reportedAge({ analysis, series, reference }: ReportInput): number {
  const deidentified = text(series[reference].header, 'PatientIdentityRemoved') === 'YES';
  return deidentified ? Math.min(analysis.age, HIGHEST_DEIDENTIFIED_AGE) : analysis.age;
}
