/**
 * Okabe-Ito colours (Okabe & Ito 2008, "Color Universal Design"), told apart with every form of colour
 * blindness. Habitats are always numbered as well, so that colour is never the only difference.
 */
export interface LabelColour {
  /** Value of the label in an `OverlayPlane`. */
  readonly label: number;
  readonly rgb: readonly [number, number, number];
  /** Text that stays readable on the colour. */
  readonly ink: '#000' | '#fff';
}

export const HABITAT_COLOURS: readonly [LabelColour, LabelColour, LabelColour] = [
  { label: 1, rgb: [86, 180, 233], ink: '#000' },
  { label: 2, rgb: [213, 94, 0], ink: '#fff' },
  { label: 3, rgb: [240, 228, 66], ink: '#000' },
];
export const UNASSIGNED_COLOUR: LabelColour = { label: 4, rgb: [190, 190, 190], ink: '#000' };
export const RING_COLOUR: LabelColour = { label: 5, rgb: [0, 158, 115], ink: '#fff' };

export function css({ rgb }: LabelColour): string {
  return `rgb(${rgb.join(' ')})`;
}
