/** A worker that a running chain or command starts for itself, in Node or in the browser. */
export interface NestedWorker<Order, Answer> {
  /** `transfer`: buffers of the order that move to the worker instead of being copied. */
  send(order: Order, transfer?: ArrayBuffer[]): void;
  /** Calls back, in place of who listened before, with every answer, or when the worker breaks. */
  listen(onAnswer: (answer: Answer) => void, onBroken: (error: Error) => void): void;
  end(): void;
}

/** This place has no workers: the work is done without them. */
export class WorkerUnavailable extends Error {}
