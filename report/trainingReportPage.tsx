import { DataTable } from '../charts/DataTable';
import { FlowChart } from '../charts/FlowChart';
import { trainingFigures } from '../src/report/trainingFigures';
import type { Model } from '../src/model/schema';
import { harrellC } from '../src/survival/concordance';
import { normalTwoSidedP, Z_975 } from '../src/survival/distributions';
import type { Reliability } from '../src/training/reliability';
import type { Training } from '../src/training/train';
import { fixed, interval, pValue, short } from './format';
import { ModelCard } from './ModelCard';
import { Nomogram } from './NomogramSection';
import { Cautions, Facts, KeyFigures, renderPage, Section } from './Page';
import {
  CalibrationCharts,
  DecisionCharts,
  ErrorChart,
  GroupChart,
  ModelTable,
  RocCharts,
} from './PredictionSections';
import {
  CoefficientChart,
  ResampledErrorChart,
  SignatureForest,
  SignatureTable,
  StabilityChart,
} from './SignatureTables';

/** The report of a training as one HTML file. */
export function trainingReportPage(training: Training, model: Model): string {
  return renderPage({
    title: `${model.name}: training`,
    subtitle: `${model.endpoint} · version ${model.version} · ${model.hash.slice(0, 19)}…`,
    children: <TrainingReport training={training} model={model} />,
  });
}

function TrainingReport({
  training,
  model,
}: {
  readonly training: Training;
  readonly model: Model;
}) {
  const { chosen, cohort, settings, job } = training;
  const { figures, groups } = trainingFigures(training, model);
  const apparent = { figures, where: 'apparent, in the training patients' };
  const { c } = chosen.nomogram;
  return (
    <>
      <KeyFigures
        figures={[
          ['patients', String(cohort.patients.length)],
          ['events', String(cohort.flow.events)],
          [
            'months of median follow-up',
            figures.medianFollowUp === null ? 'not reached' : short(figures.medianFollowUp),
          ],
          ['C-index of the nomogram, apparent', fixed(c.apparent)],
          [
            `C-index, corrected for optimism (${interval(c.correctedInterval, 2)})`,
            fixed(c.corrected),
          ],
        ]}
      />
      <Section title="Cautions">
        <Cautions messages={training.warnings} />
      </Section>
      <Section title="Cohort">
        <Flow training={training} />
        <BatchTable training={training} />
      </Section>
      {training.reliability && (
        <Section title="Repeated contours or scans">
          <ReliabilityText reliability={training.reliability} />
        </Section>
      )}
      <Section title="Signatures">
        <p>
          Every number marked “corrected” comes from {settings.resamples} bootstrap resamples in
          each of which imputation, ComBat, z-scores, filters, mRMR and the penalised Cox model were
          repeated. Median AUC: over {job.grids.auc.join(', ')} months. IBS: 0 to{' '}
          {Math.max(...training.horizons)} months; .632+ repeats the selection, too.
        </p>
        <SignatureTable
          training={training}
          groups={['conventional']}
          caption="Conventional signatures (as Table 2)"
        />
        <SignatureTable
          training={training}
          groups={['baseline-habitat', 'habitat']}
          caption="Signatures with habitats (as Table 3)"
        />
        <SignatureForest training={training} />
      </Section>
      <Section title={`RPRS: ${chosen.signature.name}`}>
        <p>
          {settings.signature === 'best'
            ? 'Chosen by the largest C-index after correction for optimism, never by a validation.'
            : 'Named in the settings.'}{' '}
          {chosen.candidates} candidates, {chosen.fit.screened} of them reached the penalised model,{' '}
          {chosen.features} were selected.
        </p>
        <CoefficientChart training={training} />
        <StabilityChart training={training} />
      </Section>
      <Section title="Clinical variables alone">
        <ClinicalTable training={training} />
      </Section>
      <Section title="Nomogram">
        <Nomogram model={model} />
        <CoxTable training={training} />
      </Section>
      <Section title="Performance in the training patients">
        <p>
          What follows is apparent: the model is judged on the patients it was made from. Expect
          less in new patients.
        </p>
        <ModelTable figures={figures} caption="Clinical, radiomics and nomogram (as Table 4)" />
        <RocCharts {...apparent} />
        <h3>Calibration</h3>
        <CalibrationCharts {...apparent} />
        <h3>Decision curves</h3>
        <DecisionCharts {...apparent} />
        <h3>Prediction error</h3>
        <div className="row">
          <ErrorChart {...apparent} />
          <ResampledErrorChart training={training} />
        </div>
      </Section>
      <Section title="Risk groups">
        <GroupChart groups={groups} endpoint={model.endpoint} />
      </Section>
      <Section title="Model card">
        <ModelCard
          model={model}
          limits={training.warnings}
          performance={`C-index ${fixed(c.apparent)} apparent, ${fixed(c.corrected)} corrected for optimism (bootstrap, ${settings.resamples} resamples, selection repeated)`}
        />
      </Section>
      <Section title="Settings of this training">
        <Facts
          facts={[
            ['Seed', settings.seed],
            ['Resamples', settings.resamples],
            ['Selection', JSON.stringify(settings.selection)],
            ['ComBat', training.combat ? JSON.stringify(training.combat) : 'none'],
            ['Ties', settings.ties],
            ['Columns', JSON.stringify(settings.columns)],
          ]}
        />
        {training.columns.leftOut.length > 0 && (
          <details>
            <summary>{training.columns.leftOut.length} feature columns left out</summary>
            <DataTable
              caption="Feature columns left out"
              columns={['Column', 'Reason']}
              rows={training.columns.leftOut.map(({ column, reason }) => [column, reason])}
            />
          </details>
        )}
      </Section>
    </>
  );
}

