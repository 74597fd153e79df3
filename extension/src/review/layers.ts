import type { CheckPlane, RegistrationCheck } from '../../../src/chain/analysis';

/** Where the other series has no image: neither dark nor bright. */
const OUTSIDE = [34, 40, 84] as const;

/** The pictures of one slice, in columns and rows of the check's grid. */
export interface SliceLayers {
  readonly reference: HTMLCanvasElement;
  readonly moving: HTMLCanvasElement;
  readonly outline: Path2D | null;
}

/** Made when a slice is first looked at; kept as long as the registration is. */
export class LayerCache {
  private check: RegistrationCheck | null = null;
  private readonly slices = new Map<number, SliceLayers>();

  of(check: RegistrationCheck, z: number): SliceLayers {
    if (check !== this.check) this.slices.clear();
    this.check = check;
    const known = this.slices.get(z);
    if (known) return known;
    // A few slices: each is four times as large here as in the check.
    if (this.slices.size >= 8) this.slices.clear();
    const made = layersOf(check.planes[z], check.grid.size[0], check.grid.size[1]);
    this.slices.set(z, made);
    return made;
  }
}

function layersOf(plane: CheckPlane, columns: number, rows: number): SliceLayers {
  return {
    reference: grey(plane.reference, columns, rows),
    moving: grey(plane.moving, columns, rows),
    outline: plane.tumour && pathAround(plane.tumour, columns, rows),
  };
}

function grey(values: Uint8Array, columns: number, rows: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  const pixels = new ImageData(columns, rows);
  values.forEach((value, i) => {
    const colour = value === 0 ? OUTSIDE : ([value, value, value] as const);
    pixels.data.set([...colour, 255], 4 * i);
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}

function pathAround(mask: Uint8Array, columns: number, rows: number): Path2D {
  const path = new Path2D();
  for (const [x1, y1, x2, y2] of edgesOf(mask, columns, rows)) {
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
  }
  return path;
}

type Edge = readonly [x1: number, y1: number, x2: number, y2: number];

/** The edges between inside and outside; voxel centres lie at whole numbers. */
export function edgesOf(mask: Uint8Array, columns: number, rows: number): Edge[] {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < columns && y < rows && mask[x + columns * y] !== 0;
  const edges: Edge[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (!inside(x, y)) continue;
      const [left, right, top, bottom] = [x - 0.5, x + 0.5, y - 0.5, y + 0.5];
      if (!inside(x, y - 1)) edges.push([left, top, right, top]);
      if (!inside(x, y + 1)) edges.push([left, bottom, right, bottom]);
      if (!inside(x - 1, y)) edges.push([left, top, left, bottom]);
      if (!inside(x + 1, y)) edges.push([right, top, right, bottom]);
    }
  }
  return edges;
}
