import type { RegistrationCheck } from '../../../src/chain/analysis';
import { applyToPoint, worldToIndex } from '../../../src/volume/geometry';
import type { Vec3 } from '../../../src/volume/volume';
import type { Cornerstone, CornerstoneViewport, Services } from '../host';
import { focusOf, type ReviewViewStore } from '../services/reviewView';
import { crosshairMark } from './crosshairMark';
import { planeOf } from './linkedSlices';
import { sliceThrough, type ImagePlane } from './nearestSlice';
import { RegistrationLayer } from './registrationLayer';
import type { SeriesLink } from './SeriesLink';

const IMAGE_RENDERED = 'CORNERSTONE_IMAGE_RENDERED';
/** A press that moves further is a drag with a tool of the viewer. */
const CLICK_PIXELS = 4;

/** A viewport that shows one of the two series. */
interface Place {
  readonly viewport: CornerstoneViewport;
  readonly element: HTMLElement;
  readonly seriesUid: string;
}

type HostServices = Pick<
  Services,
  'viewportGridService' | 'cornerstoneViewportService' | 'displaySetService'
>;

/**
 * The registration in the viewer's own viewports: a click in one series marks the same point of the
 * patient in both and brings both to its slice; the other series can be laid over the reference.
 * Drawn in elements of its own above the images, by the viewport's own map of world to screen, so
 * it follows zoom and pan and touches nothing of the viewer.
 */
export class RegistrationViewports {
  private pressed: { readonly x: number; readonly y: number } | null = null;
  private stopListening: () => void = () => undefined;
  private readonly layer = new RegistrationLayer();
  /** True while a slice chosen in the viewer is passed on: the viewer is there already. */
  private following = false;
  private goal: Vec3 | null = null;
  /** The slice that the viewer showed last: only a change of it is the user's. */
  private seen: number | null = null;

  constructor(
    private readonly services: HostServices,
    private readonly core: () => Cornerstone,
    private readonly view: ReviewViewStore,
    private readonly link: SeriesLink,
  ) {}

