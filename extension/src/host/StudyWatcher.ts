import type { Services, Subscription } from '../host';
import type { StudyFacts } from '../services/session';
import { studyFacts, studyOnScreen } from './studyFacts';

/** Tells which study is on screen and what it holds, whenever either changes. */
export class StudyWatcher {
  private current: string | null = null;
  private subscriptions: Subscription[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly services: Services,
    private readonly onFacts: (facts: StudyFacts) => void,
  ) {}

  readonly get = (): string | null => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.stop();
    const { displaySetService, segmentationService } = this.services;
    const { DISPLAY_SETS_ADDED, DISPLAY_SETS_CHANGED, DISPLAY_SETS_REMOVED } =
      displaySetService.EVENTS;
    const { SEGMENTATION_ADDED, SEGMENTATION_REMOVED, SEGMENTATION_MODIFIED } =
      segmentationService.EVENTS;
    const look = (): void => this.look();
    this.subscriptions = [
      ...[DISPLAY_SETS_ADDED, DISPLAY_SETS_CHANGED, DISPLAY_SETS_REMOVED].map((event) =>
        displaySetService.subscribe(event, look),
      ),
      ...[SEGMENTATION_ADDED, SEGMENTATION_REMOVED, SEGMENTATION_MODIFIED].map((event) =>
        segmentationService.subscribe(event, look),
      ),
    ];
    this.look();
  }

  stop(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    this.subscriptions = [];
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
  }
}
