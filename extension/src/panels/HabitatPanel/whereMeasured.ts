import type { FeatureValue } from '../../../../src/chain/analysis';
import { SEQUENCE_LABELS } from '../../../../src/dicom/seriesRoles';

const REGION_LABELS: Readonly<Record<FeatureValue['region'], string>> = {
  tumour: 'tumour',
  peritumour: 'ring',
  expansion: 'tumour and ring',
  habitat1: 'habitat 1',
  habitat2: 'habitat 2',
  habitat3: 'habitat 3',
};

/** `ring on FS-T2WI` */
export function whereMeasured({ region, sequence }: FeatureValue): string {
  return sequence === null
    ? REGION_LABELS[region]
    : `${REGION_LABELS[region]} on ${SEQUENCE_LABELS[sequence]}`;
}
