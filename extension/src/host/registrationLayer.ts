import type { RegistrationCheck } from '../../../src/chain/analysis';
import { drawComposite, type PlaneMap } from '../review/composite';
import { LayerCache } from '../review/layers';
import { pointAt, type ReviewLook } from '../services/reviewView';

const NAME = 'sts-registration-layer';

/** Both series over the slice of the reference series that a viewport shows. */
export class RegistrationLayer {
  private readonly layers = new LayerCache();

  /** @param toCanvas LPS mm of the reference series to CSS pixels of the element */
  draw(
    element: HTMLElement,
    check: RegistrationCheck,
    z: number,
    look: ReviewLook,
    toCanvas: (point: readonly number[]) => readonly number[],
  ): void {
    const canvas = this.canvasOf(element);
    const density = window.devicePixelRatio || 1;
    const width = Math.round(element.clientWidth * density);
    const height = Math.round(element.clientHeight * density);
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
    }
    const context = canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, width, height);
    const map = mapOf(check, z, toCanvas, density);
    drawComposite(context, this.layers.of(check, z), check.grid, look, map);
  }

  remove(element: HTMLElement): void {
    element.querySelector(`:scope > canvas.${NAME}`)?.remove();
  }

  private canvasOf(element: HTMLElement): HTMLCanvasElement {
    const present = element.querySelector<HTMLCanvasElement>(`:scope > canvas.${NAME}`);
    if (present) return present;
    const canvas = document.createElement('canvas');
    canvas.className = NAME;
    canvas.setAttribute('aria-hidden', 'true');
    canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    // Below the crosshair.
    return element.insertBefore(canvas, element.querySelector(':scope > svg.sts-crosshair'));
  }
}

function mapOf(
  check: RegistrationCheck,
  z: number,
  toCanvas: (point: readonly number[]) => readonly number[],
  density: number,
): PlaneMap {
  const origin = toCanvas(pointAt(check, 0, 0, z));
  const column = toCanvas(pointAt(check, 1, 0, z));
  const row = toCanvas(pointAt(check, 0, 1, z));
  return {
    a: density * (column[0] - origin[0]),
    b: density * (column[1] - origin[1]),
    c: density * (row[0] - origin[0]),
    d: density * (row[1] - origin[1]),
    e: density * origin[0],
    f: density * origin[1],
  };
}
