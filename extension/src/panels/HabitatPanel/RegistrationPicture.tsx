import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { RegistrationCheck } from '../../../../src/chain/analysis';
import { otherSequence } from '../../../../src/chain/bothSequences';
import { SEQUENCE_LABELS } from '../../../../src/dicom/seriesRoles';
import { applyToPoint, worldToIndex } from '../../../../src/volume/geometry';
import { drawComposite, type PlaneMap } from '../../review/composite';
import { LayerCache } from '../../review/layers';
import { fieldOfView, type FieldOfView } from '../../review/fieldOfView';
import {
  pointAt,
  sliceOf,
  type ReviewLook,
  type ReviewViewState,
  type ReviewViewStore,
} from '../../services/reviewView';

export interface LookingProps {
  readonly view: ReviewViewStore;
  readonly state: ReviewViewState;
  readonly check: RegistrationCheck;
}

const CROSSHAIR_COLOUR = '#5ad7ff';

/** Both series in one picture, one slice at a time. A click or the arrow keys set the crosshair. */
export function RegistrationPicture({ view, state, check }: LookingProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const layers = useMemo(() => new LayerCache(), []);
  const width = useWidth(canvas);
  const field = useMemo(() => fieldOfView(check, state.look.close), [check, state.look.close]);
  const height = Math.round((width * field.heightMm) / field.widthMm);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || width === 0) return;
    const density = window.devicePixelRatio || 1;
    canvas.current.width = Math.round(width * density);
    canvas.current.height = Math.round(height * density);
    const map = mapOf(check, field, (width * density) / field.widthMm);
    drawComposite(context, layers.of(check, state.z), check.grid, state.look, map);
    drawCrosshair(context, state, check, map, density);
  }, [check, field, width, height, layers, state]);

  const click = ({ nativeEvent: { offsetX, offsetY } }: MouseEvent): void => {
    if (!state.crosshair) return;
    const { a, d, e, f } = mapOf(check, field, width / field.widthMm);
    const pointMm = pointAt(check, (offsetX - e) / a, (offsetY - f) / d, state.z);
    view.dispatch({ type: 'pointed', pointMm });
  };
  return (
    <canvas
      ref={canvas}
      className="sts-review-picture"
      data-testid="sts-review-picture"
      style={{ height }}
      tabIndex={0}
      role="application"
      aria-label={`${describe(state.look, check)}, slice ${state.z + 1} of ${check.planes.length}. Page Up and Page Down change the slice, arrow keys move the crosshair.`}
      onClick={click}
      onKeyDown={(event) => pressed(event, view, state, check)}
    />
  );
}

/** In words what the picture shows. */
export function describe({ mode, showsMoving }: ReviewLook, { reference }: RegistrationCheck) {
  const [under, over] = [reference, otherSequence(reference)].map((id) => SEQUENCE_LABELS[id]);
  switch (mode) {
    case 'checkerboard':
      return `${under} and registered ${over} in alternate fields`;
    case 'flicker':
      return showsMoving ? `Registered ${over}` : under;
    case 'blend':
      return `Registered ${over} over ${under}`;
  }
}

function pressed(
  event: KeyboardEvent,
  view: ReviewViewStore,
  state: ReviewViewState,
  check: RegistrationCheck,
): void {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  // The viewer has shortcuts of its own on these keys.
  event.stopPropagation();
  const [columns, rows, slices] = step;
  if (slices !== 0) {
    view.dispatch({ type: 'sliced', z: state.z + slices });
    return;
  }
  if (!state.crosshair) return;
  const start = state.pointMm ?? check.tumourCentreMm;
  const [column, row] = applyToPoint(worldToIndex(check.grid), start);
  const pointMm = pointAt(check, column + columns, row + rows, state.z);
  view.dispatch({ type: 'pointed', pointMm });
}

const STEPS: Readonly<Record<string, readonly [number, number, number]>> = {
  ArrowLeft: [-1, 0, 0],
  ArrowRight: [1, 0, 0],
  ArrowUp: [0, -1, 0],
  ArrowDown: [0, 1, 0],
  PageUp: [0, 0, 1],
  PageDown: [0, 0, -1],
};

/** @param scale pixels per millimetre */
function mapOf({ grid }: RegistrationCheck, field: FieldOfView, scale: number): PlaneMap {
  const a = scale * grid.spacingMm[0];
  const d = scale * grid.spacingMm[1];
  return { a, b: 0, c: 0, d, e: -a * field.left, f: -d * field.top };
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  { pointMm, z }: ReviewViewState,
  check: RegistrationCheck,
  { a, d, e, f }: PlaneMap,
  density: number,
): void {
  if (!pointMm || sliceOf(check, pointMm) !== z) return;
  const [column, row] = applyToPoint(worldToIndex(check.grid), pointMm);
  const [x, y, arm, gap] = [a * column + e, d * row + f, 15 * density, 4 * density];
  for (const [colour, width] of [
    ['#000', 3.5],
    [CROSSHAIR_COLOUR, 1.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * density;
    context.beginPath();
    for (const sign of [-1, 1]) {
      context.moveTo(x + sign * gap, y);
      context.lineTo(x + sign * arm, y);
      context.moveTo(x, y + sign * gap);
      context.lineTo(x, y + sign * arm);
    }
    context.stroke();
  }
}

/** CSS pixels that the element is wide; 0 until it is laid out. */
function useWidth(element: React.RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
