import { CalibrationChart } from '../charts/CalibrationChart';
import { DataTable } from '../charts/DataTable';
import { KaplanMeierChart } from '../charts/KaplanMeierChart';
import { LineChart } from '../charts/LineChart';
import type { PredictionFigures } from '../src/report/evaluatePredictions';
import type { RiskGroups } from '../src/report/riskGroups';
import { fixed, interval, percent, pValue, short } from './format';

export interface PredictionProps {
  readonly figures: PredictionFigures;
  /** "apparent, in the training patients" or "in the validation patients" */
  readonly where: string;
}

export function RocCharts({ figures, where }: PredictionProps) {
  const horizons = figures.models[0].horizons.filter(({ roc }) => roc !== null);
  return (
    <div className="row">
      {horizons.map(({ months }, h) => (
        <LineChart
          key={months}
          title={`ROC at ${months} months`}
          description={`Sensitivity against 1 - specificity for the event by ${months} months, weighted for censoring, ${where}.`}
          xLabel="1 − specificity"
          yLabel="Sensitivity"
          x={[0, 1]}
          y={[0, 1]}
          square
          diagonal
          lines={figures.models.map((model) => {
            const entry = model.horizons.find((other) => other.months === horizons[h].months);
            const auc = entry?.auc
              ? `AUC ${fixed(entry.auc.value)} (${interval(entry.auc.interval)})`
              : 'no AUC';
            return {
              name: `${model.name}: ${auc}`,
              points: (entry?.roc ?? []).map(
                (point) => [point.falsePositive, point.truePositive] as const,
              ),
            };
          })}
          table={{
            columns: ['Model', 'AUC', '95 % CI', 'p against the nomogram'],
            rows: figures.models.map((model) => {
              const entry = model.horizons.find((other) => other.months === months);
              return [
                model.name,
                fixed(entry?.auc?.value),
                entry?.auc ? interval(entry.auc.interval) : '–',
                entry?.contrast ? pValue(entry.contrast.p) : '–',
              ];
            }),
          }}
        />
      ))}
    </div>
  );
}

export function CalibrationCharts({ figures, where }: PredictionProps) {
  return (
    <div className="row">
      {figures.calibration.map(({ months, groups, observedToExpected }) => (
        <CalibrationChart
          key={months}
          title={`Calibration at ${months} months (observed / expected ${fixed(observedToExpected, 2)})`}
          description={`Kaplan-Meier risk against the mean predicted risk in ${groups.length} groups of equal size, ${where}. Groups in which nobody or everybody had the event have no interval and are drawn open.`}
          groups={groups}
        />
      ))}
    </div>
  );
}

export function DecisionCharts({ figures, where }: PredictionProps) {
  return (
    <div className="row">
      {figures.decision.map(({ months, curves }) => {
        const lines = [
          ...curves.map(({ name, points }) => ({
            name,
            points: points.map(({ threshold, model }) => [threshold, model] as const),
          })),
          {
            name: 'Everybody counts as high risk',
            points: curves[0].points.map(({ threshold, all }) => [threshold, all] as const),
          },
          {
            name: 'Nobody does',
            points: [
              [0.02, 0],
              [0.8, 0],
            ] as const,
          },
        ];
        const top = Math.max(
          0.1,
          ...lines.flatMap(({ points }) => points.map(([, value]) => value)),
        );
        const shown = curves[0].points.filter((_, k) => k % 5 === 4);
        return (
          <LineChart
            key={months}
            title={`Decision curve at ${months} months`}
            description={`Net benefit over the threshold probability, censored outcomes by Kaplan-Meier, ${where}. Below -0.05 the curves are cut.`}
            xLabel="Threshold probability"
            yLabel="Net benefit"
            x={[0, 0.8]}
            y={[-0.05, Math.ceil(top * 20) / 20]}
            xTick={percent}
            lines={lines}
            table={{
              columns: ['Threshold', ...lines.slice(0, -1).map(({ name }) => name)],
              rows: shown.map((point) => [
                percent(point.threshold),
                ...curves.map(({ points }) =>
                  fixed(points.find((other) => other.threshold === point.threshold)?.model),
                ),
                fixed(point.all),
              ]),
            }}
          />
        );
      })}
    </div>
  );
}

