const SVG = 'http://www.w3.org/2000/svg';
const NAME = 'sts-crosshair';
const ARM = 15;
const GAP = 4;
const COLOUR = '#5ad7ff';

export interface Mark {
  /** CSS pixels from the top left of the viewport's element. */
  readonly position: readonly number[];
  /** LPS mm of the series in the viewport. */
  readonly world: readonly number[];
  /** False: the point lies on another slice than the one on the screen. */
  readonly onSlice: boolean;
}

/** Draws the crosshair over a viewport, or takes it away. It lets every click through. */
export function crosshairMark(element: HTMLElement, mark: Mark | null): void {
  const present = element.querySelector<SVGSVGElement>(`:scope > svg.${NAME}`);
  if (!mark) {
    present?.remove();
    return;
  }
  const svg = present ?? element.appendChild(create());
  const [x, y] = mark.position;
  svg.dataset['world'] = mark.world.join(',');
  svg.dataset['onSlice'] = String(mark.onSlice);
  svg.style.opacity = mark.onSlice ? '1' : '0.3';
  svg.firstElementChild?.setAttribute('transform', `translate(${x} ${y})`);
}

function create(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', NAME);
  svg.setAttribute('data-testid', NAME);
  svg.setAttribute('aria-hidden', 'true');
  svg.style.cssText =
    'position:absolute;inset:0;width:100%;height:100%;pointer-events:none;overflow:hidden';
  const cross = document.createElementNS(SVG, 'g');
  const arms = `M${-ARM} 0H${-GAP}M${GAP} 0H${ARM}M0 ${-ARM}V${-GAP}M0 ${GAP}V${ARM}`;
  // Dark below light: seen on fat as well as on muscle.
  for (const [colour, width] of [
    ['#000', 3.5],
    [COLOUR, 1.5],
  ] as const) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', arms);
    path.setAttribute('stroke', colour);
    path.setAttribute('stroke-width', String(width));
    path.setAttribute('fill', 'none');
    cross.append(path);
  }
  svg.append(cross);
  return svg;
}
