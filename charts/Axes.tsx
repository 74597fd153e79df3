import { GRID, MUTED } from './palette';
import type { Scale } from './scale';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface AxesProps {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTick?: (value: number) => string;
  readonly yTick?: (value: number) => string;
}

/** Grid, ticks and the names of both axes. */
export function Axes({ box, x, y, xLabel, yLabel, xTick = String, yTick = String }: AxesProps) {
  const middle = (box.top + box.bottom) / 2;
  return (
    <g>
      {y.ticks.map((tick) => (
        <g key={`y${tick}`}>
          <line x1={box.left} x2={box.right} y1={y(tick)} y2={y(tick)} stroke={GRID} />
          <text x={box.left - 8} y={y(tick) + 4} textAnchor="end">
            {yTick(tick)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <g key={`x${tick}`}>
          <line x1={x(tick)} x2={x(tick)} y1={box.bottom} y2={box.bottom + 5} stroke={MUTED} />
          <text x={x(tick)} y={box.bottom + 19} textAnchor="middle">
            {xTick(tick)}
          </text>
        </g>
      ))}
      <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} stroke={MUTED} />
      <text x={(box.left + box.right) / 2} y={box.bottom + 38} textAnchor="middle" fill={MUTED}>
        {xLabel}
      </text>
      <text
        transform={`translate(${box.left - 52} ${middle}) rotate(-90)`}
        textAnchor="middle"
        fill={MUTED}
      >
        {yLabel}
      </text>
    </g>
  );
}
