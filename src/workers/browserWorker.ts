import { WorkerUnavailable, type NestedWorker } from './nestedWorker';

/**
 * A worker in the browser, also started from within another worker. Webpack knows a worker's file
 * only where `new Worker(new URL(...))` is written, so `start` has that line.
 * @throws WorkerUnavailable where workers cannot start workers
 */
export function browserWorker<Order, Answer>(start: () => Worker): NestedWorker<Order, Answer> {
  const worker = started(start);
  return {
    send: (order, transfer = []) => worker.postMessage(order, transfer),
    listen: (onAnswer, onBroken) => {
      worker.onmessage = ({ data }) => onAnswer(data);
      // An error of the program has a message; a file that may not or cannot be loaded has none.
      worker.onerror = ({ message }) =>
        onBroken(message ? new Error(message) : new WorkerUnavailable('A worker did not start.'));
    },
    end: () => worker.terminate(),
  };
}

function started(start: () => Worker): Worker {
  try {
    return start();
  } catch (cause) {
    throw new WorkerUnavailable('Workers cannot start workers here.', { cause });
  }
}
