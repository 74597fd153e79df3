import { isInputError } from '../../../src/chain/errors';
import type { KeptResult } from './keeping';
import { idOf, isHalfStored, summaryOf } from './keeping';
import type { Ports } from './ports';
import type { Outcome, Session } from './session';
import { isUnsaved } from './session';
import type { SessionStore } from './sessionStore';

/**
 * Keeps every finished result in this browser until the archive has confirmed it or the user has discarded
 * it, so that a crash, a reload or a lost network loses nothing. Keeping may fail (no room, a private
 * window): that is said, and nothing else stops.
 */
export class ResultKeeper {
  constructor(
    private readonly ports: Pick<Ports, 'kept' | 'log'>,
    private readonly explain: (error: unknown) => string,
  ) {}

  /** One change after the other: a result that is stored at once must not be kept after it was removed. */
  private last: Promise<unknown> = Promise.resolve();

  /** Follows a session from its start, and offers what earlier tabs left behind. */
  async follow(study: string, store: SessionStore): Promise<void> {
    store.watch((session, previous) => {
      this.last = this.last.then(() => this.changed(study, store, session, previous));
    });
    try {
      const kept = await this.ports.kept.find(study);
      const shown = store.get().outcome;
      const offers = kept.flatMap((result) => summaryOf(result) ?? []);
      const others = offers.filter(({ id }) => !shown || id !== idOf(shown));
      if (others.length > 0) store.dispatch({ type: 'kept/offered', kept: others });
    } catch (error) {
      // Where nothing can be kept, nothing was left behind; saving says so when there is something to lose.
      if (!isInputError(error)) this.ports.log(error);
    }
  }

  /** Makes an offered result the one that is shown. Answers whether that was possible. */
  async restore(study: string, store: SessionStore, id: string): Promise<boolean> {
    const kept = await this.load(study, store, id);
    if (kept) store.dispatch({ type: 'kept/restored', kept });
    return kept !== null;
  }

  async load(study: string, store: SessionStore, id: string): Promise<KeptResult | null> {
    try {
      const kept = (await this.ports.kept.find(study)).find((result) => result.id === id);
      // Another tab has stored or discarded it.
      if (!kept) store.dispatch({ type: 'kept/discarded', id });
      return kept ?? null;
    } catch (error) {
      store.dispatch({ type: 'kept/problem', message: this.explain(error) });
      return null;
    }
  }

  /** For a result that the user has discarded, shown or offered. */
  async discard(store: SessionStore, id: string): Promise<void> {
    const { outcome } = store.get();
    const isShown = outcome !== null && idOf(outcome) === id;
    store.dispatch(isShown ? { type: 'outcome/discarded' } : { type: 'kept/discarded', id });
    await (this.last = this.last.then(() => this.remove(id)));
  }

  private async changed(
    study: string,
    store: SessionStore,
    { outcome }: Session,
    { outcome: before }: Session,
  ): Promise<void> {
    if (outcome === before) return;
    if (outcome && isUnsaved(outcome)) {
      // A result whose registration the user rejected can never be stored: nothing to keep.
      const rejected = outcome.result.registration.review === 'rejected';
      if (rejected) await this.remove(idOf(outcome));
      else if (outcome.result !== before?.result) await this.save(study, store, outcome);
    } else if (outcome && !outcome.archive) {
      await this.remove(idOf(outcome));
    }
    const replaced = before && before.result !== outcome?.result ? before : null;
    const isOffered = store
      .get()
      .keeping.offers.some(({ id }) => replaced && id === idOf(replaced));
    const sameObjects = replaced && outcome && idOf(replaced) === idOf(outcome);
    if (replaced && isUnsaved(replaced) && !isHalfStored(replaced) && !isOffered && !sameObjects) {
      await this.remove(idOf(replaced));
    }
  }

  private async save(study: string, store: SessionStore, outcome: Outcome): Promise<void> {
    const id = idOf(outcome);
    if (id === null) return;
    const { result, tumour, inputs } = outcome;
    let problem: string | null = null;
    try {
      await this.ports.kept.save({ id, studyInstanceUid: study, result, tumour, inputs });
    } catch (error) {
      problem = this.explain(error);
    }
    if (store.get().keeping.problem !== problem) {
      store.dispatch({ type: 'kept/problem', message: problem });
    }
  }

  private async remove(id: string | null): Promise<void> {
    if (id === null) return;
    try {
      await this.ports.kept.remove(id);
    } catch (error) {
      // It is offered again, and storing it again changes nothing in the archive.
      if (!isInputError(error)) this.ports.log(error);
    }
  }
}
