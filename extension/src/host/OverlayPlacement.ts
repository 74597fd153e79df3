import type { CornerstoneTools, CornerstoneViewport, Services } from '../host';
import { requireColours } from './overlayLook';

/**
 * When to look whether an overlay is really drawn. After a change of the layout the viewer puts images,
 * window and segmentations back one after the other, and has no event that says when this is over.
 */
const LOOK_AFTER_MS = [800, 1600, 3200, 6400];

/** Puts overlays into viewports and takes them out again. */
export class OverlayPlacement {
  /** Additions under way, as viewport and segmentation. */
  private readonly adding = new Set<string>();
  /** The next look at an overlay, by viewport and segmentation. */
  private readonly looks = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly services: Pick<Services, 'segmentationService' | 'cornerstoneViewportService'>,
    private readonly tools: () => CornerstoneTools,
  ) {}

  show(viewportId: string, segmentationId: string): void {
    if (!this.viewport(viewportId)) return;
    if (this.isPlaced(viewportId, segmentationId)) {
      // The viewer has brought it back itself, drawn wrongly or not at all.
      this.lookLater(viewportId, segmentationId, true);
    } else {
      void this.add(viewportId, segmentationId);
    }
  }

  hide(viewportId: string, segmentationId: string): void {
    clearTimeout(this.looks.get(key(viewportId, segmentationId)));
    if (!this.viewport(viewportId) || !this.isPlaced(viewportId, segmentationId)) return;
    this.remove(viewportId, segmentationId);
  }

  /** Draws with the present style. */
  redraw(viewportId: string, segmentationId: string): void {
    this.tools().segmentation.triggerSegmentationEvents.triggerSegmentationRepresentationModified(
      viewportId,
      segmentationId,
    );
  }

  stopLooking(): void {
    for (const timer of this.looks.values()) clearTimeout(timer);
    this.looks.clear();
  }

  private async add(viewportId: string, segmentationId: string): Promise<void> {
    const place = key(viewportId, segmentationId);
    if (this.adding.has(place)) return;
    this.adding.add(place);
    try {
      await this.addNow(viewportId, segmentationId);
    } finally {
      this.adding.delete(place);
    }
    this.lookLater(viewportId, segmentationId, false);
  }

  private async addNow(viewportId: string, segmentationId: string): Promise<void> {
    const { segmentationService } = this.services;
    const active = segmentationService.getActiveSegmentation(viewportId);
    await segmentationService.addSegmentationRepresentation(viewportId, {
      segmentationId,
      type: 'Labelmap',
    });
    requireColours(segmentationService, viewportId, segmentationId);
    segmentationService.setRenderInactiveSegmentations(viewportId, true);
    if (active) segmentationService.setActiveSegmentation(viewportId, active.segmentationId);
    this.redraw(viewportId, segmentationId);
  }

  private remove(viewportId: string, segmentationId: string): void {
    const { segmentationService } = this.services;
    const specifier = { segmentationId };
    if (segmentationService.removeRepresentationsFromViewport) {
      segmentationService.removeRepresentationsFromViewport(viewportId, specifier);
    } else {
      segmentationService.removeSegmentationRepresentations?.(viewportId, specifier);
    }
  }

  /** Adds the overlay afresh where it is not drawn; the first time also where `renew` asks for it. */
  private lookLater(viewportId: string, segmentationId: string, renew: boolean, turn = 0): void {
    const place = key(viewportId, segmentationId);
    clearTimeout(this.looks.get(place));
    this.looks.delete(place);
    if (turn === LOOK_AFTER_MS.length) return;
    const look = (): void => {
      const viewport = this.viewport(viewportId);
      if (!viewport || !this.isPlaced(viewportId, segmentationId)) return;
      if (renew || !isDrawn(viewport, segmentationId)) {
        this.remove(viewportId, segmentationId);
        void this.addNow(viewportId, segmentationId);
      }
      this.lookLater(viewportId, segmentationId, false, turn + 1);
    };
    this.looks.set(place, setTimeout(look, LOOK_AFTER_MS[turn]));
  }

  private isPlaced(viewportId: string, segmentationId: string): boolean {
    const { segmentationService } = this.services;
    return (
      segmentationService.getSegmentationRepresentations(viewportId, { segmentationId }).length > 0
    );
  }

  private viewport(viewportId: string): CornerstoneViewport | null | undefined {
    return this.services.cornerstoneViewportService.getCornerstoneViewport(viewportId);
  }
}

function key(viewportId: string, segmentationId: string): string {
  return `${viewportId} ${segmentationId}`;
}

/** True unless the viewport says that it draws nothing for the segmentation. */
function isDrawn(viewport: CornerstoneViewport, segmentationId: string): boolean {
  const actors = viewport.getActors?.();
  if (!actors) return true;
  return actors.some(({ representationUID }) => representationUID?.startsWith(segmentationId));
}
