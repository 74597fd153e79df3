import { Axes } from './Axes';
import { ChartFigure } from './ChartFigure';
import { series } from './palette';
import { linearScale } from './scale';

export interface CalibrationChartProps {
  readonly title: string;
  readonly description: string;
  readonly groups: readonly {
    readonly rows: number;
    readonly events: number;
    readonly meanPredicted: number;
    readonly observed: number;
    /** null: nobody or everybody had the event, so there is no interval. */
    readonly interval: readonly [number, number] | null;
  }[];
}

const WIDTH = 420;
const BOX = { left: 72, right: 400, top: 12, bottom: 352 };
const percent = (value: number): string => `${Math.round(value * 100)} %`;

function none({ events }: { readonly events: number }): string {
  return events === 0 ? 'no events' : 'nobody without event';
}

/** Observed (Kaplan-Meier) against predicted risk in groups; on the diagonal they agree. */
export function CalibrationChart(props: CalibrationChartProps) {
  const x = linearScale([0, 1], [BOX.left, BOX.right]);
  const y = linearScale([0, 1], [BOX.bottom, BOX.top]);
  const { colour } = series(0);
  return (
    <ChartFigure
      {...props}
      width={WIDTH}
      height={BOX.bottom + 46}
      table={{
        columns: ['Group', 'Patients', 'Events', 'Predicted', 'Observed', '95 % CI'],
        rows: props.groups.map((group, k) => [
          k + 1,
          group.rows,
          group.events,
          percent(group.meanPredicted),
          percent(group.observed),
          group.interval ? group.interval.map(percent).join(' to ') : none(group),
        ]),
      }}
    >
      <Axes
        box={BOX}
        x={x}
        y={y}
        xLabel="Predicted risk"
        yLabel="Observed risk"
        xTick={percent}
        yTick={percent}
      />
      <line
        x1={x(0)}
        y1={y(0)}
        x2={x(1)}
        y2={y(1)}
        stroke="var(--sts-muted, #5a6572)"
        strokeDasharray="3 4"
      />
      {props.groups.map((group, k) => (
        <g key={k} stroke={colour} strokeWidth={2}>
          {group.interval && (
            <line
              x1={x(group.meanPredicted)}
              x2={x(group.meanPredicted)}
              y1={y(Math.max(0, group.interval[0]))}
              y2={y(Math.min(1, group.interval[1]))}
            />
          )}
          <circle
            cx={x(group.meanPredicted)}
            cy={y(group.observed)}
            r={5}
            fill={group.interval ? colour : 'var(--sts-background, #fff)'}
          />
        </g>
      ))}
    </ChartFigure>
  );
}
