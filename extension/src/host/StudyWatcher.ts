import type { Services, Subscription } from '../host';
import type { StudyFacts } from '../services/session';
import { DrawingPause } from './DrawingPause';
import { OVERLAY_PREFIX } from './overlayIds';
import { studyFacts, studyOnScreen } from './studyFacts';

/**
 * Tells which study is on screen and what it holds, whenever either changes. The viewer enters every
 * extension in every mode, so nothing is watched before a panel asks: in a mode without our panel the
 * plugin neither speaks to the archive nor draws.
 */
export class StudyWatcher {
  private inMode = false;
  private current: string | null = null;
  private subscriptions: Subscription[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly pause: DrawingPause;

  constructor(
    private readonly services: Services,
    private readonly onFacts: (facts: StudyFacts) => void,
    private readonly onStudy: (studyInstanceUid: string) => void,
    /** The user has drawn; what was loaded from the archive is not a drawing. */
    private readonly onDrawn: (study: string, segmentationId: string, at: number) => void,
  ) {
    this.pause = new DrawingPause((segmentationId, at) => {
      if (this.current !== null) this.onDrawn(this.current, segmentationId, at);
    });
  }

  readonly get = (): string | null => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.watch();
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.stop();
    this.inMode = true;
    if (this.listeners.size > 0) this.watch();
  }

  private watch(): void {
    if (!this.inMode || this.subscriptions.length > 0) return;
    const { displaySetService, segmentationService } = this.services;
    const { DISPLAY_SETS_ADDED, DISPLAY_SETS_CHANGED, DISPLAY_SETS_REMOVED } =
      displaySetService.EVENTS;
    const {
      SEGMENTATION_ADDED,
      SEGMENTATION_REMOVED,
      SEGMENTATION_MODIFIED,
      SEGMENTATION_DATA_MODIFIED,
    } = segmentationService.EVENTS;
    const look = (): void => this.look();
    this.subscriptions = [
      ...[DISPLAY_SETS_ADDED, DISPLAY_SETS_CHANGED, DISPLAY_SETS_REMOVED].map((event) =>
        displaySetService.subscribe(event, look),
      ),
      ...[SEGMENTATION_ADDED, SEGMENTATION_REMOVED, SEGMENTATION_MODIFIED].map((event) =>
        segmentationService.subscribe(event, look),
      ),
      segmentationService.subscribe(SEGMENTATION_DATA_MODIFIED, (detail) => this.stroke(detail)),
    ];
    this.look();
  }

  private stroke(detail: unknown): void {
    const id: unknown =
      typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'segmentationId') : null;
    if (typeof id !== 'string' || id.startsWith(OVERLAY_PREFIX)) return;
    // The host names a segmentation that it has loaded from the archive as its display set, and makes a
    // display set for one that is drawn.
    const displaySet = this.services.displaySetService.getDisplaySetByUID(id);
    if (!displaySet || displaySet.madeInClient) this.pause.stroke(id);
  }

  stop(): void {
    this.pause.flush();
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    this.subscriptions = [];
    this.inMode = false;
    this.current = null;
  }

  private look(): void {
    const displaySets = this.services.displaySetService.getActiveDisplaySets();
    const study = studyOnScreen(displaySets);
    if (study !== null) {
      this.onFacts(
        studyFacts(study, displaySets, this.services.segmentationService.getSegmentations()),
      );
    }
    if (study === this.current) return;
    this.current = study;
    for (const listener of [...this.listeners]) listener();
    if (study !== null) this.onStudy(study);
  }
}
