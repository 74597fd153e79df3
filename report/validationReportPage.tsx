import { DataTable } from '../charts/DataTable';
import { FlowChart } from '../charts/FlowChart';
import type { Model } from '../src/model/schema';
import type { Validation } from '../src/training/validate';
import { fixed, interval, short } from './format';
import { ModelCard } from './ModelCard';
import { Nomogram } from './NomogramSection';
import { Cautions, KeyFigures, renderPage, Section } from './Page';
import {
  CalibrationCharts,
  DecisionCharts,
  ErrorChart,
  GroupChart,
  ModelTable,
  RocCharts,
} from './PredictionSections';

/** The report of a validation as one HTML file. */
export function validationReportPage(validation: Validation, model: Model): string {
  return renderPage({
    title: `${model.name}: validation`,
    subtitle: `${validation.entry.description} · ${model.endpoint} · model version ${model.version} · ${model.hash.slice(0, 19)}…`,
    children: <ValidationReport validation={validation} model={model} />,
  });
}

function ValidationReport({
  validation,
  model,
}: {
  readonly validation: Validation;
  readonly model: Model;
}) {
  const { figures, groups, warnings, entry } = validation;
  const shown = { figures, where: 'in the validation patients; the model is frozen' };
  const [nomogram] = figures.models;
  const slope = figures.slope;
  return (
    <>
      <KeyFigures
        figures={[
          ['patients', String(figures.patients)],
          ['events', String(figures.events)],
          [
            'months of median follow-up',
            figures.medianFollowUp === null ? 'not reached' : short(figures.medianFollowUp),
          ],
          [`C-index (${interval(nomogram.harrell.interval)})`, fixed(nomogram.harrell.c)],
          [
            slope ? `calibration slope (${interval(slope.interval, 2)})` : 'calibration slope',
            fixed(slope?.value, 2),
          ],
        ]}
      />
      <Section title="Cautions">
        <Cautions messages={warnings} />
      </Section>
      <Section title="Cohort">
        <Flow validation={validation} />
      </Section>
      <Section title="Performance">
        <p>
          Nothing was refitted: coefficients, ComBat, baseline hazard and cut-off are those of the
          model file. “Alone” holds the other covariate of the nomogram at its mean here.
        </p>
        <ModelTable figures={figures} caption="Nomogram and its parts" />
        <RocCharts {...shown} />
        <h3>Calibration</h3>
        <p>
          A slope of 1 and observed / expected of 1 are ideal; a slope below 1 says that the
          predicted risks are too far apart.
        </p>
        <CalibrationCharts {...shown} />
        <h3>Decision curves</h3>
        <DecisionCharts {...shown} />
        <h3>Prediction error</h3>
        <ErrorChart {...shown} />
      </Section>
      <Section title="Risk groups by the frozen cut-off">
        <GroupChart groups={groups} endpoint={model.endpoint} />
      </Section>
      <Section title="Nomogram of the model">
        <Nomogram model={model} />
      </Section>
      <Section title="Entry for the model file">
        <p>
          For “validations”; pasting it by hand breaks the hash, so let{' '}
          <code>--out-model FILE</code> write a new file with a new hash.
        </p>
        <pre>{JSON.stringify(entry, null, 2)}</pre>
      </Section>
      <Section title="Model card">
        <ModelCard
          model={model}
          limits={warnings}
          performance={`C-index ${fixed(entry.cIndex)} in ${entry.description}`}
        />
      </Section>
    </>
  );
}

function Flow({ validation }: { readonly validation: Validation }) {
  const { flow } = validation.cohort;
  const { notEvaluable } = validation.applied;
  return (
    <>
      <div className="narrow">
        <FlowChart
          title="Cohort flow"
          description={`${flow.inClinicalTable} patients in the clinical table, ${validation.figures.patients} scored, ${validation.figures.events} with the event.`}
          steps={[
            {
              label: 'Patients in the clinical table',
              count: flow.inClinicalTable,
              leaves: [{ label: 'without features', count: flow.withoutFeatures.length }],
            },
            {
              label: 'With features',
              count: flow.analysed,
              leaves: [{ label: 'RPRS not evaluable', count: notEvaluable.length }],
            },
            { label: 'Scored', count: validation.figures.patients },
            { label: 'With the event', count: validation.figures.events },
          ]}
        />
      </div>
      <p>
        {validation.unharmonised === 0
          ? 'All patients are of a scanner batch that the model knows.'
          : `${validation.unharmonised} patients are scored unharmonised.`}
      </p>
      {notEvaluable.length > 0 && (
        <DataTable
          caption="Without RPRS"
          columns={['Patient', 'Reason']}
          rows={notEvaluable.map(({ patient, reason }) => [patient, reason])}
        />
      )}
    </>
  );
}
