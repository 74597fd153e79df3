/** The model file of a training: complete, with its hash, so that `parseModel` accepts it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, hashModel } from '../model/hashModel';
import { parseModel } from '../model/parseModel';
import { MODEL_SCHEMA_VERSION, type Model, type ModelFeature } from '../model/schema';
import { modelPerformance } from '../report/modelPerformance';
import { riskGroups } from '../report/riskGroups';
import { modelRisk } from './applyModel';
import type { Artefacts } from './settings';
import type { Training } from './train';

type Content = Omit<Model, 'deviceUid' | 'hash'>;

export function buildModel(training: Training, artefacts: Artefacts): Model {
  const { settings, cohort } = training;
  const nomogram = modelNomogram(training);
  const riskGroup: Model['riskGroup'] = {
    cutoff: training.nomogram.cut.cut,
    scale: 'linearPredictor',
    origin: cutOrigin(training),
  };
  const { predictor } = training.nomogram;
  const groups = riskGroups(cohort.data, predictor, { ...riskGroup, cut: riskGroup.cutoff });
  return sealModel({
    schema: 'sts-habitat-model',
    schemaVersion: MODEL_SCHEMA_VERSION,
    name: settings.name,
    version: settings.version,
    status: 'trained',
    intendedUse: settings.intendedUse,
    endpoint: settings.endpoint,
    training: {
      description: `${settings.description}; signature ${training.chosen.signature.name}`,
      patients: cohort.patients.length,
      events: cohort.flow.events,
      centres: new Set(cohort.batch ?? ['']).size,
    },
    validations: [],
    preprocessing: artefacts.preprocessing,
    habitats: artefacts.habitats,
    extraction: artefacts.extraction,
    features: modelFeatures(training),
    combat: modelCombat(training),
    nomogram,
    riskGroup,
    performance: modelPerformance(training, groups, modelRisk({ nomogram }, predictor)),
  });
}

/** Adds (or replaces) the UID and the hash, both from the content: the same model has the same UID on every run. */
export function sealModel(sealed: Content): Model {
  const content = Object.fromEntries(
    Object.entries(sealed).filter(([key]) => key !== 'deviceUid' && key !== 'hash'),
  );
  const digest = sha256(utf8ToBytes(canonicalJson(content)));
  const number = digest.slice(0, 16).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const model = { ...content, deviceUid: `2.25.${number}` };
  return parseModel({ ...model, hash: hashModel(model) });
}

function modelNomogram({ nomogram, horizons, followUpMonths }: Training): Model['nomogram'] {
  return {
    covariates: [
      {
        name: 'rprs',
        label: 'RPRS',
        unit: '',
        coefficient: nomogram.fit.coefficients[0],
        axis: [...nomogram.axes[0]],
      },
      {
        name: 'age',
        label: 'Age',
        unit: 'years',
        coefficient: nomogram.fit.coefficients[1],
        axis: [...nomogram.axes[1]],
      },
    ],
    centre: nomogram.centre,
    ties: nomogram.fit.ties,
    baselineHazard: nomogram.baselineHazard,
    horizonsMonths: [...horizons],
    followUpMonths,
  };
}

function modelFeatures({ chosen, columns, prepared }: Training): ModelFeature[] {
  return chosen.fit.features.map(({ column, index, coefficient }) => {
    const { mean, sd, range } = prepared.columns[index];
    return {
      ...columns.features[column],
      coefficient,
      mean,
      sd,
      range: [...range],
      imputed: mean,
    };
  });
}

function modelCombat({ prepared, combat, chosen }: Training): Model['combat'] {
  if (combat === null || prepared.combat === null) return null;
  const pick = (values: readonly number[]): number[] =>
    chosen.fit.features.map(({ index }) => values[index]);
  const { grandMean, pooledVariance, batches } = prepared.combat;
  return {
    variant: combat.variant,
    referenceBatch: combat.referenceBatch,
    grandMean: pick(grandMean),
    pooledVariance: pick(pooledVariance),
    batches: Object.fromEntries(
      Object.entries(batches).map(([name, { patients, gamma, deltaSquared }]) => [
        name,
        { patients, gamma: pick(gamma), deltaSquared: pick(deltaSquared) },
      ]),
    ),
  };
}

function cutOrigin({ cohort, nomogram }: Training): string {
  const p = nomogram.cut.p < 0.001 ? 'below 0.001' : nomogram.cut.p.toPrecision(2);
  return `Maximally selected log-rank statistic of the nomogram's centred linear predictor in the ${cohort.patients.length} training patients; p ${p}, corrected for the search (Lausen and Schumacher). From one cohort: it may not hold in another.`;
}
