import { isInputError } from '../../../src/chain/errors';
import { newUid } from '../../../src/dicom/uid';
import type { Drawing, KeptDrawing } from './drawings';
import { isPartOf, summaryOfDrawing } from './drawings';
import type { Messages } from './Messages';
import type { Ports } from './ports';
import type { TumourChoice } from './session';
import { isUnsaved } from './session';
import type { Sessions, SessionStore } from './sessionStore';

/**
 * Keeps what is drawn in this browser until it is part of a stored result or the user discards it: the
 * viewer itself keeps no drawing, so a tab that is closed or killed would take hours of work with it.
 */
export class DrawingKeeper {
  /** Ids of kept drawings by the tumours of this tab. */
  private readonly ids = new Map<TumourChoice['id'], KeptDrawing['id']>();
  /** One change after the other: a drawing must not be kept after it was removed. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ports: Pick<Ports, 'drawings' | 'readDrawing' | 'restoreDrawing' | 'log'>,
    private readonly messages: Messages,
    private readonly sessions: Pick<Sessions, 'session'>,
  ) {}

  /** Follows a session from its start. */
  follow(study: string, store: SessionStore): void {
    store.watch(({ outcome }, { outcome: before }) => {
      if (!outcome || isUnsaved(outcome) || outcome.archive) return;
      if (before && !isUnsaved(before)) return;
      void this.next(() => this.removeStored(study, store));
    });
  }

  /** Offers what was drawn and is not in the viewer any more: after a crash, or when the mode is entered. */
  async offer(study: string): Promise<void> {
    const store = this.sessions.session(study);
    await this.next(async () => {
      const kept = await this.find(study);
      const present = new Set(store.get().facts.tumours.map(({ id }) => id));
      const offers = kept.filter(({ tumourId }) => !present.has(tumourId)).map(summaryOfDrawing);
      store.dispatch({ type: 'drawings/offered', offers });
    });
  }

  /** Strokes have been made. @param at When the last one was made, milliseconds. */
  async drawn(study: string, segmentationId: string, at: number): Promise<void> {
    const store = this.sessions.session(study);
    const { tumours, series } = store.get().facts;
    for (const choice of tumours) {
      const { source } = choice;
      if (source.kind !== 'viewer' || source.segmentationId !== segmentationId) continue;
      const drawing = this.read(choice);
      const isHere = series.some((item) => item.seriesInstanceUid === drawing?.seriesInstanceUid);
      if (drawing && isHere) await this.next(() => this.save(store, study, choice.id, at, drawing));
    }
  }

  /** Puts a kept drawing back on its images, as the tumour that is chosen. */
  async restore(study: string, id: string): Promise<void> {
    const store = this.sessions.session(study);
    await this.next(async () => {
      const kept = (await this.find(study)).find((drawing) => drawing.id === id);
      if (!kept) {
        // Another tab has discarded it, or stored a result with it.
        store.dispatch({ type: 'drawing/settled', id });
        return;
      }
      try {
        const tumourId = await this.ports.restoreDrawing(kept.drawing);
        this.ids.set(tumourId, id);
        store.dispatch({ type: 'drawing/settled', id });
        store.dispatch({ type: 'tumour/chosen', id: tumourId });
        await this.ports.drawings.save({ ...kept, tumourId });
      } catch (error) {
        store.dispatch({ type: 'drawing/problem', message: this.messages.explain(error) });
      }
    });
  }

  /** The panel has asked whether that is meant. */
  async discard(study: string, id: string): Promise<void> {
    await this.next(async () => {
      await this.remove(id);
      this.sessions.session(study).dispatch({ type: 'drawing/settled', id });
    });
  }

  private next(step: () => Promise<void>): Promise<void> {
    const done = this.last.then(step);
    this.last = done;
    return done;
  }

  /** null when nothing is drawn (any more): what was kept of it stays, because an eraser has no undo. */
  private read(choice: TumourChoice): Drawing | null {
    try {
      return this.ports.readDrawing(choice);
    } catch (error) {
      if (!isInputError(error)) this.ports.log(error);
      return null;
    }
  }

  private async save(
    store: SessionStore,
    studyInstanceUid: string,
    tumourId: string,
    at: number,
    drawing: Drawing,
  ): Promise<void> {
    const id = this.ids.get(tumourId) ?? newUid();
    this.ids.set(tumourId, id);
    const drawnAt = new Date(at).toISOString();
    let problem: string | null = null;
    try {
      await this.ports.drawings.save({ id, studyInstanceUid, tumourId, drawnAt, drawing });
    } catch (error) {
      problem = this.messages.explain(error);
    }
    store.dispatch({ type: 'drawing/problem', message: problem });
  }

  /** Strokes that were made since the analysis began are in no result: then it stays. */
  private async removeStored(study: string, store: SessionStore): Promise<void> {
    const session = store.get();
    for (const kept of await this.find(study)) {
      if (!isPartOf(kept, session)) continue;
      await this.remove(kept.id);
      store.dispatch({ type: 'drawing/settled', id: kept.id });
    }
  }

  /** Where nothing can be kept, nothing was left behind; saving says so when there is something to lose. */
  private async find(study: string): Promise<readonly KeptDrawing[]> {
    try {
      return await this.ports.drawings.find(study);
    } catch (error) {
      if (!isInputError(error)) this.ports.log(error);
      return [];
    }
  }

  private async remove(id: string): Promise<void> {
    try {
      await this.ports.drawings.remove(id);
    } catch (error) {
      // It is offered again, which costs the user a click.
      if (!isInputError(error)) this.ports.log(error);
    }
  }
}
