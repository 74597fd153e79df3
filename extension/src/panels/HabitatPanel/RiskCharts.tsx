import type { Score } from '../../../../src/chain/analysis';
import { riskAt } from '../../../../src/nomogram/cox';
import type { Model } from '../../../../src/model/schema';
import { nomogramAxes } from '../../../../src/report/nomogramAxes';
import { KaplanMeierChart, type SurvivalCurve } from '../../../../charts/KaplanMeierChart';
import { LineChart } from '../../../../charts/LineChart';
import { NomogramChart } from '../../../../charts/NomogramChart';
import { roundTicks } from '../../../../charts/scale';
import { percent, score } from './format';

export interface RiskChartsProps {
  readonly prognosis: Score;
  /** The model of the result; another one would show other axes. */
  readonly model: Model;
}

/** How the risk comes about, and what became of the patients that the model was trained on. */
export function RiskCharts({ prognosis, model }: RiskChartsProps) {
  return (
    <>
      <details className="sts-fold" data-testid="sts-nomogram">
        <summary>Nomogram</summary>
        <PatientNomogram prognosis={prognosis} model={model} />
      </details>
      <details className="sts-fold" data-testid="sts-survival">
        <summary>Against the training patients</summary>
        {model.performance ? (
          <TrainingGroups prognosis={prognosis} model={model} groups={model.performance.groups} />
        ) : (
          <PredictedCurve prognosis={prognosis} model={model} />
        )}
      </details>
    </>
  );
}

function PatientNomogram({ prognosis, model }: RiskChartsProps) {
  const { nomogram } = model;
  const readings = nomogram.covariates.map(({ name }) => {
    const found = prognosis.points.find(({ covariate }) => covariate === name);
    const { value = 0, points = 0 } = found ?? {};
    const shown = name === 'rprs' ? score(value) : String(Number(value.toPrecision(3)));
    return { value: `${shown}: ${points.toFixed(0)} points`, points };
  });
  return (
    <NomogramChart
      compact
      title="Nomogram with this patient’s points"
      description={`${readings.map(({ value }, i) => `${nomogram.covariates[i].label} ${value}`).join('; ')}; ${prognosis.totalPoints.toFixed(0)} points in total.`}
      {...nomogramAxes(model, roundTicks)}
      patient={{
        covariates: readings,
        total: prognosis.totalPoints,
        outcomes: prognosis.risks.map(({ risk }) => percent(risk)),
      }}
    />
  );
}

type Groups = NonNullable<Model['performance']>['groups'];

function TrainingGroups({
  prognosis,
  model,
  groups,
}: RiskChartsProps & { readonly groups: Groups }) {
  const times = groups[0]?.atRisk.map(({ months }) => months) ?? [0];
  const own = groups.find(({ group }) => group === prognosis.group);
  return (
    <KaplanMeierChart
      compact
      title="Training patients by risk group"
      description={`Kaplan-Meier estimates of ${model.endpoint} in the low- and the high-risk group of the training patients, with 95 % bands; diamonds: what the nomogram predicts for this patient, who is in the ${prognosis.group}-risk group${own ? ` (${own.patients} training patients, ${own.events} events)` : ''}.`}
      endpoint={model.endpoint}
      times={times}
      curves={groups.map(curveOf)}
      patient={{
        name: 'this patient, by the nomogram',
        points: prognosis.risks.map(({ months, risk }) => ({ time: months, survival: 1 - risk })),
      }}
    />
  );
}

function curveOf({
  group,
  patients,
  steps,
  atRisk,
  followUpMonths,
}: Groups[number]): SurvivalCurve {
  const drawn = steps.map(({ months, ...step }) => ({ ...step, time: months, censored: 0 }));
  const last = drawn.at(-1);
  // The curve runs on to the end of the group's follow-up.
  const end = last && last.time < followUpMonths ? [{ ...last, time: followUpMonths }] : [];
  return {
    name: `${group} risk (${patients} patients)`,
    steps: [...drawn, ...end],
    atRisk: atRisk.map((entry) => entry.patients),
  };
}

/** For a model file without the curves of its groups: what its hazard says, and nothing observed. */
function PredictedCurve({ prognosis, model: { nomogram, endpoint } }: RiskChartsProps) {
  const end = Math.max(...nomogram.horizonsMonths);
  const times = [0, ...nomogram.baselineHazard.map(({ months }) => months).filter((m) => m <= end)];
  if (times.at(-1) !== end) times.push(end);
  const curve = (linearPredictor: number) =>
    times.map((months): [number, number] => [
      months,
      1 - riskAt(nomogram.baselineHazard, linearPredictor, months),
    ]);
  const lines = [
    { name: 'this patient', points: curve(prognosis.linearPredictor), steps: true },
    { name: 'at the model’s centre', points: curve(0), steps: true },
  ];
  const asPercent = (value: number): string => `${Math.round(value * 100)} %`;
  return (
    <LineChart
      compact
      title="Predicted without progression"
      description={`Share without an event (${endpoint}) over the months, as the model predicts it for this patient and for one at the centre of its covariates. The model file holds no observed curves of its training patients.`}
      xLabel="Months"
      yLabel=""
      x={[0, end]}
      y={[0, 1]}
      yTick={asPercent}
      lines={lines}
      table={{
        columns: ['Months', ...lines.map(({ name }) => name)],
        rows: nomogram.horizonsMonths.map((months) => [
          months,
          ...[prognosis.linearPredictor, 0].map((predictor) =>
            percent(1 - riskAt(nomogram.baselineHazard, predictor, months)),
          ),
        ]),
      }}
    />
  );
}
