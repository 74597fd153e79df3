import { text } from '../src/dicom/attributes';
import { describeSeries, isHabitatResult } from '../src/dicom/describeSeries';
import type { DicomInstance } from '../src/dicom/instance';
import { ageOf } from '../src/dicom/patientAge';
import type { DicomDataset } from '../src/dicom/series';
import { listTumours, type TumourChoice } from '../src/dicom/readTumour';
import type { SeriesDescriptor } from '../src/dicom/sequenceSigns';
import type { ImageSource } from '../src/chain/analysis';
import { InputError } from '../src/chain/errors';

export interface TumourCandidate extends TumourChoice {
  readonly seriesDescription: string;
  /** The copy in a result that was stored earlier. */
  readonly fromResult: boolean;
}

/** What a study offers to an analysis, wherever it lies. */
export interface Study {
  readonly source: ImageSource;
  readonly studyInstanceUid: string;
  readonly series: readonly SeriesDescriptor[];
  readonly tumours: readonly TumourCandidate[];
  /** Years; null when the study does not say. */
  readonly age: number | null;
}

/** One series as it was found: attributes of one of its instances, and how many there are. */
export interface FoundSeries {
  readonly dataset: DicomDataset;
  readonly images: number;
  /** SEG and RTSTRUCT objects, whole. */
  readonly contours: readonly DicomInstance[];
}

/** @throws InputError SERIES_MISSING when there is no MR series */
export function describeStudy(
  source: ImageSource,
  found: readonly FoundSeries[],
  where: string,
): Study {
  const series = found.map(({ dataset, images }) => describeSeries(dataset, images));
  const image = found.find(({ dataset }) => text(dataset, 'Modality') === 'MR');
  if (!image) {
    throw new InputError(
      'SERIES_MISSING',
      `${where} holds no MR series: give a study with FS-T2WI and CE-T1WI.`,
    );
  }
  const { dataset } = image;
  return {
    source,
    studyInstanceUid: text(dataset, 'StudyInstanceUID'),
    series,
    tumours: found.flatMap(({ contours }) => contours.flatMap(candidates)),
    age: ageOf(dataset),
  };
}

function candidates(contour: DicomInstance): TumourCandidate[] {
  return listTumours([contour]).map((choice) => ({
    ...choice,
    seriesDescription: text(contour.dataset, 'SeriesDescription'),
    fromResult: isHabitatResult(contour.dataset),
  }));
}
