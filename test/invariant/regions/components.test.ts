import fc from 'fast-check';
import { connectedComponents } from '../../../src/regions/components';
import type { Vec3 } from '../../../src/volume/volume';

const size: Vec3 = [7, 6, 5];
const count = size[0] * size[1] * size[2];

/** Number of the component of each voxel, in order of its first voxel; -1 outside. By flooding. */
function flooded(inside: Uint8Array, reach: number): number[] {
  const place = (i: number): Vec3 => [
    i % size[0],
    Math.floor(i / size[0]) % size[1],
    Math.floor(i / (size[0] * size[1])),
  ];
  const touch = (i: number, j: number): boolean => {
    const steps = place(i).map((p, axis) => Math.abs(p - place(j)[axis]));
    const sum = steps.reduce((a, b) => a + b, 0);
    return Math.max(...steps) === 1 && sum <= reach;
  };
  const labels = Array.from({ length: count }, () => -1);
  let next = 0;
  for (let seed = 0; seed < count; seed++) {
    if (inside[seed] === 0 || labels[seed] >= 0) continue;
    const stack = [seed];
    labels[seed] = next;
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      for (let j = 0; j < count; j++) {
        if (inside[j] === 0 || labels[j] >= 0 || !touch(i, j)) continue;
        labels[j] = next;
        stack.push(j);
      }
    }
    next++;
  }
  return labels;
}

test.each([
  ['faces', 1],
  ['corners', 3],
] as const)('components joined by %s are those of a flood', (neighbourhood, reach) => {
  const masks = fc.uint8Array({ min: 0, max: 3, minLength: count, maxLength: count });
  fc.assert(
    fc.property(masks, fc.integer({ min: 1, max: 3 }), (values, least) => {
      const inside = values.map((value) => (value >= least ? 1 : 0));
      const labels = flooded(inside, reach);
      const { sizes, mask } = connectedComponents(inside, size, neighbourhood);
      const expected = Array.from({ length: Math.max(-1, ...labels) + 1 }, (_, component) =>
        labels.filter((label) => label === component),
      );
      expect(sizes).toEqual(expected.map(({ length }) => length));
      sizes.forEach((_, wanted) => {
        expect([...mask((component) => component === wanted)]).toEqual(
          labels.map((label) => (label === wanted ? 1 : 0)),
        );
      });
      expect(mask(() => true)).toEqual(inside);
    }),
    { numRuns: 60 },
  );
});
