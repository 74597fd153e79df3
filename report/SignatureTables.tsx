import { BarChart } from '../charts/BarChart';
import { TableFrame } from '../charts/DataTable';
import { ForestChart } from '../charts/ForestChart';
import { LineChart } from '../charts/LineChart';
import { columnName } from '../src/training/featureName';
import { SIGNATURES, type SignatureGroup } from '../src/training/signatures';
import type { Training } from '../src/training/train';
import { fixed, interval, percent } from './format';

const COLUMNS = [
  'Signature',
  'Candidates',
  'Features',
  'C-index (95 % CI)',
  'corrected C-index',
  'median AUC',
  'corrected',
  'IBS',
  'IBS .632+',
  'IBS of Kaplan-Meier',
];

export function SignatureTable({
  training,
  groups,
  caption,
}: {
  readonly training: Training;
  readonly groups: readonly SignatureGroup[];
  readonly caption: string;
}) {
  return (
    <TableFrame caption={caption} columns={COLUMNS}>
      {SIGNATURES.filter(({ group }) => groups.includes(group)).map(({ name }) => (
        <SignatureRow key={name} name={name} training={training} />
      ))}
    </TableFrame>
  );
}

function SignatureRow({ name, training }: { readonly name: string; readonly training: Training }) {
  const entry = training.signatures.find(({ signature }) => signature.name === name);
  if (!entry) {
    return (
      <tr>
        <th scope="row">{name}</th>
        <td colSpan={COLUMNS.length - 1}>not in this feature table</td>
      </tr>
    );
  }
  const { integrated } = entry.error;
  return (
    <tr className={entry === training.chosen ? 'chosen' : undefined}>
      <th scope="row">{name}</th>
      <td>{entry.candidates}</td>
      <td>{entry.features}</td>
      <td>
        {fixed(entry.c.apparent)} ({interval(entry.concordance.interval)})
      </td>
      <td>{fixed(entry.c.corrected)}</td>
      <td>{fixed(entry.medianAuc?.apparent)}</td>
      <td>{fixed(entry.medianAuc?.corrected)}</td>
      <td>{fixed(integrated.apparent)}</td>
      <td>{fixed(integrated.boot632plus)}</td>
      <td>{fixed(integrated.kaplanMeier)}</td>
    </tr>
  );
}

export function SignatureForest({ training }: { readonly training: Training }) {
  return (
    <ForestChart
      title="C-index of the signatures"
      description="Dots: apparent, with 95 % intervals. Squares: corrected for the optimism of the whole selection. 0.5 is chance. Bold: the RPRS."
      domain={[0.3, 1]}
      chance={0.5}
      valueLabel="apparent"
      secondLabel="corrected for optimism"
      rows={training.signatures.map((entry) => ({
        name: entry.signature.name,
        value: entry.c.apparent,
        interval: entry.concordance.interval,
        second: entry.c.corrected,
        emphasis: entry === training.chosen,
      }))}
    />
  );
}

export function CoefficientChart({ training }: { readonly training: Training }) {
  const bars = training.chosen.fit.features
    .map(({ column, coefficient }) => ({
      name: columnName(training.columns.features[column]),
      value: coefficient,
    }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const extreme = Math.max(...bars.map(({ value }) => Math.abs(value))) * 1.25;
  return (
    <BarChart
      title="Coefficients of the RPRS"
      description="Weight of each harmonised, z-scored feature; positive weights raise the risk."
      bars={bars}
      domain={[bars.some(({ value }) => value < 0) ? -extreme : 0, extreme]}
      format={(value) => value.toFixed(3)}
      valueLabel="Coefficient"
    />
  );
}

const SHOWN = 25;

export function StabilityChart({ training }: { readonly training: Training }) {
  const { chosen, columns, settings } = training;
  const selected = new Set(chosen.fit.features.map(({ column }) => column));
  const bars = [...chosen.selectionFrequency]
    .sort(([a, m], [b, n]) => n - m || a - b)
    .slice(0, SHOWN)
    .map(([column, value]) => ({
      name: `${selected.has(column) ? '● ' : ''}${columnName(columns.features[column])}`,
      value,
    }));
  return (
    <BarChart
      title="Stability of the selection"
      description={`Share of ${settings.resamples} bootstrap resamples in which each feature was selected, the ${bars.length} most frequent; ● marks features of the RPRS.`}
      bars={bars}
      domain={[0, 1]}
      format={percent}
      valueLabel="Selected in"
    />
  );
}

export function ResampledErrorChart({ training }: { readonly training: Training }) {
  const { error } = training.chosen.nomogram;
  const line = (name: string, values: readonly number[], integral?: number) => ({
    name: integral === undefined ? name : `${name}: IBS ${fixed(integral)}`,
    points: error.times.map((time, k) => [time, values[k]] as const),
    steps: true,
  });
  return (
    <div className="half">
      <LineChart
        title="Prediction error of the nomogram, selection repeated in every resample"
        description="Brier scores weighted for censoring; lower is better. Out of bag: patients that a resample did not draw. .632+ weighs apparent and out-of-bag error by the amount of overfitting."
        xLabel="Months"
        yLabel="Brier score"
        x={[0, error.times[error.times.length - 1]]}
        y={[0, Math.max(0.25, ...error.outOfBag, ...error.kaplanMeier)]}
        lines={[
          line('Apparent', error.apparent, error.integrated.apparent),
          line('.632+', error.boot632plus, error.integrated.boot632plus),
          line('Out of bag', error.outOfBag),
          line('Kaplan-Meier', error.kaplanMeier, error.integrated.kaplanMeier),
        ]}
        table={{
          columns: ['Curve', 'IBS'],
          rows: [
            ['Apparent', fixed(error.integrated.apparent)],
            ['.632+', fixed(error.integrated.boot632plus)],
            ['Kaplan-Meier', fixed(error.integrated.kaplanMeier)],
          ],
        }}
      />
    </div>
  );
}
