/** State outside React, so that it outlives the panel; shaped for `useSyncExternalStore`. */
export class StateStore<State, Action> {
  private state: State;
  private readonly listeners = new Set<() => void>();
  private readonly watchers: ((state: State, previous: State) => void)[] = [];

  constructor(
    private readonly reduce: (state: State, action: Action) => State,
    initial: State,
  ) {
    this.state = initial;
  }

  readonly get = (): State => this.state;

  /** Hears every change without counting as somebody who looks. */
  watch(watcher: (state: State, previous: State) => void): void {
    this.watchers.push(watcher);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** True while somebody looks, that is while the panel is on screen. */
  isObserved(): boolean {
    return this.listeners.size > 0;
  }

  dispatch(action: Action): void {
    const next = this.reduce(this.state, action);
    if (next === this.state) return;
    const previous = this.state;
    this.state = next;
    for (const watcher of this.watchers) watcher(next, previous);
    for (const listener of [...this.listeners]) listener();
  }
}