export function ErrorChart({ figures, where }: PredictionProps) {
  const curves = figures.models.flatMap(({ name, error }) => (error ? [{ name, error }] : []));
  if (curves.length === 0) return null;
  const [first] = curves;
  const all = curves.flatMap(({ error }) => [...error.model, ...error.kaplanMeier]);
  return (
    <div className="half">
      <LineChart
        title="Prediction error over time"
        description={`Brier score weighted for censoring, ${where}; lower is better. Kaplan-Meier knows nothing of the patient.`}
        xLabel="Months"
        yLabel="Brier score"
        x={[0, first.error.times[first.error.times.length - 1]]}
        y={[0, Math.max(0.25, ...all)]}
        lines={[
          ...curves.map(({ name, error }) => ({
            name: `${name}: IBS ${fixed(error.integrated)}`,
            points: error.times.map((time, k) => [time, error.model[k]] as const),
            steps: true,
          })),
          {
            name: `Kaplan-Meier: IBS ${fixed(first.error.integratedKaplanMeier)}`,
            points: first.error.times.map((time, k) => [time, first.error.kaplanMeier[k]] as const),
            steps: true,
          },
        ]}
        table={{
          columns: ['Model', 'IBS', '1 − IBS / IBS of Kaplan-Meier'],
          rows: curves.map(({ name, error }) => [
            name,
            fixed(error.integrated),
            fixed(1 - error.integrated / error.integratedKaplanMeier),
          ]),
        }}
      />
    </div>
  );
}

export function GroupChart({
  groups,
  endpoint,
}: {
  readonly groups: RiskGroups;
  readonly endpoint: string;
}) {
  const test = groups.logRank
    ? `Log-rank χ² ${groups.logRank.chiSquared.toFixed(2)}, p ${pValue(groups.logRank.p)}.`
    : 'All patients are in one group, so there is no log-rank test.';
  return (
    <div className="narrow">
      <KaplanMeierChart
        title="Kaplan-Meier of the risk groups"
        description={`Survival without the event, 95 % bands on the log-log scale, marks where patients are censored. ${test}`}
        endpoint="Without event"
        times={groups.times}
        curves={groups.groups}
      />
      <p>
        {test} High risk: above {short(groups.cut)} on the{' '}
        {groups.scale === 'rprs' ? 'RPRS' : 'centred linear predictor of the nomogram'}. Median:{' '}
        {groups.groups
          .map(
            ({ name, median }) =>
              `${name} ${median === null ? 'not reached' : `${short(median)} months`}`,
          )
          .join(', ')}
        . Endpoint: {endpoint}.
      </p>
      <p className="note">{groups.origin}</p>
    </div>
  );
}

export function ModelTable({
  figures,
  caption,
}: {
  readonly figures: PredictionFigures;
  readonly caption: string;
}) {
  const horizons = figures.models[0].horizons.map(({ months }) => months);
  return (
    <DataTable
      caption={`${caption}; p: AUC against that of the nomogram`}
      columns={[
        'Model',
        'C-index (95 % CI)',
        'Uno C',
        ...horizons.flatMap((months) => [
          `AUC ${months} mo (95 % CI)`,
          `p ${months} mo`,
          `Brier ${months} mo`,
        ]),
        'IBS',
        'IBS of Kaplan-Meier',
      ]}
      rows={figures.models.map(({ name, harrell, uno, horizons: at, error }) => [
        name,
        `${fixed(harrell.c)} (${interval(harrell.interval)})`,
        fixed(uno.c),
        ...at.flatMap(({ auc, brier, contrast }) => [
          auc ? `${fixed(auc.value)} (${interval(auc.interval)})` : '–',
          contrast ? pValue(contrast.p) : '–',
          fixed(brier),
        ]),
        fixed(error?.integrated),
        fixed(error?.integratedKaplanMeier),
      ])}
    />
  );
}
