/**
 * Points on a sphere: the vertices of a subdivided icosahedron, in the order and with the rounding
 * of `trimesh.creation.icosphere`, on which PyRadiomics' lbp-3D rests.
 */

type Point = readonly [number, number, number];

const GOLDEN = (1 + Math.sqrt(5)) / 2;

const CORNERS: readonly Point[] = [
  [-1, GOLDEN, 0],
  [1, GOLDEN, 0],
  [-1, -GOLDEN, 0],
  [1, -GOLDEN, 0],
  [0, -1, GOLDEN],
  [0, 1, GOLDEN],
  [0, -1, -GOLDEN],
  [0, 1, -GOLDEN],
  [GOLDEN, 0, -1],
  [GOLDEN, 0, 1],
  [-GOLDEN, 0, -1],
  [-GOLDEN, 0, 1],
];

const FACES: readonly Point[] = [
  [0, 11, 5],
  [0, 5, 1],
  [0, 1, 7],
  [0, 7, 10],
  [0, 10, 11],
  [1, 5, 9],
  [5, 11, 4],
  [11, 10, 2],
  [10, 7, 6],
  [7, 1, 8],
  [3, 9, 4],
  [3, 4, 2],
  [3, 2, 6],
  [3, 6, 8],
  [3, 8, 9],
  [4, 9, 5],
  [2, 4, 11],
  [6, 2, 10],
  [8, 6, 7],
  [9, 8, 1],
];

/** 12 vertices for 0 subdivisions, 42 for 1, 162 for 2. */
export function icosphere(subdivisions: number, radius: number): Point[] {
  const length = Math.sqrt(2 + GOLDEN);
  let vertices = CORNERS.map((v): Point => [v[0] / length, v[1] / length, v[2] / length]);
  let faces = FACES;
  for (let step = 0; step < subdivisions; step++) {
    [vertices, faces] = subdivide(vertices, faces);
    vertices = vertices.map((v) => moveTo(v, radius));
  }
  return subdivisions > 0 ? vertices : vertices.map((v) => moveTo(v, radius));
}

function moveTo([x, y, z]: Point, radius: number): Point {
  const length = Math.sqrt(x * x + y * y + z * z);
  const missing = radius - length;
  return [x + (x / length) * missing, y + (y / length) * missing, z + (z / length) * missing];
}

/** Every edge gets a vertex in its middle; new vertices follow the old, ordered by their edge, later end first. */
function subdivide(vertices: readonly Point[], faces: readonly Point[]): [Point[], Point[]] {
  const key = (a: number, b: number): number => Math.max(a, b) * vertices.length + Math.min(a, b);
  const edges = faces.flatMap(([a, b, c]) => [key(a, b), key(b, c), key(c, a)]);
  const unique = [...new Set(edges)].sort((p, q) => p - q);
  const middleOf = new Map(unique.map((edge, i) => [edge, vertices.length + i]));
  const middles = unique.map((edge): Point => {
    const a = vertices[edge % vertices.length];
    const b = vertices[Math.floor(edge / vertices.length)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
  });
  const middle = (a: number, b: number): number => middleOf.get(key(a, b)) ?? -1;
  const smaller = faces.flatMap(([a, b, c]): Point[] => {
    const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    return [
      [a, ab, ca],
      [ab, b, bc],
      [ca, bc, c],
      [ab, bc, ca],
    ];
  });
  return [[...vertices, ...middles], smaller];
}
