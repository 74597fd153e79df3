import type { Model } from '../src/model/schema';
import { columnName } from '../src/training/featureName';
import type { Training } from '../src/training/train';

/** What `train --json` prints. */
export function summariseTraining(training: Training, model: Model) {
  const { cohort, chosen, nomogram, signatures, warnings, clinical } = training;
  return {
    patients: cohort.patients.length,
    events: cohort.flow.events,
    signature: chosen.signature.name,
    signatures: signatures.map((entry) => ({
      name: entry.signature.name,
      group: entry.signature.group,
      candidates: entry.candidates,
      features: entry.features,
      cIndex: entry.c.apparent,
      cIndexInterval: entry.concordance.interval,
      cIndexCorrected: entry.c.corrected,
      medianAuc: entry.medianAuc?.apparent ?? null,
      medianAucCorrected: entry.medianAuc?.corrected ?? null,
      integratedBrier: entry.error.integrated,
    })),
    rprs: chosen.fit.features.map(({ column, coefficient }) => ({
      feature: columnName(training.columns.features[column]),
      coefficient,
      selectionFrequency: chosen.selectionFrequency.get(column) ?? 0,
    })),
    clinical,
    nomogram: {
      coefficients: nomogram.fit.coefficients,
      standardErrors: nomogram.fit.standardErrors,
      cIndex: chosen.nomogram.c,
      cut: nomogram.cut,
    },
    reliability: training.reliability,
    horizonsMonths: training.horizons,
    warnings,
    model: { name: model.name, hash: model.hash, deviceUid: model.deviceUid },
  };
}

export function describeTraining(
  training: Training,
  model: Model,
  files: { readonly out: string; readonly report: string },
): string {
  const { cohort, chosen, signatures, warnings } = training;
  const width = Math.max(...signatures.map(({ signature }) => signature.name.length));
  return [
    `${cohort.patients.length} patients, ${cohort.flow.events} events; ${training.columns.features.length} of ${cohort.features.length} feature columns used`,
    ...(training.reliability
      ? [
          `${training.reliability.dropped} columns dropped for an ${training.reliability.form} below ${training.reliability.minimum} (${training.reliability.patients} patients, ${training.reliability.repeats} repeats)`,
        ]
      : []),
    `${'Signature'.padEnd(width)}  features  C      corrected  median AUC  IBS .632+`,
    ...signatures.map((entry) =>
      [
        entry.signature.name.padEnd(width),
        String(entry.features).padStart(8),
        entry.c.apparent.toFixed(3),
        entry.c.corrected.toFixed(3).padStart(9),
        (entry.medianAuc?.apparent.toFixed(3) ?? '-').padStart(10),
        entry.error.integrated.boot632plus.toFixed(3).padStart(9),
      ].join('  '),
    ),
    `RPRS: ${chosen.signature.name}, ${chosen.features} features`,
    `Nomogram (RPRS and age): C ${chosen.nomogram.c.apparent.toFixed(3)}, corrected for optimism ${chosen.nomogram.c.corrected.toFixed(3)}`,
    `Cut-off ${model.riskGroup.cutoff.toFixed(3)} on the linear predictor`,
    ...warnings.map((warning) => `Caution: ${warning}`),
    `Model ${files.out} (${model.hash}), report ${files.report}`,
    '',
  ].join('\n');
}
