import type { RadiomicsImage } from '../src/radiomics/radiomicsImage';
import type { Grid, Mask } from '../src/volume/volume';

export interface Case {
  readonly name: string;
  readonly image: RadiomicsImage;
  readonly mask: Mask;
  /** Of the region, as the features see it: on 1 mm voxels. */
  readonly voxels: number;
  /** CPU seconds of PyRadiomics for `full` on the reference machine (references/README.md). */
  readonly pyRadiomicsSeconds?: number;
}

/** An ellipsoid of about `voxels` 1 mm voxels in smooth noise, always the same. */
export function syntheticCase(voxels: number): Case {
  const radius = Math.cbrt((3 * voxels) / (4 * Math.PI));
  const half = [1.2, 1, 1 / 1.2].map((stretch) => radius * stretch);
  const size = half.map((r) => 2 * Math.ceil(r) + 13);
  const grid: Grid = {
    size: [size[0], size[1], size[2]],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  const data = new Float32Array(size[0] * size[1] * size[2]);
  const mask = new Uint8Array(data.length);
  let seed = 12345;
  for (let z = 0, at = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++, at++) {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        const wave = Math.sin(x / 7) * Math.cos(y / 9) + Math.sin(z / 5 + x / 11);
        data[at] = Math.round(500 + 150 * wave + (60 * seed) / 2 ** 32);
        const [u, v, w] = [x, y, z].map((p, a) => (p - (size[a] - 1) / 2) / half[a]);
        mask[at] = u * u + v * v + w * w <= 1 ? 1 : 0;
      }
    }
  }
  const region = { grid, data: mask };
  return { name: 'synthetic', image: { grid, data }, mask: region, voxels: countInside(region) };
}

export function countInside({ data }: Mask): number {
  return data.reduce((sum, inside) => sum + inside, 0);
}
