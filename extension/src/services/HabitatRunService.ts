import type { AnalysisRequest } from '../../../src/chain/analysis';
import type { SequenceId } from '../../../src/model/schema';
import { buildRequest } from './buildRequest';
import { DrawingKeeper } from './DrawingKeeper';
import { Messages } from './Messages';
import type { AnalysisHandle, OverlayContent, Ports } from './ports';
import type { OverlayAction } from './reduce';
import { reduce } from './reduce';
import { ResultStorage } from './ResultStorage';
import { shownReview, type Decision } from './reviewing';
import { createReviewView } from './reviewView';
import type { Outcome, StudyFacts } from './session';
import { chosenTumour, hasUnsavedWork, inputsOf, newSession } from './session';
import type { Sessions, SessionStore } from './sessionStore';
import { StateStore } from './stateStore';

/**
 * Runs analyses and shows their results, one session for each study. It lives as long as the viewer:
 * the panel may be unmounted, moved or hidden at any time without losing anything.
 */
export class HabitatRunService {
  private readonly sessions = new Map<string, SessionStore>();
  private readonly running = new Map<string, AnalysisHandle>();
  /** How the registration is looked at, in the panel and in the viewports. */
  readonly reviewView = createReviewView();

  private readonly messages: Messages;
  readonly storage: ResultStorage;
  readonly drawings: DrawingKeeper;

  constructor(private readonly ports: Ports) {
    this.messages = new Messages(ports);
    const sessions: Sessions = {
      session: (study) => this.session(study),
      refresh: (study, shown) => this.refresh(study, shown),
    };
    this.storage = new ResultStorage(ports, this.messages, sessions);
    this.drawings = new DrawingKeeper(ports, this.messages, sessions);
  }

  session(studyInstanceUid: string): SessionStore {
    const known = this.sessions.get(studyInstanceUid);
    if (known) return known;
    const store: SessionStore = new StateStore(reduce, newSession(studyInstanceUid));
    this.sessions.set(studyInstanceUid, store);
    void this.loadModel(studyInstanceUid, 'default');
    this.storage.follow(studyInstanceUid, store);
    this.drawings.follow(studyInstanceUid, store);
    return store;
  }

  /** The viewer has loaded more of the study, or the user has drawn something. */
  studyFound(facts: StudyFacts): void {
    const { studyInstanceUid } = facts;
    this.session(studyInstanceUid).dispatch({ type: 'study/found', facts });
    void this.storage.openNewest(studyInstanceUid);
  }

  hasUnsavedWork(): boolean {
    return [...this.sessions.values()].some((store) => hasUnsavedWork(store.get()));
  }

  async loadModel(study: string, from: 'default' | File): Promise<void> {
    const store = this.session(study);
    store.dispatch({ type: 'model/loading' });
    try {
      store.dispatch({ type: 'model/loaded', model: await this.ports.loadModel(from) });
    } catch (error) {
      store.dispatch({ type: 'model/refused', message: this.messages.explain(error) });
    }
  }

  chooseSeries(study: string, sequence: SequenceId, seriesUid: string | null): void {
    this.session(study).dispatch({ type: 'role/chosen', sequence, seriesUid });
    if (seriesUid !== null) this.ports.showSeries(sequence, seriesUid);
  }

  /** The tumour is drawn on the series that the other one is registered to. */
  async startDrawing(study: string): Promise<void> {
    const store = this.session(study);
    const { setup, model } = store.get();
    const reference = model.current?.model.preprocessing.registration.reference ?? 'fsT2';
    try {
      const id = await this.ports.startDrawing(setup.roles[reference]);
      if (id !== null) store.dispatch({ type: 'tumour/chosen', id });
    } catch (error) {
      this.messages.error(`The drawing could not be started: ${this.messages.explain(error)}`);
    }
  }

