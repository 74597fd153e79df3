import { readFileSync } from 'node:fs';
import { readImage } from '../../../src/io/readImage';
import { filteredImages } from '../../../src/imageTypes/all';
import { imageNames } from '../../../src/imageTypes/names';
import { preset } from '../../../src/radiomics/presets';
import { describeWithShared, sharedPath } from '../../shared';

const read = (name: string) => {
  const path = `references/radiomics/phantom/filtered/${name}.nrrd`;
  return readImage(readFileSync(sharedPath(path)), path);
};

/** Outside the region PyRadiomics' lbp-3D holds whatever its memory held. */
const onlyInside = (name: string): boolean => name.startsWith('lbp-3D');

describeWithShared('filtered images of the phantom, against PyRadiomics', () => {
  const image = read('_resampled_image');
  const { grid, data } = read('_resampled_mask');
  const mask = { grid, data: Uint8Array.from(data) };
  const everywhere = { grid, data: new Uint8Array(data.length).fill(1) };

  for (const { type, settings } of preset('full').imageTypes) {
    const names = new Set(imageNames(type, settings));
    test(`${type}: ${[...names].join(', ')}`, () => {
      const found = new Set<string>();
      // LoG is computed in the region's box only, so the whole image is the region here.
      const region = type === 'LoG' ? everywhere : mask;
      for (const { name, data } of filteredImages(type, image, region, settings, names)) {
        found.add(name);
        const expected = read(name).data;
        let [low, high, worst] = [Infinity, -Infinity, 0];
        for (let i = 0; i < data.length; i++) {
          if (onlyInside(name) && !mask.data[i]) continue;
          low = Math.min(low, expected[i]);
          high = Math.max(high, expected[i]);
          worst = Math.max(worst, Math.abs(data[i] - expected[i]));
        }
        expect(worst).toBeLessThanOrEqual(1e-6 * (high - low));
      }
      expect(found).toEqual(names);
    });
  }
});
