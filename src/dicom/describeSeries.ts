import { number, text, texts } from './attributes';
import type { DicomDataset } from './series';
import type { SeriesDescriptor } from './sequenceSigns';

/**
 * What the guess of the roles needs to know of a series.
 * @param dataset attributes of any one of its images
 */
export function describeSeries(dataset: DicomDataset, images: number): SeriesDescriptor {
  const echoTimeMs = number(dataset, 'EchoTime');
  const repetitionTimeMs = number(dataset, 'RepetitionTime');
  const inversionTimeMs = number(dataset, 'InversionTime');
  return {
    seriesInstanceUid: text(dataset, 'SeriesInstanceUID'),
    modality: text(dataset, 'Modality'),
    description: text(dataset, 'SeriesDescription'),
    images,
    ...(echoTimeMs === undefined ? {} : { echoTimeMs }),
    ...(repetitionTimeMs === undefined ? {} : { repetitionTimeMs }),
    ...(inversionTimeMs === undefined ? {} : { inversionTimeMs }),
    contrastAgent: text(dataset, 'ContrastBolusAgent'),
    scanOptions: texts(dataset, 'ScanOptions'),
    imageType: texts(dataset, 'ImageType'),
  };
}

/** Whether a SEG holds a result of ours: its tumour segment is a copy, not the radiologist's contour. */
export function isHabitatResult(dataset: DicomDataset): boolean {
  return text(dataset, 'Modality') === 'SEG' && text(dataset, 'ContentLabel') === 'HABITATS';
}
