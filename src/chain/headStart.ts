/**
 * Work of a later stage that begins while the registration searches in a thread of its own, and
 * needs nothing of what the search finds: beginning early changes when it is done, not its result.
 */
import type { RigidEngine } from '../register/engine';
import type { Run } from './stage';

export interface Begun<T> {
  /** Rejects as the work does when the stage itself does it. */
  readonly value: Promise<T>;
  /** Of this work, until it was asked for. */
  readonly seconds: number;
}

export class HeadStart<T> {
  private readonly control = new AbortController();
  private begun: { readonly value: Promise<T>; readonly at: number; endedAt: number } | undefined;

  /** @param signal ends the work, like that of any stage. */
  constructor(
    private readonly work: ((run: Run) => Promise<T>) | undefined,
    signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.control.abort(signal.reason), { once: true });
  }

  /** The engine; where it searches beside this thread, the work begins with the search. */
  besides(engine: RigidEngine): RigidEngine {
    return {
      name: engine.name,
      register: async (fixed, moving, settings) => {
        try {
          return await engine.register(fixed, moving, settings, () => this.begin());
        } catch (error) {
          this.control.abort();
          throw error;
        }
      },
    };
  }

  /** What has begun, if anything has; it is not kept here any longer. */
  take(): Begun<T> | undefined {
    if (!this.begun) return undefined;
    const { value, at, endedAt } = this.begun;
    this.begun = undefined;
    return { value, seconds: (Math.min(endedAt, performance.now()) - at) / 1000 };
  }

  private begin(): void {
    if (this.begun || !this.work) return;
    const at = performance.now();
    const value = this.work({ signal: this.control.signal, report: () => undefined });
    const begun = { value, at, endedAt: Infinity };
    const ended = (): void => {
      begun.endedAt = performance.now();
    };
    // A failure is told by the stage that asks for the value, and by nobody when none asks.
    value.then(ended, ended);
    this.begun = begun;
  }
}
