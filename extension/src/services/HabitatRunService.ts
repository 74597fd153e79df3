import type { AnalysisRequest, DicomObject } from '../../../src/chain/analysis';
import { isInputError } from '../../../src/chain/errors';
import type { SequenceId } from '../../../src/model/schema';
import { buildRequest } from './buildRequest';
import type { AnalysisHandle, OverlayContent, Ports } from './ports';
import type { Action, OverlayAction } from './reduce';
import { reduce } from './reduce';
import { shownReview, type Decision } from './reviewing';
import { createReviewView } from './reviewView';
import type { Outcome, Session, StudyFacts } from './session';
import { chosenTumour, hasUnsavedWork, inputsOf, isUnsaved, newSession } from './session';
import { StateStore } from './stateStore';
import { fileNameOf } from './fileName';
import { ResultKeeper } from './ResultKeeper';
import { sentenceOf } from './sentence';
import { StoredResults } from './StoredResults';

export type SessionStore = StateStore<Session, Action>;

/**
 * Runs analyses and stores their results, one session for each study. It lives as long as the viewer:
 * the panel may be unmounted, moved or hidden at any time without losing anything.
 */
export class HabitatRunService {
  private readonly sessions = new Map<string, SessionStore>();
  private readonly running = new Map<string, AnalysisHandle>();
  /** How the registration is looked at, in the panel and in the viewports. */
  readonly reviewView = createReviewView();

  /** Stores under way: a run that ends meanwhile waits, so that each keeps its own result. */
  private readonly storing = new Map<string, Promise<void>>();
  private readonly keeper: ResultKeeper;
  private readonly stored: StoredResults;

  constructor(private readonly ports: Ports) {
    const explain = (error: unknown): string => this.explain(error);
    this.keeper = new ResultKeeper(ports, explain);
    this.stored = new StoredResults(ports, explain);
  }

  session(studyInstanceUid: string): SessionStore {
    const known = this.sessions.get(studyInstanceUid);
    if (known) return known;
    const store: SessionStore = new StateStore(reduce, newSession(studyInstanceUid));
    this.sessions.set(studyInstanceUid, store);
    void this.loadModel(studyInstanceUid, 'default');
    void this.keeper.follow(studyInstanceUid, store);
    void this.checkAccess(studyInstanceUid);
    return store;
  }

  /** The viewer has loaded more of the study, or the user has drawn something. */
  studyFound(facts: StudyFacts): void {
    const { studyInstanceUid } = facts;
    const store = this.session(studyInstanceUid);
    store.dispatch({ type: 'study/found', facts });
    void this.stored.openNewest(store).then((shown) => this.showIf(shown, studyInstanceUid));
  }

  /** Shows another stored result. */
  async openStored(study: string, sopInstanceUid: string): Promise<void> {
    await this.showIf(await this.stored.open(this.session(study), sopInstanceUid), study);
  }

  /** Makes a result that an earlier tab left behind the one that is shown. */
  async restore(study: string, id: string): Promise<boolean> {
    const restored = await this.keeper.restore(study, this.session(study), id);
    await this.showIf(restored, study);
    return restored;
  }

  async storeKept(study: string, id: string): Promise<void> {
    if (await this.restore(study, id)) await this.store(study);
  }

  async downloadKept(study: string, id: string): Promise<void> {
    const kept = await this.keeper.load(study, this.session(study), id);
    if (kept) this.downloadObjects(kept.result.objects);
  }

  /** Throws a result away that is not stored; the panel has asked whether that is meant. */
  async discard(study: string, id: string): Promise<void> {
    const store = this.session(study);
    await this.keeper.discard(store, id);
    if (store.get().outcome !== null) return;
    this.ports.clearOverlay();
    await this.showIf(await this.stored.openNewest(store), study);
  }

  /** Whether the archive takes results; asked before the work starts. */
  async checkAccess(study: string): Promise<void> {
    try {
      const readOnly = await this.ports.storeRefusal();
      this.session(study).dispatch({ type: 'access/known', readOnly });
    } catch (error) {
      this.session(study).dispatch({ type: 'access/known', readOnly: this.explain(error) });
    }
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
      store.dispatch({ type: 'model/refused', message: this.explain(error) });
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
      this.ports.notify('error', `The drawing could not be started: ${this.explain(error)}`);
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
      await this.storing.get(study);
      store.dispatch({ type: 'run/finished', result, inputs, tumour, at: this.ports.now() });
    } catch (error) {
      this.runEnded(store, error);
      return;
    } finally {
      this.running.delete(study);
      this.showReview(study);
    }
    this.notifyAbsent(store, 'success', 'The habitats are ready. They are not stored yet.');
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

  async store(study: string): Promise<void> {
    const store = this.session(study);
    const { outcome } = store.get();
    if (!outcome || outcome.storing.phase === 'storing' || !isUnsaved(outcome)) return;
    if (outcome.result.registration.review === 'rejected') return;
    const storing = this.storeObjects(store, outcome.result.objects);
    this.storing.set(study, storing);
    await storing;
    this.storing.delete(study);
  }

  private async storeObjects(store: SessionStore, objects: readonly DicomObject[]): Promise<void> {
    store.dispatch({ type: 'store/started' });
    try {
      await this.ports.store(objects, (kind, state) =>
        store.dispatch({ type: 'store/stepped', kind, state }),
      );
      store.dispatch({ type: 'store/finished' });
      this.notifyAbsent(store, 'success', 'SEG and SR are stored and were read back.');
    } catch (error) {
      const message = this.explain(error);
      store.dispatch({ type: 'store/failed', message });
      this.notifyAbsent(store, 'error', message);
    }
  }

  download(study: string): void {
    const { outcome } = this.session(study).get();
    if (outcome?.result.registration.review === 'rejected') return;
    this.downloadObjects(outcome?.result.objects ?? []);
  }

  private downloadObjects(objects: readonly DicomObject[]): void {
    for (const object of objects) this.ports.download(fileNameOf(object), object.part10);
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
      this.ports.notify('error', `The habitats could not be drawn: ${this.explain(error)}`);
    }
  }

  private async showIf(shown: boolean, study: string): Promise<void> {
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
      store.dispatch({ type: 'analyse/refused', message: this.explain(error) });
      return null;
    }
  }

  private runEnded(store: SessionStore, error: unknown): void {
    const { run } = store.get();
    if (run.phase === 'running' && run.cancelling) {
      store.dispatch({ type: 'run/cancelled' });
      return;
    }
    const message = this.explain(error);
    store.dispatch({ type: 'run/failed', message });
    this.notifyAbsent(store, 'error', message);
  }

  private explain(error: unknown): string {
    if (!isInputError(error)) this.ports.log(error);
    return sentenceOf(error);
  }

  /** The panel says everything itself; a toast over it would only hide its buttons. */
  private notifyAbsent(store: SessionStore, type: 'success' | 'error', message: string): void {
    if (!store.isObserved()) this.ports.notify(type, message);
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
