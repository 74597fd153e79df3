/** Lets the browser ask before a tab with a running analysis or unstored results is closed. */
export function guardLeaving(hasUnsavedWork: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (hasUnsavedWork()) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  return () => window.removeEventListener('beforeunload', ask);
}
