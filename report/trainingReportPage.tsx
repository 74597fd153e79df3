import type { Model } from '../src/model/schema';
import type { Training } from '../src/training/train';

export function trainingReportPage(training: Training, model: Model): string {
  return `${model.name} ${training.warnings.length}`;
}
