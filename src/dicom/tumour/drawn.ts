import { InputError } from '../../chain/errors';
import type { TumourSource } from '../../chain/analysis';
import type { ImageSeries } from '../series';
import type { FoundRegion } from './requireUsable';

type DrawnSource = Extract<TumourSource, { kind: 'drawn' }>;

/** @param series The series that the tumour was drawn on. */
export function readDrawn(source: DrawnSource, series: ImageSeries): FoundRegion {
  const name = `The drawn tumour "${source.label}"`;
  const { grid } = series.volume;
  const perSlice = grid.size[0] * grid.size[1];
  const data = new Uint8Array(perSlice * grid.size[2]);
  for (const plane of source.planes) {
    const slices = series.slices.filter(
      ({ sopInstanceUid, frameNumber }) =>
        sopInstanceUid === plane.sopInstanceUid &&
        (frameNumber === undefined || frameNumber === plane.frameNumber),
    );
    if (slices.length !== 1 || plane.data.length !== perSlice) {
      throw new InputError(
        'MASK_GRID',
        `${name} was drawn on images that do not belong to the series "${series.description}"; draw it on the FS-T2WI or CE-T1WI series that is analysed.`,
      );
    }
    const offset = series.slices.indexOf(slices[0]) * perSlice;
    plane.data.forEach((value, i) => {
      if (value) data[offset + i] = 1;
    });
  }
  return { data, grid, name, outsideFraction: 0 };
}
