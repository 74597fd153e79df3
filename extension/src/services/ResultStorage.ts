import type { DicomObject } from '../../../src/chain/analysis';
import { fileNameOf } from './fileName';
import type { Messages } from './Messages';
import type { Ports } from './ports';
import { ResultKeeper } from './ResultKeeper';
import { isUnsaved } from './session';
import type { Sessions, SessionStore } from './sessionStore';
import { StoredResults } from './StoredResults';

/** Where results go and come from: the archive, this browser until the archive has them, and files. */
export class ResultStorage {
  /** Stores under way: a run that ends meanwhile waits, so that each keeps its own result. */
  private readonly storing = new Map<string, Promise<void>>();
  private readonly keeper: ResultKeeper;
  private readonly stored: StoredResults;

  constructor(
    private readonly ports: Ports,
    private readonly messages: Messages,
    private readonly sessions: Sessions,
  ) {
    this.keeper = new ResultKeeper(ports, messages.explain);
    this.stored = new StoredResults(ports, messages.explain);
  }

  /** Follows a session from its start. */
  follow(study: string, store: SessionStore): void {
    void this.keeper.follow(study, store);
    void this.checkAccess(study);
  }

  /** Resolves when no store of the study is under way. */
  async settled(study: string): Promise<void> {
    await this.storing.get(study);
  }

  /** Whether the archive takes results; asked before the work starts. */
  async checkAccess(study: string): Promise<void> {
    const store = this.sessions.session(study);
    try {
      store.dispatch({ type: 'access/known', readOnly: await this.ports.storeRefusal() });
    } catch (error) {
      store.dispatch({ type: 'access/known', readOnly: this.messages.explain(error) });
    }
  }

  /** The newest stored result, when the study has one and nothing else is shown. */
  async openNewest(study: string): Promise<void> {
    const shown = await this.stored.openNewest(this.sessions.session(study));
    await this.sessions.refresh(study, shown);
  }

  /** Shows another stored result. */
  async open(study: string, sopInstanceUid: string): Promise<void> {
    const shown = await this.stored.open(this.sessions.session(study), sopInstanceUid);
    await this.sessions.refresh(study, shown);
  }

  /** Makes a result that an earlier tab left behind the one that is shown. */
  async restore(study: string, id: string): Promise<boolean> {
    const restored = await this.keeper.restore(study, this.sessions.session(study), id);
    await this.sessions.refresh(study, restored);
    return restored;
  }

  async storeKept(study: string, id: string): Promise<void> {
    if (await this.restore(study, id)) await this.store(study);
  }

  async downloadKept(study: string, id: string): Promise<void> {
    const kept = await this.keeper.load(study, this.sessions.session(study), id);
    if (kept) this.downloadObjects(kept.result.objects);
  }

  /** Throws a result away that is not stored; the panel has asked whether that is meant. */
  async discard(study: string, id: string): Promise<void> {
    const store = this.sessions.session(study);
    await this.keeper.discard(store, id);
    if (store.get().outcome !== null) return;
    this.ports.clearOverlay();
    await this.openNewest(study);
  }

  async store(study: string): Promise<void> {
    const store = this.sessions.session(study);
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
      this.messages.whenAbsent(store, 'success', 'SEG and SR are stored and were read back.');
    } catch (error) {
      const message = this.messages.explain(error);
      store.dispatch({ type: 'store/failed', message });
      this.messages.whenAbsent(store, 'error', message);
    }
  }

  download(study: string): void {
    const { outcome } = this.sessions.session(study).get();
    if (outcome?.result.registration.review === 'rejected') return;
    this.downloadObjects(outcome?.result.objects ?? []);
  }

  private downloadObjects(objects: readonly DicomObject[]): void {
    for (const object of objects) this.ports.download(fileNameOf(object), object.part10);
  }
}
