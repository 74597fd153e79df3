import type { GroupCurve } from '../src/report/riskGroups';
import { Axes } from './Axes';
import { ChartFigure } from './ChartFigure';
import { coordinate, LegendEntry } from './LineChart';
import { series } from './palette';
import { PatientMark } from './PatientMark';
import { linearScale } from './scale';

/** `atRisk`: at each of the chart's `times`. */
export type SurvivalCurve = Pick<GroupCurve, 'name' | 'steps' | 'atRisk'>;

export interface KaplanMeierChartProps {
  readonly title: string;
  readonly description: string;
  readonly endpoint: string;
  /** Ticks of the x axis, from 0. */
  readonly times: readonly number[];
  readonly curves: readonly SurvivalCurve[];
  /** What a model predicts for one patient, marked among the curves. */
  readonly patient?: {
    readonly name: string;
    readonly points: readonly { readonly time: number; readonly survival: number }[];
  };
  /** For a narrow panel: as wide as two thumbs, with the endpoint left to the caption. */
  readonly compact?: boolean;
}

const WIDE = { width: 640, left: 88, right: 620, top: 12, bottom: 292 };
const COMPACT = { width: 340, left: 46, right: 328, top: 12, bottom: 190 };
const ROW = 18;
const percent = (value: number): string => `${Math.round(value * 100)} %`;

/** Survival of groups with 95 % bands, censoring marks, and the numbers at risk under it. */
export function KaplanMeierChart(props: KaplanMeierChartProps) {
  const { times, curves, patient, compact = false } = props;
  const BOX = compact ? COMPACT : WIDE;
  const end = Math.max(...times, ...curves.map(({ steps }) => steps.at(-1)?.time ?? 0));
  const x = Object.assign(linearScale([0, end], [BOX.left, BOX.right]), { ticks: times });
  const y = linearScale([0, 1], [BOX.bottom, BOX.top]);
  const riskTop = BOX.bottom + 76;
  // In a narrow picture the name of a group stands above its numbers, not beside them.
  const riskRow = compact ? 2 * ROW : ROW;
  const legendTop = riskTop + curves.length * riskRow + (compact ? 8 : 16);
  return (
    <ChartFigure
      {...props}
      width={BOX.width}
      height={legendTop + (curves.length + (patient ? 1 : 0)) * ROW}
      table={{
        columns: ['Group', ...times.map((time) => `S(${time})`), 'At risk at these times'],
        rows: [
          ...curves.map((curve) => [
            curve.name,
            ...times.map((time) => percent(survivalAt(curve, time))),
            curve.atRisk.join(', '),
          ]),
          ...(patient ? [patientRow(patient, times)] : []),
        ],
      }}
    >
      <Axes
        box={BOX}
        x={x}
        y={y}
        xLabel="Months"
        yLabel={compact ? '' : props.endpoint}
        yTick={percent}
      />
      {curves.map((curve, index) => (
        <Curve key={curve.name} curve={curve} index={index} x={x} y={y} />
      ))}
      {patient?.points.map(({ time, survival }) => (
        <PatientMark key={time} x={x(time)} y={y(survival)} />
      ))}
      <text x={0} y={riskTop - 14} fontWeight={600}>
        At risk
      </text>
      {curves.map((curve, index) => (
        <g key={curve.name} fill={series(index).colour}>
          <text x={0} y={riskTop + index * riskRow + 4}>
            {curve.name}
          </text>
          {times.map((time, k) => (
            <text
              key={time}
              x={x(time)}
              y={riskTop + (index + 1) * riskRow - ROW + 4}
              textAnchor="middle"
            >
              {curve.atRisk[k]}
            </text>
          ))}
        </g>
      ))}
      {curves.map((curve, index) => (
        <LegendEntry key={curve.name} name={curve.name} index={index} y={legendTop + index * ROW} />
      ))}
      {patient && (
        <g>
          <PatientMark x={84} y={legendTop + curves.length * ROW} />
          <text x={108} y={legendTop + curves.length * ROW + 4}>
            {patient.name}
          </text>
        </g>
      )}
    </ChartFigure>
  );
}

function patientRow(
  { name, points }: NonNullable<KaplanMeierChartProps['patient']>,
  times: readonly number[],
): string[] {
  const at = (time: number): string => {
    const point = points.find((other) => other.time === time);
    return point ? percent(point.survival) : '';
  };
  const others = points.filter(({ time }) => !times.includes(time));
  const rest = others.map(({ time, survival }) => `S(${time}) ${percent(survival)}`).join(', ');
  return [name, ...times.map(at), rest];
}

interface CurveProps {
  readonly curve: SurvivalCurve;
  readonly index: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function Curve({ curve, index, x, y }: CurveProps) {
  const { colour, dash } = series(index);
  const at = (time: number): string => coordinate(x(time));
  const line = (value: (step: SurvivalCurve['steps'][number]) => number): string =>
    curve.steps.map((step) => `H${at(step.time)}V${coordinate(y(value(step)))}`).join('');
  const start = `M${at(0)} ${coordinate(y(1))}`;
  const back = [...curve.steps]
    .map((step, k) => ({
      time: step.time,
      low: k === 0 ? 1 : curve.steps[k - 1].low,
      own: step.low,
    }))
    .reverse()
    .map(({ time, low, own }) => `L${at(time)} ${coordinate(y(own))}V${coordinate(y(low))}`)
    .join('');
  return (
    <g>
      <path
        d={`${start}${line(({ high }) => high)}${back}L${at(0)} ${coordinate(y(1))}Z`}
        fill={colour}
        opacity={0.13}
      />
      <path
        d={`${start}${line(({ survival }) => survival)}`}
        fill="none"
        stroke={colour}
        strokeWidth={2}
        strokeDasharray={dash}
      />
      {curve.steps
        .filter(({ censored }) => censored > 0)
        .map(({ time, survival }) => (
          <line
            key={time}
            x1={x(time)}
            x2={x(time)}
            y1={y(survival) - 5}
            y2={y(survival) + 5}
            stroke={colour}
          />
        ))}
    </g>
  );
}

function survivalAt(curve: SurvivalCurve, time: number): number {
  return curve.steps.findLast((step) => step.time <= time)?.survival ?? 1;
}
