type Vector = readonly number[];

/** What cornerstone's `imagePlaneModule` says of an image, LPS millimetres. */
export interface ImagePlane {
  readonly frameOfReferenceUID?: string;
  readonly imagePositionPatient: Vector;
  readonly rowCosines: Vector;
  readonly columnCosines: Vector;
  readonly rows: number;
  readonly columns: number;
  /** Distance of rows, and of columns. */
  readonly rowPixelSpacing: number;
  readonly columnPixelSpacing: number;
}

/** Planes that differ by more than this are not slices of the same kind. */
const MAXIMUM_TILT_DEG = 25;

/**
 * The image of `stack` that lies nearest to the middle of `image`; null when the two cannot be
 * compared. The middle, not the corner: series of a limb are often tilted by some degrees against
 * each other, which is several slices at the corners.
 */
export function nearestSlice(image: ImagePlane, stack: readonly ImagePlane[]): number | null {
  const [first] = stack;
  if (!first || first.frameOfReferenceUID !== image.frameOfReferenceUID) return null;
  const normal = normalOf(first);
  const cosine = Math.abs(dot(normal, normalOf(image)));
  if (cosine < Math.cos((MAXIMUM_TILT_DEG * Math.PI) / 180)) return null;
  const height = dot(centreOf(image), normal);
  const distances = stack.map((plane) => Math.abs(dot(centreOf(plane), normal) - height));
  return distances.indexOf(Math.min(...distances));
}

/** The image of `stack` whose plane lies nearest to a point, and how far away; null for an empty stack. */
export function sliceThrough(
  point: Vector,
  stack: readonly ImagePlane[],
): { readonly index: number; readonly distanceMm: number } | null {
  if (stack.length === 0) return null;
  const distances = stack.map((plane) => {
    const offset = point.map((value, axis) => value - plane.imagePositionPatient[axis]);
    return Math.abs(dot(offset, normalOf(plane)));
  });
  const distanceMm = Math.min(...distances);
  return { index: distances.indexOf(distanceMm), distanceMm };
}

/** The plane where a rigid map (row-major 4 x 4) takes it, in another frame of reference. */
export function movedPlane(plane: ImagePlane, m: Vector, frameOfReferenceUID?: string): ImagePlane {
  const turned = ([x, y, z]: Vector): Vector =>
    [0, 4, 8].map((r) => m[r] * x + m[r + 1] * y + m[r + 2] * z);
  return {
    ...plane,
    ...(frameOfReferenceUID === undefined ? {} : { frameOfReferenceUID }),
    imagePositionPatient: turned(plane.imagePositionPatient).map(
      (value, axis) => value + m[4 * axis + 3],
    ),
    rowCosines: turned(plane.rowCosines),
    columnCosines: turned(plane.columnCosines),
  };
}

function centreOf(plane: ImagePlane): Vector {
  const right = ((plane.columns - 1) / 2) * plane.columnPixelSpacing;
  const down = ((plane.rows - 1) / 2) * plane.rowPixelSpacing;
  return plane.imagePositionPatient.map(
    (value, axis) => value + right * plane.rowCosines[axis] + down * plane.columnCosines[axis],
  );
}

function normalOf({ rowCosines: r, columnCosines: c }: ImagePlane): Vector {
  return [r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0]];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