  start(): void {
    this.stop();
    const press = ({ clientX: x, clientY: y, button }: PointerEvent): void => {
      this.pressed = button === 0 ? { x, y } : null;
    };
    const release = (event: PointerEvent): void => this.released(event);
    const rendered = (): void => {
      this.followViewer();
      this.draw();
    };
    // In the capture phase: the viewer's tools stop some events, and rendering events do not bubble.
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('pointerup', release, true);
    document.addEventListener(IMAGE_RENDERED, rendered, true);
    const unsubscribe = this.onChange();
    this.stopListening = () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('pointerup', release, true);
      document.removeEventListener(IMAGE_RENDERED, rendered, true);
      unsubscribe();
    };
  }

  stop(): void {
    this.stopListening();
    this.stopListening = () => undefined;
    for (const { element } of this.places()) this.clear(element);
  }

  private onChange(): () => void {
    let before = this.view.get();
    return this.view.subscribe(() => {
      const now = this.view.get();
      const moved = now.z !== before.z || now.pointMm !== before.pointMm;
      // A new registration moves nothing: the user may be reading another slice.
      const goes = moved && now.check === before.check && !this.following;
      if (now.check !== before.check) this.seen = this.sliceOnScreen();
      before = now;
      this.draw();
      if (goes) void this.goTo(focusOf(now));
    });
  }

  private released(event: PointerEvent): void {
    const { pressed } = this;
    this.pressed = null;
    const { crosshair, check, open } = this.view.get();
    if (!pressed || !crosshair || !check || !open) return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > CLICK_PIXELS) return;
    const { target } = event;
    const place = this.places().find(
      ({ element }) => target instanceof Node && element.contains(target),
    );
    const point = place && worldAt(place, event);
    if (!place || !point) return;
    const toReference = this.link.between(place.seriesUid, check.series[check.reference]);
    const pointMm = toReference ? applyToPoint(toReference, point) : point;
    this.view.dispatch({ type: 'pointed', pointMm });
  }

  /** The slice that was chosen in the viewport of the reference series. */
  private followViewer(): void {
    if (this.link.isHeld()) return;
    const z = this.sliceOnScreen();
    if (z === null || z === this.seen) return;
    this.seen = z;
    this.following = true;
    this.view.dispatch({ type: 'sliced', z });
    this.following = false;
  }

  /** The slice of the check that the viewport of the reference series shows. */
  private sliceOnScreen(): number | null {
    const { check } = this.view.get();
    if (!check) return null;
    const place = this.places().find(
      ({ seriesUid }) => seriesUid === check.series[check.reference],
    );
    return place ? this.sliceOf(place, check) : null;
  }

  /** Brings every viewport to the slice through a point; the last wish counts. */
  private async goTo(pointMm: Vec3 | null): Promise<void> {
    this.goal = pointMm;
    if (this.link.isHeld()) return;
    await this.link.hold(async () => {
      while (this.goal) {
        const point = this.goal;
        this.goal = null;
        await Promise.all(this.places().map((place) => this.jump(place, point)));
      }
    });
    this.draw();
  }

  private async jump(place: Place, pointMm: Vec3): Promise<void> {
    const { viewport } = place;
    const planes = this.planesOf(viewport);
    const found = planes && sliceThrough(this.inSeries(place, pointMm), planes);
    if (!planes || !found) return;
    if (viewport.type === 'stack' && viewport.setImageIdIndex) {
      if (viewport.getCurrentImageIdIndex?.() === found.index) return;
      await viewport.setImageIdIndex(found.index);
    } else {
      // Volume viewports count their slices from the other end.
      const imageIndex = planes.length - 1 - found.index;
      await this.core().utilities.jumpToSlice(viewport.element, { imageIndex });
    }
  }

  private draw(): void {
    const { check, pointMm, look, open } = this.view.get();
    for (const place of this.places()) {
      const { element, viewport } = place;
      if (!check || !open) {
        this.clear(element);
        continue;
      }
      crosshairMark(element, pointMm && this.markOf(place, pointMm));
      const isReference = place.seriesUid === check.series[check.reference];
      const z = isReference && look.inImages ? this.sliceOf(place, check) : null;
      const toCanvas = viewport.worldToCanvas?.bind(viewport);
      if (z === null || !toCanvas) this.layer.remove(element);
      else this.layer.draw(element, check, z, look, toCanvas);
    }
  }

  private markOf(place: Place, pointMm: Vec3): Parameters<typeof crosshairMark>[1] {
    const { viewport } = place;
    const world = this.inSeries(place, pointMm);
    const position = viewport.worldToCanvas?.(world);
    const found = sliceThrough(world, this.planesOf(viewport) ?? []);
    if (!position || !found) return null;
    const onSlice =
      viewport.type !== 'stack' || viewport.getCurrentImageIdIndex?.() === found.index;
    return { position, world, onSlice };
  }

  /** A point of the reference series in the series of a viewport. */
  private inSeries({ seriesUid }: Place, pointMm: Vec3): Vec3 {
    const { check } = this.view.get();
    const matrix = check && this.link.between(check.series[check.reference], seriesUid);
    return matrix ? applyToPoint(matrix, pointMm) : pointMm;
  }

  /** The slice of the check that a viewport of the reference series shows; null in another plane. */
  private sliceOf({ viewport }: Place, { grid }: RegistrationCheck): number | null {
    const imageId = viewport.type === 'stack' ? viewport.getCurrentImageId?.() : undefined;
    const corner = imageId && planeOf(this.core(), imageId)?.imagePositionPatient;
    if (!corner) return null;
    const z = Math.round(applyToPoint(worldToIndex(grid), [corner[0], corner[1], corner[2]])[2]);
    return z >= 0 && z < grid.size[2] ? z : null;
  }

  private planesOf(viewport: CornerstoneViewport): readonly ImagePlane[] | null {
    const planes = (viewport.getImageIds?.() ?? []).map((id) => planeOf(this.core(), id));
    return planes.every((plane) => plane !== null) ? planes : null;
  }

  /** The viewports that show one of the two series of the registration. */
  private places(): Place[] {
    const { check } = this.view.get();
    const { viewportGridService, cornerstoneViewportService, displaySetService } = this.services;
    return [...viewportGridService.getState().viewports.values()].flatMap((grid) => {
      const viewport = cornerstoneViewportService.getCornerstoneViewport(grid.viewportId);
      const displaySet = displaySetService.getDisplaySetByUID(
        grid.displaySetInstanceUIDs?.[0] ?? '',
      );
      const element = viewport?.element;
      if (!viewport || !displaySet || !(element instanceof HTMLElement)) return [];
      const seriesUid = displaySet.SeriesInstanceUID;
      if (check && !Object.values(check.series).includes(seriesUid)) {
        this.clear(element);
        return [];
      }
      return [{ viewport, element, seriesUid }];
    });
  }

  private clear(element: HTMLElement): void {
    crosshairMark(element, null);
    this.layer.remove(element);
  }
}

function worldAt({ element, viewport }: Place, { clientX, clientY }: PointerEvent): Vec3 | null {
  const { left, top } = element.getBoundingClientRect();
  const world = viewport.canvasToWorld?.([clientX - left, clientY - top]);
  return world && world.length >= 3 ? [world[0], world[1], world[2]] : null;
}
