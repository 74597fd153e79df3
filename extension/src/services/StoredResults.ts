import type { SessionStore } from './HabitatRunService';
import { mayShowStored, resultToOpen } from './archiving';
import type { Ports } from './ports';

/** Brings results that the archive holds into the panel, without computing anything. */
export class StoredResults {
  constructor(
    private readonly ports: Pick<Ports, 'openStored'>,
    private readonly explain: (error: unknown) => string,
  ) {}

  /** The newest, when the study has one and nothing else is shown. Answers whether it is shown now. */
  async openNewest(store: SessionStore): Promise<boolean> {
    const uid = resultToOpen(store.get());
    return uid === null ? false : this.open(store, uid);
  }

  async open(store: SessionStore, uid: string): Promise<boolean> {
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
