import {
  HABITAT_COLOURS,
  RING_COLOUR,
  UNASSIGNED_COLOUR,
  type LabelColour,
} from '../charts/habitatColours';
import type { SegmentationService } from '../host';

const COLOURS: readonly LabelColour[] = [...HABITAT_COLOURS, UNASSIGNED_COLOUR, RING_COLOUR];

/** Opacity of the ring, as a part of that of the habitats. */
const RING_OPACITY = 0.5;

/**
 * Sets only what differs: with each colour that is set, the viewer draws everything again. It keeps the
 * colours of a segmentation for the next viewport only when they were set one by one; a table handed
 * over with the representation comes back black from another layout (OHIF 3.13.2).
 */
export function requireColours(
  service: SegmentationService,
  viewportId: string,
  segmentationId: string,
): void {
  for (const { label, rgb } of COLOURS) {
    const present = service.getSegmentColor(viewportId, segmentationId, label);
    if (rgb.every((value, channel) => present?.[channel] === value)) continue;
    service.setSegmentColor(viewportId, segmentationId, label, [...rgb, 255]);
  }
}

/** The ring is drawn fainter: it is wide, and what lies under it must stay readable. */
export function styleOverlay(
  service: SegmentationService,
  segmentationId: string,
  opacity: number,
): void {
  const ring = { segmentationId, type: 'Labelmap', segmentIndex: RING_COLOUR.label } as const;
  service.setStyle({ segmentationId, type: 'Labelmap' }, filled(opacity));
  service.setStyle(ring, filled(opacity * RING_OPACITY));
}

function filled(fillAlpha: number): Readonly<Record<string, number | boolean>> {
  return {
    fillAlpha,
    fillAlphaInactive: fillAlpha,
    renderFill: true,
    renderFillInactive: true,
    renderOutline: false,
    renderOutlineInactive: false,
  };
}
