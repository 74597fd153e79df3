import { ChartFigure } from './ChartFigure';
import { MUTED } from './palette';
import { PatientMark } from './PatientMark';
import { linearScale, roundTicks } from './scale';

export interface NomogramAxis {
  readonly label: string;
  /** Value and where it stands on the axis, in points of the row's own scale. */
  readonly ticks: readonly { readonly label: string; readonly points: number }[];
  /** Both ends of the axis, in points. */
  readonly span: readonly [number, number];
}

export interface NomogramChartProps {
  readonly title: string;
  readonly description: string;
  /** Rows on the scale of 0 to 100 points. */
  readonly covariates: readonly NomogramAxis[];
  readonly largestTotal: number;
  /** Rows on the scale of total points. */
  readonly outcomes: readonly NomogramAxis[];
  /** One patient's reading: points and values of each covariate, the total, and each outcome. */
  readonly patient?: {
    readonly covariates: readonly PatientReading[];
    readonly total: number;
    /** What is read under the total, in the order of `outcomes`. */
    readonly outcomes: readonly string[];
  };
  /** For a narrow panel: names stand above their axes. */
  readonly compact?: boolean;
}

export interface PatientReading {
  readonly value: string;
  readonly points: number;
}

interface Layout {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly row: number;
  /** Of the axis, below the top of its row. */
  readonly axis: number;
  /** Marks that would print over each other are left out; pixels. */
  readonly closest: number;
  readonly pointSteps: number;
}

const WIDE: Layout = {
  width: 720,
  left: 150,
  right: 696,
  row: 52,
  axis: 20,
  closest: 0,
  pointSteps: 10,
};
const COMPACT: Layout = {
  width: 340,
  left: 10,
  right: 326,
  row: 56,
  axis: 28,
  closest: 34,
  pointSteps: 5,
};

interface Row extends NomogramAxis {
  readonly scale: (points: number) => number;
  readonly reading?: PatientReading;
}

/** Points of each covariate, their total, and what the total means. */
export function NomogramChart(props: NomogramChartProps) {
  const layout = props.compact ? COMPACT : WIDE;
  const rows = rowsOf(props, layout);
  return (
    <ChartFigure
      {...props}
      width={layout.width}
      height={rows.length * layout.row + 6}
      table={{
        columns: ['Axis', 'Value', 'Points'],
        rows: [...patientRows(props), ...axisRows(props)],
      }}
    >
      {rows.map((row, index) => (
        <AxisRow key={row.label} row={row} top={index * layout.row} layout={layout} />
      ))}
    </ChartFigure>
  );
}

function rowsOf(
  { covariates, outcomes, largestTotal, patient }: NomogramChartProps,
  { left, right, pointSteps }: Layout,
): Row[] {
  const points = linearScale([0, 100], [left, right]);
  const total = linearScale([0, largestTotal], [left, right]);
  const marks = (end: number) =>
    roundTicks(0, end, pointSteps).map((value) => ({ label: String(value), points: value }));
  const read = (reading: PatientReading | undefined) => (reading ? { reading } : {});
  const sum = patient && { value: patient.total.toFixed(0), points: patient.total };
  return [
    { label: 'Points', ticks: marks(100), span: [0, 100], scale: points },
    ...covariates.map((axis, i) => ({ ...axis, scale: points, ...read(patient?.covariates[i]) })),
    {
      label: 'Total points',
      ticks: marks(largestTotal),
      span: [0, largestTotal],
      scale: total,
      ...read(sum),
    },
    ...outcomes.map((axis, i) => {
      const value = patient?.outcomes[i];
      const reading = patient && value !== undefined ? { value, points: patient.total } : undefined;
      return { ...axis, scale: total, ...read(reading) };
    }),
  ];
}

interface AxisRowProps {
  readonly row: Row;
  readonly top: number;
  readonly layout: Layout;
}

function AxisRow({ row: { label, ticks, span, scale, reading }, top, layout }: AxisRowProps) {
  const y = top + layout.axis;
  const above = layout.axis > 20;
  const marked = reading && Math.min(layout.right, Math.max(layout.left, scale(reading.points)));
  return (
    <g>
      <text x={0} y={above ? y - 14 : y + 4} fontWeight={600}>
        {label}
      </text>
      <line x1={scale(span[0])} x2={scale(span[1])} y1={y} y2={y} stroke={MUTED} />
      {spreadOut(ticks, scale, layout.closest).map((tick) => (
        <g key={tick.label}>
          <line x1={scale(tick.points)} x2={scale(tick.points)} y1={y} y2={y + 6} stroke={MUTED} />
          <text x={scale(tick.points)} y={y + 20} textAnchor="middle">
            {tick.label}
          </text>
        </g>
      ))}
      {reading && marked !== undefined && (
        <>
          <PatientMark x={marked} y={y} />
          <text x={layout.right + 4} y={y - 14} textAnchor="end" fontWeight={600}>
            {reading.value}
          </text>
        </>
      )}
    </g>
  );
}

function spreadOut(
  ticks: NomogramAxis['ticks'],
  scale: (points: number) => number,
  closest: number,
): NomogramAxis['ticks'] {
  let last = -Infinity;
  return ticks.filter(({ points }) => {
    if (scale(points) - last < closest) return false;
    last = scale(points);
    return true;
  });
}

function patientRows({ covariates, outcomes, patient }: NomogramChartProps): string[][] {
  if (!patient) return [];
  return [
    ...patient.covariates.map(({ value, points }, i) => [
      `This patient: ${covariates[i].label}`,
      value,
      points.toFixed(1),
    ]),
    ...patient.outcomes.map((value, i) => [
      `This patient: ${outcomes[i].label}`,
      value,
      patient.total.toFixed(1),
    ]),
  ];
}

function axisRows({ covariates, outcomes }: NomogramChartProps): string[][] {
  return [...covariates, ...outcomes].flatMap((axis) =>
    axis.ticks.map((tick) => [axis.label, tick.label, tick.points.toFixed(1)]),
  );
}
