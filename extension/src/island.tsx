import type { ReactElement, ReactNode } from 'react';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import styles from './styles.css';

/**
 * Gives the host a component without hooks that returns one <div>; everything inside is rendered by
 * the plugin's own React. So the plugin never depends on the host's React being the same one.
 */
export function createIsland(content: () => ReactNode): () => ReactElement {
  let root: Root | null = null;
  let mountedAt: HTMLElement | null = null;

  // Stable across renders: a new function would make the host unmount and mount again each time.
  const attach = (element: HTMLElement | null): void => {
    if (element === mountedAt) return;
    const previous = root;
    // React refuses to unmount a root while another React renders, so it is done a moment later.
    if (previous) setTimeout(() => previous.unmount(), 0);
    root = null;
    mountedAt = element;
    if (!element) return;
    root = createRoot(element);
    root.render(
      <>
        <style>{styles}</style>
        {content()}
      </>,
    );
  };

  return () => createElement('div', { ref: attach, className: 'sts-island' });
}
