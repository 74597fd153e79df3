import { toDicomLab } from './dcmjsFacade';
import type { SegmentRegion } from './outputTypes';

/** sRGB, 0 to 255: the colours that the SEG recommends, from the Okabe-Ito palette (colour-blind safe). */
export const SEGMENT_COLOURS: Readonly<Record<SegmentRegion, readonly [number, number, number]>> = {
  tumour: [240, 228, 66],
  habitat1: [0, 114, 178],
  habitat2: [213, 94, 0],
  habitat3: [0, 158, 115],
  peritumour: [204, 121, 167],
};

/** Recommended Display CIELab Value: three integers, 0 to 65535 (PS3.3 C.10.7.1.1). */
export function recommendedColour(region: SegmentRegion): number[] {
  return toDicomLab(SEGMENT_COLOURS[region]);
}