function Flow({ training }: { readonly training: Training }) {
  const { flow } = training.cohort;
  return (
    <div className="narrow">
      <FlowChart
        title="Cohort flow"
        description={`${flow.inClinicalTable} patients in the clinical table, ${flow.analysed} analysed, ${flow.events} with the event. ${flow.withoutOutcome} patients of the feature table are not in the clinical table.`}
        steps={[
          {
            label: 'Patients in the clinical table',
            count: flow.inClinicalTable,
            leaves: [{ label: 'without features', count: flow.withoutFeatures.length }],
          },
          { label: 'Analysed', count: flow.analysed },
          { label: 'With the event', count: flow.events },
        ]}
      />
    </div>
  );
}

function BatchTable({ training }: { readonly training: Training }) {
  const { cohort } = training;
  if (cohort.batch === null) return null;
  const { batch, data, age } = cohort;
  const names = [...new Set(batch)].sort();
  return (
    <DataTable
      caption="Scanner batches"
      columns={[
        'Batch',
        'Patients',
        'Events',
        'Median age',
        'Median time (months)',
        'C-index of the nomogram within (apparent)',
      ]}
      rows={names.map((name) => {
        const rows = batch.flatMap((other, row) => (other === name ? [row] : []));
        return [
          name,
          rows.length,
          rows.filter((row) => data.event[row] === 1).length,
          short(median(rows.map((row) => age[row]))),
          short(median(rows.map((row) => data.time[row]))),
          fixed(
            harrellC(
              {
                time: rows.map((row) => data.time[row]),
                event: rows.map((row) => data.event[row]),
              },
              rows.map((row) => training.nomogram.predictor[row]),
            ).c,
          ),
        ];
      })}
    />
  );
}

function ReliabilityText({ reliability }: { readonly reliability: Reliability }) {
  const { form, minimum, bound, patients, repeats, columns, dropped, unknown } = reliability;
  const known = columns.map(({ icc }) => icc).filter((icc) => !Number.isNaN(icc));
  return (
    <p>
      {patients} patients were measured {repeats} times. {form} of {columns.length} feature columns
      has a median of {fixed(median(known), 2)}; {dropped} columns were left out because{' '}
      {bound === 'lower' ? 'the lower end of its 95 % interval' : 'it'} is below {minimum}.{' '}
      {unknown > 0 && `${unknown} columns have no repeats and were kept.`}
    </p>
  );
}

function ClinicalTable({ training }: { readonly training: Training }) {
  return (
    <DataTable
      caption="Univariable Cox models"
      columns={['Variable', 'Hazard ratio (95 % CI)', 'p', 'C-index']}
      rows={training.clinical.map((entry) =>
        'reason' in entry
          ? [entry.name, entry.reason, '–', '–']
          : [
              entry.name,
              `${fixed(entry.hazardRatio)} (${interval(entry.interval)})`,
              pValue(entry.p),
              fixed(entry.c),
            ],
      )}
    />
  );
}

function CoxTable({ training }: { readonly training: Training }) {
  const { fit } = training.nomogram;
  return (
    <DataTable
      caption={`Cox model of the nomogram (${fit.ties} ties)`}
      columns={['Covariate', 'Coefficient', 'SE', 'Hazard ratio (95 % CI)', 'p']}
      rows={['RPRS', 'Age (years)'].map((name, j) => {
        const [b, se] = [fit.coefficients[j], fit.standardErrors[j]];
        return [
          name,
          fixed(b, 4),
          fixed(se, 4),
          `${fixed(Math.exp(b))} (${interval([Math.exp(b - Z_975 * se), Math.exp(b + Z_975 * se)])})`,
          pValue(normalTwoSidedP(b / se)),
        ];
      })}
    />
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
