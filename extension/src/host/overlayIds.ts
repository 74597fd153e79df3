/** Segmentations of ours in the viewer carry this prefix: they are shown, never analysed. */
export const OVERLAY_PREFIX = 'sts-habitat-overlay:';

export function overlayId(displaySetInstanceUid: string): string {
  return `${OVERLAY_PREFIX}${displaySetInstanceUid}`;
}
