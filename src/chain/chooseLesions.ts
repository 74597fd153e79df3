import { connectedComponents } from '../regions/components';
import type { Flag, AnalysisRequest } from './analysis';
import type { Tumour } from './stages/read';

export interface ChosenLesions {
  readonly tumour: Tumour;
  /** What was left out; the ring must stay out of it too. */
  readonly others: readonly Tumour[];
  readonly flags: readonly Flag[];
}

/** A tumour of several separate pieces (26 neighbours), as a whole or its largest piece alone. */
export function chooseLesions(tumour: Tumour, lesions: AnalysisRequest['lesions']): ChosenLesions {
  const { grid, data } = tumour.mask;
  if (lesions !== 'largest') return { tumour, others: [], flags: [] };
  const { sizes, mask } = connectedComponents(data, grid.size, 'corners');
  if (sizes.length < 2) return { tumour, others: [], flags: [] };
  const largest = sizes.indexOf(Math.max(...sizes));
  const own = mask((lesion) => lesion === largest);
  const rest = mask((lesion) => lesion !== largest);
  const part = (100 * sizes[largest]) / sizes.reduce((sum, size) => sum + size, 0);
  return {
    tumour: { ...tumour, mask: { grid, data: own } },
    others: [{ ...tumour, mask: { grid, data: rest }, label: 'smaller lesions' }],
    flags: [
      {
        code: 'MULTIFOCAL',
        stage: 'read',
        message: `The tumour region has ${sizes.length} separate pieces; only the largest, ${part.toFixed(0)} % of all, was measured.`,
      },
    ],
  };
}
