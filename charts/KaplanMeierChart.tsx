import { Axes } from './Axes';
import { ChartFigure } from './ChartFigure';
import { coordinate, LegendEntry } from './LineChart';
import { series } from './palette';
import { linearScale } from './scale';

export interface SurvivalCurve {
  readonly name: string;
  readonly steps: readonly {
    readonly time: number;
    readonly survival: number;
    readonly low: number;
    readonly high: number;
    readonly censored: number;
  }[];
  /** At each of `times`. */
  readonly atRisk: readonly number[];
}

export interface KaplanMeierChartProps {
  readonly title: string;
  readonly description: string;
  readonly endpoint: string;
  /** Ticks of the x axis, from 0. */
  readonly times: readonly number[];
  readonly curves: readonly SurvivalCurve[];
}

const WIDTH = 640;
const BOX = { left: 88, right: WIDTH - 20, top: 12, bottom: 292 };
const ROW = 18;
const percent = (value: number): string => `${Math.round(value * 100)} %`;

/** Survival of groups with 95 % bands, censoring marks, and the numbers at risk under it. */
export function KaplanMeierChart(props: KaplanMeierChartProps) {
  const { times, curves } = props;
  const end = Math.max(...times, ...curves.map(({ steps }) => steps.at(-1)?.time ?? 0));
  const x = Object.assign(linearScale([0, end], [BOX.left, BOX.right]), { ticks: times });
  const y = linearScale([0, 1], [BOX.bottom, BOX.top]);
  const riskTop = BOX.bottom + 76;
  const legendTop = riskTop + curves.length * ROW + 16;
  return (
    <ChartFigure
      {...props}
      width={WIDTH}
      height={legendTop + curves.length * ROW}
      table={{
        columns: ['Group', ...times.map((time) => `S(${time})`), 'At risk at these times'],
        rows: curves.map((curve) => [
          curve.name,
          ...times.map((time) => percent(survivalAt(curve, time))),
          curve.atRisk.join(', '),
        ]),
      }}
    >
      <Axes box={BOX} x={x} y={y} xLabel="Months" yLabel={props.endpoint} yTick={percent} />
      {curves.map((curve, index) => (
        <Curve key={curve.name} curve={curve} index={index} x={x} y={y} />
      ))}
      <text x={0} y={riskTop - 14} fontWeight={600}>
        At risk
      </text>
      {curves.map((curve, index) => (
        <g key={curve.name} fill={series(index).colour}>
          <text x={0} y={riskTop + index * ROW + 4}>
            {curve.name}
          </text>
          {times.map((time, k) => (
            <text key={time} x={x(time)} y={riskTop + index * ROW + 4} textAnchor="middle">
              {curve.atRisk[k]}
            </text>
          ))}
        </g>
      ))}
      {curves.map((curve, index) => (
        <LegendEntry key={curve.name} name={curve.name} index={index} y={legendTop + index * ROW} />
      ))}
    </ChartFigure>
  );
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
