/**
 * The colours that the stored SEG recommends (`src/dicom/segmentColours.ts`; a test keeps them equal),
 * so that the overlay looks the same when it is loaded again. They are Okabe-Ito colours, told apart
 * with every form of colour blindness; habitats are always numbered as well.
 */
export interface LabelColour {
  /** Value of the label in an `OverlayPlane`. */
  readonly label: number;
  readonly rgb: readonly [number, number, number];
  /** Text that stays readable on the colour. */
  readonly ink: '#000' | '#fff';
}

export const HABITAT_COLOURS: readonly [LabelColour, LabelColour, LabelColour] = [
  { label: 1, rgb: [0, 114, 178], ink: '#fff' },
  { label: 2, rgb: [213, 94, 0], ink: '#000' },
  { label: 3, rgb: [0, 158, 115], ink: '#000' },
];
/** Tumour voxels without a habitat. */
export const UNASSIGNED_COLOUR: LabelColour = { label: 4, rgb: [240, 228, 66], ink: '#000' };
export const RING_COLOUR: LabelColour = { label: 5, rgb: [204, 121, 167], ink: '#000' };

export function css({ rgb }: LabelColour): string {
  return `rgb(${rgb.join(' ')})`;
}
