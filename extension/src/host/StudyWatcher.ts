import type { Services, Subscription } from '../host';
import type { StudyFacts } from '../services/session';
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

  constructor(
    private readonly services: Services,
    private readonly onFacts: (facts: StudyFacts) => void,
    private readonly onStudy: (studyInstanceUid: string) => void,
  ) {}

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
