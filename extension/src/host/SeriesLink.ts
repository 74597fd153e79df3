import { invertAffine, type Mat4 } from '../../../src/volume/geometry';
import { otherSequence } from '../../../src/chain/bothSequences';
import type { ReviewViewState } from '../services/reviewView';

/** How positions of one series are found in another: through the registration that is shown. */
export class SeriesLink {
  private held = 0;

  constructor(private readonly view: () => Pick<ReviewViewState, 'check' | 'linked'>) {}

  /** The map of LPS mm from one series to another; null where no registration links the two. */
  between(fromSeriesUid: string, toSeriesUid: string): Mat4 | null {
    const { check, linked } = this.view();
    if (!check || !linked) return null;
    const reference = check.series[check.reference];
    const moving = check.series[otherSequence(check.reference)];
    const matrix = asMat4(check.summary.matrix);
    if (fromSeriesUid === reference && toSeriesUid === moving) return matrix;
    if (fromSeriesUid === moving && toSeriesUid === reference) return invertAffine(matrix);
    return null;
  }

  /** While `work` moves both viewports itself, neither follows the other. */
  async hold(work: () => Promise<void>): Promise<void> {
    this.held++;
    try {
      await work();
    } finally {
      this.held--;
    }
  }

  isHeld(): boolean {
    return this.held > 0;
  }
}

function asMat4(m: readonly number[]): Mat4 {
  const [a, b, c, d, e, f, g, h, i, j, k, l] = m;
  return [a, b, c, d, e, f, g, h, i, j, k, l, 0, 0, 0, 1];
}
