import type { OverlayPlane } from '../../../src/chain/analysis';
import { text } from '../../../src/dicom/attributes';
import { SEQUENCES } from '../../../src/model/schema';
import type { Cornerstone, CornerstoneTools, HostDisplaySet, Services } from '../host';
import type { OverlayContent } from '../services/ports';
import type { OverlayState } from '../services/session';
import { overlayId } from './overlayIds';
import { styleOverlay } from './overlayLook';
import { OverlayPlacement } from './OverlayPlacement';
import { fillLabelmap } from './labelmap';

/** What `window` holds once the viewer runs. */
export interface CornerstoneGlobals {
  readonly core: Cornerstone;
  readonly tools: CornerstoneTools;
}

interface Shown {
  readonly segmentationId: string;
  readonly displaySetUid: string;
}

/**
 * Draws habitats and ring over both series, as segmentations of the viewer. The user's own contours
 * are other segmentations and are never touched; the one he was drawing stays the active one.
 */
export class HabitatOverlay {
  private shown: readonly Shown[] = [];
  /** Series that no viewport has loaded yet, so that nothing can be drawn on them. */
  private notLoaded: readonly HostDisplaySet[] = [];
  private look: OverlayState = { visible: true, opacity: 1 };
  /** The draw under way and those behind it; never rejects. */
  private drawing: Promise<void> = Promise.resolve();
  private waiting = 0;
  private readonly placement: OverlayPlacement;

  constructor(
    private readonly services: Services,
    private readonly cornerstone: () => CornerstoneGlobals,
  ) {
    this.placement = new OverlayPlacement(services, () => cornerstone().tools);
  }

  /** True while all that can be is drawn or being drawn; false after the mode was left. */
  isShown(): boolean {
    const canAdd = this.notLoaded.some(({ imageIds }) => imageIds);
    return (this.shown.length > 0 && !canAdd) || this.waiting > 0;
  }

  async show(content: OverlayContent, look: OverlayState): Promise<void> {
    // One after the other: two draws at once would create the same segmentation twice.
    const draw = this.drawing.then(() => this.drawAll(content, look));
    this.waiting++;
    this.drawing = draw.then(
      () => void this.waiting--,
      () => void this.waiting--,
    );
    await draw;
  }

  private async drawAll(content: OverlayContent, look: OverlayState): Promise<void> {
    this.look = look;
    const shown: Shown[] = [];
    const notLoaded: HostDisplaySet[] = [];
    for (const sequence of SEQUENCES) {
      const planes = content.planes[sequence];
      const displaySet = this.displaySetOf(planes);
      if (!displaySet) continue;
      if (displaySet.imageIds) shown.push(await this.draw(displaySet, planes, content));
      else notLoaded.push(displaySet);
    }
    this.shown = shown;
    this.notLoaded = notLoaded;
    this.outlineTumour(content.tumourSegmentationId);
    this.place();
  }

  restyle(look: OverlayState): void {
    const wasVisible = this.look.visible;
    this.look = look;
    this.style();
    for (const { viewportId, segmentationId } of this.placements()) {
      if (!look.visible) this.placement.hide(viewportId, segmentationId);
      else if (wasVisible) this.placement.redraw(viewportId, segmentationId);
      else this.placement.show(viewportId, segmentationId);
    }
  }

  /** A new layout starts without overlays, so they are added wherever they belong and are not yet. */
  place(): void {
    this.style();
    for (const { viewportId, segmentationId } of this.placements()) {
      if (this.look.visible) this.placement.show(viewportId, segmentationId);
      else this.placement.hide(viewportId, segmentationId);
    }
  }

  private style(): void {
    for (const { segmentationId } of this.shown) {
      styleOverlay(this.services.segmentationService, segmentationId, this.look.opacity);
    }
  }

  /** Every viewport that shows a series with an overlay. */
  private placements(): { readonly viewportId: string; readonly segmentationId: string }[] {
    const viewports = [...this.services.viewportGridService.getState().viewports.values()];
    return this.shown.flatMap(({ segmentationId, displaySetUid }) =>
      viewports
        .filter(({ displaySetInstanceUIDs }) => displaySetInstanceUIDs?.includes(displaySetUid))
        .map(({ viewportId }) => ({ viewportId, segmentationId })),
    );
  }

  /** Takes it off the images: the result it belongs to is gone. */
  clear(): void {
    for (const { viewportId, segmentationId } of this.placements()) {
      this.placement.hide(viewportId, segmentationId);
    }
    this.forget();
  }

  /** The viewer has dropped all segmentations (the mode was left). */
  forget(): void {
    this.shown = [];
    this.notLoaded = [];
    this.placement.stopLooking();
  }

  private displaySetOf(planes: readonly OverlayPlane[]): HostDisplaySet | undefined {
    const images = new Set(planes.map(({ sopInstanceUid }) => sopInstanceUid));
    return this.services.displaySetService
      .getActiveDisplaySets()
      .find(
        ({ numImageFrames, instances }) =>
          numImageFrames && instances?.some((image) => images.has(text(image, 'SOPInstanceUID'))),
      );
  }

  private async draw(
    displaySet: HostDisplaySet,
    planes: readonly OverlayPlane[],
    content: OverlayContent,
  ): Promise<Shown> {
    const segmentationId = overlayId(displaySet.displaySetInstanceUID);
    const { segmentationService } = this.services;
    if (!segmentationService.getSegmentation(segmentationId)) {
      await segmentationService.createLabelmapForDisplaySet(displaySet, {
        segmentationId,
        label: `Habitats on ${displaySet.SeriesDescription ?? displaySet.Modality}`,
        segments: segmentsOf(content.habitatNames),
      });
    }
    this.fill(segmentationId, planes);
    return { segmentationId, displaySetUid: displaySet.displaySetInstanceUID };
  }

  private fill(segmentationId: string, planes: readonly OverlayPlane[]): void {
    const { core, tools } = this.cornerstone();
    fillLabelmap(this.services.segmentationService.getSegmentation(segmentationId), planes, core);
    tools.segmentation.triggerSegmentationEvents.triggerSegmentationDataModified(segmentationId);
  }

  /** Only its look: the contour itself is the user's. */
  private outlineTumour(segmentationId: string | null): void {
    if (segmentationId === null) return;
    this.services.segmentationService.setStyle(
      { segmentationId, type: 'Labelmap' },
      { renderFill: false, renderFillInactive: false },
    );
  }
}

function segmentsOf([first, second, third]: OverlayContent['habitatNames']) {
  const labels = [
    `1 ${first}`,
    `2 ${second}`,
    `3 ${third}`,
    'Tumour, no habitat',
    'Peritumoural ring',
  ];
  return Object.fromEntries(
    labels.map((label, index) => [
      index + 1,
      { segmentIndex: index + 1, label, locked: true, active: false },
    ]),
  );
}
