/** Scrolls the panel alone: `scrollIntoView` would also move the host's columns around it. */
export function scrollPanelTo(element: HTMLElement | null): void {
  const panel = element?.closest('.sts-island');
  if (!element || !panel) return;
  panel.scrollTop += element.getBoundingClientRect().top - panel.getBoundingClientRect().top;
}
