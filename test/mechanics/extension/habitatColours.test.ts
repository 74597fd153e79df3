import {
  HABITAT_COLOURS,
  RING_COLOUR,
  UNASSIGNED_COLOUR,
  type LabelColour,
} from '../../../extension/src/charts/habitatColours';
import { SEGMENT_COLOURS } from '../../../src/dicom/segmentColours';

const ALL = [...HABITAT_COLOURS, UNASSIGNED_COLOUR, RING_COLOUR];

it('shows what the stored SEG recommends', () => {
  expect(HABITAT_COLOURS.map(({ rgb }) => rgb)).toEqual([
    SEGMENT_COLOURS.habitat1,
    SEGMENT_COLOURS.habitat2,
    SEGMENT_COLOURS.habitat3,
  ]);
  expect(UNASSIGNED_COLOUR.rgb).toEqual(SEGMENT_COLOURS.tumour);
  expect(RING_COLOUR.rgb).toEqual(SEGMENT_COLOURS.peritumour);
});

it('numbers the labels as an overlay plane does', () => {
  expect(ALL.map(({ label }) => label)).toEqual([1, 2, 3, 4, 5]);
});

it('writes on every colour with at least the contrast of WCAG AA', () => {
  for (const colour of ALL) expect(contrast(colour)).toBeGreaterThanOrEqual(4.5);
});

/** WCAG 2.2, contrast ratio of the ink on the colour. */
function contrast({ rgb, ink }: LabelColour): number {
  const colour = luminance(rgb) + 0.05;
  const text = (ink === '#fff' ? 1 : 0) + 0.05;
  return Math.max(colour, text) / Math.min(colour, text);
}

function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
