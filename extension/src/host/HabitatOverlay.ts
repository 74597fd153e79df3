import type { OverlayPlane } from '../../../src/chain/analysis';
import { text } from '../../../src/dicom/attributes';
import { SEQUENCES } from '../../../src/model/schema';
import {
  HABITAT_COLOURS,
  RING_COLOUR,
  UNASSIGNED_COLOUR,
  type LabelColour,
} from '../charts/habitatColours';
import type { Cornerstone, CornerstoneTools, HostDisplaySet, Rgba, Services } from '../host';
import type { OverlayContent } from '../services/ports';
import type { OverlayState } from '../services/session';
import { overlayId } from './overlayIds';
import { imageIdentity } from './imageIdentity';

const COLOURS: readonly LabelColour[] = [...HABITAT_COLOURS, UNASSIGNED_COLOUR, RING_COLOUR];

const COLOUR_TABLE: readonly Rgba[] = [
  [0, 0, 0, 0],
  ...COLOURS.map(({ rgb: [red, green, blue] }): Rgba => [red, green, blue, 255]),
];

/** Opacity of the ring, as a part of that of the habitats. */
const RING_OPACITY = 0.5;

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
  private look: OverlayState = { visible: true, opacity: 1 };
  /** The draw under way and those behind it; never rejects. */
  private drawing: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly services: Services,
    private readonly cornerstone: () => CornerstoneGlobals,
  ) {}

  /** True while something is drawn or being drawn; false after the mode was left. */
  isShown(): boolean {
    return this.shown.length > 0 || this.waiting > 0;
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
    for (const sequence of SEQUENCES) {
      const planes = content.planes[sequence];
      const displaySet = this.displaySetOf(planes);
      if (displaySet) shown.push(await this.draw(displaySet, planes, content));
    }
    this.shown = shown;
    this.outlineTumour(content.tumourSegmentationId);
    this.place();
  }

  restyle(look: OverlayState): void {
    this.look = look;
    this.place();
  }

  /** A new layout starts without overlays, so they are added wherever they belong and are not yet. */
  place(): void {
    const { viewports } = this.services.viewportGridService.getState();
    for (const { segmentationId, displaySetUid } of this.shown) {
      this.style(segmentationId);
      for (const { viewportId, displaySetInstanceUIDs } of viewports.values()) {
        if (displaySetInstanceUIDs?.includes(displaySetUid)) {
          this.placeIn(viewportId, segmentationId);
        }
      }
    }
  }

  /** The viewer has dropped all segmentations (the mode was left). */
  forget(): void {
    this.shown = [];
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

  /** Each labelmap image names the image it lies on; nothing is matched by position in a list. */
  private fill(segmentationId: string, planes: readonly OverlayPlane[]): void {
    const { core, tools } = this.cornerstone();
    const bySop = new Map(planes.map((plane) => [plane.sopInstanceUid, plane]));
    const segmentation = this.services.segmentationService.getSegmentation(segmentationId);
    for (const imageId of segmentation?.representationData.Labelmap?.imageIds ?? []) {
      const image = core.cache.getImage(imageId);
      const values = image?.voxelManager?.getScalarData();
      if (!image || !values) continue;
      const identity = imageIdentity(image.referencedImageId, core);
      const plane = identity && bySop.get(identity.sopInstanceUid);
      if (plane && plane.labels.length === values.length) values.set(plane.labels);
      else values.fill(0);
    }
    tools.segmentation.triggerSegmentationEvents.triggerSegmentationDataModified(segmentationId);
  }

  private placeIn(viewportId: string, segmentationId: string): void {
    const { segmentationService, cornerstoneViewportService } = this.services;
    if (!cornerstoneViewportService.getCornerstoneViewport(viewportId)) return;
    const present =
      segmentationService.getSegmentationRepresentations(viewportId, { segmentationId }).length > 0;
    if (this.look.visible && !present) void this.add(viewportId, segmentationId);
    if (!this.look.visible && present) {
      segmentationService.removeRepresentationsFromViewport(viewportId, { segmentationId });
    }
    if (this.look.visible && present) this.redraw(viewportId, segmentationId);
  }

  private async add(viewportId: string, segmentationId: string): Promise<void> {
    const { segmentationService } = this.services;
    const active = segmentationService.getActiveSegmentation(viewportId);
    await segmentationService.addSegmentationRepresentation(viewportId, {
      segmentationId,
      type: 'Labelmap',
      config: { colorLUTOrIndex: COLOUR_TABLE },
    });
    this.requireColours(viewportId, segmentationId);
    segmentationService.setRenderInactiveSegmentations(viewportId, true);
    if (active) segmentationService.setActiveSegmentation(viewportId, active.segmentationId);
    this.redraw(viewportId, segmentationId);
  }

  /** For viewers that keep their own table. Each colour set makes the viewer draw everything again. */
  private requireColours(viewportId: string, segmentationId: string): void {
    const { segmentationService } = this.services;
    for (const { label, rgb } of COLOURS) {
      const present = segmentationService.getSegmentColor(viewportId, segmentationId, label);
      if (rgb.every((value, channel) => present?.[channel] === value)) continue;
      segmentationService.setSegmentColor(viewportId, segmentationId, label, [...rgb, 255]);
    }
  }

  /** The ring is drawn fainter: it is wide, and what lies under it must stay readable. */
  private style(segmentationId: string): void {
    const { segmentationService } = this.services;
    const { opacity } = this.look;
    const ring = { segmentationId, type: 'Labelmap', segmentIndex: RING_COLOUR.label } as const;
    segmentationService.setStyle({ segmentationId, type: 'Labelmap' }, filled(opacity));
    segmentationService.setStyle(ring, filled(opacity * RING_OPACITY));
  }

  /** Only its look: the contour itself is the user's. */
  private outlineTumour(segmentationId: string | null): void {
    if (segmentationId === null) return;
    this.services.segmentationService.setStyle(
      { segmentationId, type: 'Labelmap' },
      { renderFill: false, renderFillInactive: false },
    );
  }

  private redraw(viewportId: string, segmentationId: string): void {
    this.cornerstone().tools.segmentation.triggerSegmentationEvents.triggerSegmentationRepresentationModified(
      viewportId,
      segmentationId,
    );
  }
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
