import type { AnalysisRequest } from '../../../src/chain/analysis';
import { isInputError } from '../../../src/chain/errors';
import type { SequenceId } from '../../../src/model/schema';
import { buildRequest } from './buildRequest';
import type { AnalysisHandle, OverlayContent, Ports } from './ports';
import type { Action, OverlayAction } from './reduce';
import { reduce } from './reduce';
import type { Outcome, Session, StudyFacts } from './session';
import { chosenTumour, hasUnsavedWork, inputsOf, newSession } from './session';
import { StateStore } from './stateStore';
import { fileNameOf } from './fileName';
import { sentenceOf } from './sentence';

export type SessionStore = StateStore<Session, Action>;

/**
 * Runs analyses and stores their results, one session for each study. It lives as long as the viewer:
 * the panel may be unmounted, moved or hidden at any time without losing anything.
 */
export class HabitatRunService {
  private readonly sessions = new Map<string, SessionStore>();
  private readonly running = new Map<string, AnalysisHandle>();

  constructor(private readonly ports: Ports) {}

  session(studyInstanceUid: string): SessionStore {
    const known = this.sessions.get(studyInstanceUid);
    if (known) return known;
    const store: SessionStore = new StateStore(reduce, newSession(studyInstanceUid));
    this.sessions.set(studyInstanceUid, store);
    void this.loadModel(studyInstanceUid, 'default');
    return store;
  }

  /** The viewer has loaded more of the study, or the user has drawn something. */
  studyFound(facts: StudyFacts): void {
    this.session(facts.studyInstanceUid).dispatch({ type: 'study/found', facts });
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
      const handle = this.ports.analyse(request, (report) =>
        store.dispatch({ type: 'run/reported', report, at: this.ports.now() }),
      );
      this.running.set(study, handle);
      const result = await handle.result;
      store.dispatch({ type: 'run/finished', result, inputs, tumour, at: this.ports.now() });
    } catch (error) {
      this.runEnded(store, error);
      return;
    } finally {
      this.running.delete(study);
    }
    this.notifyAbsent(store, 'success', 'The habitats are ready. They are not stored yet.');
    await this.showOverlay(study);
  }

  cancel(study: string): void {
    const store = this.session(study);
    store.dispatch({ type: 'run/cancelling' });
    this.running.get(study)?.cancel();
  }

  async store(study: string): Promise<void> {
    const store = this.session(study);
    const { outcome } = store.get();
    if (!outcome || outcome.storing.phase === 'storing') return;
    store.dispatch({ type: 'store/started' });
    try {
      await this.ports.store(outcome.result.objects, (kind, state) =>
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
    for (const object of outcome?.result.objects ?? []) {
      this.ports.download(fileNameOf(object), object.part10);
    }
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
