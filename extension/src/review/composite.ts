import type { Grid } from '../../../src/volume/volume';
import type { ReviewLook } from '../services/reviewView';
import type { SliceLayers } from './layers';

/** From columns and rows to pixels of a canvas: x = a column + c row + e, y = b column + d row + f. */
export interface PlaneMap {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The colour of the tumour's outline in the picture; the same as in the text beside it. */
export const OUTLINE_COLOUR = '#f0e442';
const OUTLINE_PIXELS = 1.5;

/** Draws one slice with both series in it. */
export function drawComposite(
  context: CanvasRenderingContext2D,
  layers: SliceLayers,
  { spacingMm, size }: Grid,
  look: ReviewLook,
  map: PlaneMap,
): void {
  const { a, b, c, d, e, f } = map;
  context.save();
  context.transform(a, b, c, d, e, f);
  context.imageSmoothingEnabled = true;
  context.drawImage(layers.reference, -0.5, -0.5);
  context.save();
  if (look.mode === 'checkerboard') {
    context.clip(fieldsOf(size, look.fieldMm / spacingMm[0], look.fieldMm / spacingMm[1]));
  }
  context.globalAlpha = shareOfMoving(look);
  if (context.globalAlpha > 0) context.drawImage(layers.moving, -0.5, -0.5);
  context.restore();
  if (look.outline && layers.outline) {
    context.strokeStyle = OUTLINE_COLOUR;
    context.lineWidth = OUTLINE_PIXELS / Math.hypot(a, b);
    context.lineCap = 'square';
    context.stroke(layers.outline);
  }
  context.restore();
}

function shareOfMoving({ mode, blend, showsMoving }: ReviewLook): number {
  if (mode === 'blend') return blend;
  if (mode === 'flicker') return showsMoving ? 1 : 0;
  return 1;
}

/** Every other field of the board. */
function fieldsOf([columns, rows]: Grid['size'], width: number, height: number): Path2D {
  const path = new Path2D();
  for (let j = 0; j * height < rows; j++) {
    for (let i = j % 2; i * width < columns; i += 2) {
      path.rect(i * width - 0.5, j * height - 0.5, width, height);
    }
  }
  return path;
}