  /** Resolves when the run has ended, however it ended. */
  async analyse(study: string): Promise<void> {
    const store = this.session(study);
    if (this.running.has(study)) return;
    const request = this.requestOrRefusal(store);
    if (!request) return;
    const inputs = inputsOf(store.get());
    const tumour = chosenTumour(store.get());
    store.dispatch({ type: 'run/started', at: this.ports.now() });
    try {
      const handle = this.ports.analyse(
        request,
        (report) => store.dispatch({ type: 'run/reported', report, at: this.ports.now() }),
        (check) => {
          store.dispatch({ type: 'review/ready', check });
          this.showReview(study);
        },
      );
      this.running.set(study, handle);
      const result = await handle.result;
      await this.storage.settled(study);
      store.dispatch({ type: 'run/finished', result, inputs, tumour, at: this.ports.now() });
    } catch (error) {
      this.runEnded(store, error);
      return;
    } finally {
      this.running.delete(study);
      this.showReview(study);
    }
    this.messages.whenAbsent(store, 'success', 'The habitats are ready. They are not stored yet.');
    await this.showOverlay(study);
  }

  /** What the user says of the registration; it goes into the report that is stored. */
  review(study: string, decision: Decision): void {
    this.session(study).dispatch({ type: 'review/decided', decision });
    this.showReview(study);
  }

  /** Analyses again, with the model's registration or with the scanner's positions. */
  async analyseAgain(study: string, registration: 'model' | 'identity'): Promise<void> {
    this.session(study).dispatch({ type: 'registration/chosen', registration });
    const handle = this.running.get(study);
    if (handle) {
      this.cancel(study);
      // The cancelled run says itself how it ended.
      await handle.result.catch(() => undefined);
    }
    await this.analyse(study);
  }

  cancel(study: string): void {
    const store = this.session(study);
    store.dispatch({ type: 'run/cancelling' });
    this.running.get(study)?.cancel();
  }

  setOverlayVisible(study: string, visible: boolean): void {
    this.changeOverlay(study, { type: 'overlay/shown', visible });
  }

  setOverlayOpacity(study: string, opacity: number): void {
    this.changeOverlay(study, { type: 'overlay/faded', opacity });
  }

  /** Draws the habitats of the study again, for example after another layout was chosen. */
  async showOverlay(study: string): Promise<void> {
    const { outcome, overlay } = this.session(study).get();
    if (!outcome) return;
    try {
      await this.ports.showOverlay(overlayContent(study, outcome), overlay);
    } catch (error) {
      this.messages.error(`The habitats could not be drawn: ${this.messages.explain(error)}`);
    }
  }

  private async refresh(study: string, shown: boolean): Promise<void> {
    this.showReview(study);
    if (shown) await this.showOverlay(study);
  }

  /** Shows the study's registration in the panel's picture and links the viewports through it. */
  showReview(study: string): void {
    const shown = shownReview(this.session(study).get());
    const linked = shown !== null && shown.review !== 'rejected';
    this.reviewView.dispatch({ type: 'shown', check: shown?.check ?? null, linked });
  }

  private requestOrRefusal(store: SessionStore): AnalysisRequest | null {
    try {
      return buildRequest(store.get(), this.ports);
    } catch (error) {
      store.dispatch({ type: 'analyse/refused', message: this.messages.explain(error) });
      return null;
    }
  }

  private runEnded(store: SessionStore, error: unknown): void {
    const { run } = store.get();
    if (run.phase === 'running' && run.cancelling) {
      store.dispatch({ type: 'run/cancelled' });
      return;
    }
    const message = this.messages.explain(error);
    store.dispatch({ type: 'run/failed', message });
    this.messages.whenAbsent(store, 'error', message);
  }

  private changeOverlay(study: string, action: OverlayAction): void {
    const store = this.session(study);
    store.dispatch(action);
    this.ports.restyleOverlay(store.get().overlay);
  }
}

function overlayContent(studyInstanceUid: string, { result, tumour }: Outcome): OverlayContent {
  const [first, second, third] = result.habitats;
  return {
    studyInstanceUid,
    planes: result.overlays,
    habitatNames: [first.name, second.name, third.name],
    tumourSegmentationId: tumour?.source.kind === 'viewer' ? tumour.source.segmentationId : null,
  };
}
