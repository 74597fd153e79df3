import { mayShowStored, resultToOpen } from './archiving';
import type { Ports } from './ports';
import type { SessionStore } from './sessionStore';

/** Brings results that the archive holds into the panel, without computing anything. */
export class StoredResults {
  /** Sessions in which the user has chosen a stored result. */
  private readonly chosen = new WeakSet<SessionStore>();

  constructor(
    private readonly ports: Pick<Ports, 'openStored'>,
    private readonly explain: (error: unknown) => string,
  ) {}

  /** The newest, when the study has one and nothing else is shown. Answers whether it is shown now. */
  async openNewest(store: SessionStore): Promise<boolean> {
    const uid = this.chosen.has(store) ? null : resultToOpen(store.get());
    return uid === null ? false : this.show(store, uid);
  }

  /** The one that the user has chosen, which stays. */
  async open(store: SessionStore, uid: string): Promise<boolean> {
    this.chosen.add(store);
    return this.show(store, uid);
  }

  private async show(store: SessionStore, uid: string): Promise<boolean> {
    const report = store.get().facts.reports.find(({ sopInstanceUid }) => sopInstanceUid === uid);
    if (!report || !mayShowStored(store.get())) return false;
    store.dispatch({ type: 'stored/opening', uid });
    try {
      const stored = await this.ports.openStored(report);
      store.dispatch({ type: 'stored/opened', stored });
    } catch (error) {
      store.dispatch({ type: 'stored/failed', uid, message: this.explain(error) });
    }
    return store.get().outcome?.archive?.identity.sopInstanceUid === uid;
  }
}
