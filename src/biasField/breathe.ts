/** Long enough not to matter for speed, short enough for Cancel to feel immediate. */
const BREATH_MS = 100;

/**
 * Gives the thread back to its event loop every now and then, so that a message with Cancel can
 * arrive, and stops the work when it has.
 */
export function breather(signal: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    signal.throwIfAborted();
    if (performance.now() - last < BREATH_MS) return undefined;
    return new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
      last = performance.now();
      signal.throwIfAborted();
    });
  };
}
