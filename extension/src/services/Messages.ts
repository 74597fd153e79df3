import { isInputError } from '../../../src/chain/errors';
import type { Ports } from './ports';
import { sentenceOf } from './sentence';
import type { SessionStore } from './sessionStore';

/** What is said to the user, and what is left for the developer. */
export class Messages {
  constructor(private readonly ports: Pick<Ports, 'log' | 'notify'>) {}

  /** The sentence for the user; what is not the user's goes to the log. */
  readonly explain = (error: unknown): string => {
    if (!isInputError(error)) this.ports.log(error);
    return sentenceOf(error);
  };

  error(message: string): void {
    this.ports.notify('error', message);
  }

  /** The panel says everything itself; a toast over it would only hide its buttons. */
  whenAbsent(store: SessionStore, type: 'success' | 'error', message: string): void {
    if (!store.isObserved()) this.ports.notify(type, message);
  }
}
