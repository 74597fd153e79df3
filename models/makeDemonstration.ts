/**
 * Makes `models/demonstration.json`: landmarks, habitats and feature scales fitted on simulated
 * patients (`demonstrationCohort.ts`), coefficients and hazard made up. Deterministic.
 */
import { simulateStudy } from '../demo/simulateStudy';
import { studyIds } from '../demo/studyIds';
import { writeStudy } from '../demo/writeStudy';
import type { SimulationOptions } from '../demo/settings';
import { N4_RECOMMENDED } from '../src/biasField/correctBiasField';
import type { BothSequences } from '../src/chain/bothSequences';
import { forBoth } from '../src/chain/bothSequences';
import { measureFeatures } from '../src/chain/measureFeatures';
import { SILENT_RUN } from '../src/chain/stage';
import { correctStudy } from '../src/chain/stages/biasField';
import { readStudy } from '../src/chain/stages/read';
import { findRegions } from '../src/chain/stages/regions';
import type { StudyRegions } from '../src/chain/stages/regions';
import { registerStudy } from '../src/chain/stages/register';
import { resampleStudy } from '../src/chain/stages/resample';
import type { ResampledStudy } from '../src/chain/stages/resample';
import { studyLandmarks } from '../src/chain/stages/standardise';
import { derivedUid } from '../src/dicom/uid';
import { clusterHabitats } from '../src/habitats/clusterHabitats';
import { DEFAULT_HABITAT_TRAINING, trainHabitats } from '../src/habitats/trainHabitats';
import { hashModel } from '../src/model/hashModel';
import { parseModel } from '../src/model/parseModel';
import type { Model, ModelFeature } from '../src/model/schema';
import { elastixNodeEngine } from '../src/register/elastixNode';
import { trainStandardLandmarks } from '../src/standardise/landmarks';
import { standardiseIntensity } from '../src/standardise/standardiseIntensity';
import type { StandardisedVolume } from '../src/standardise/standardiseIntensity';
import { DEMONSTRATION_COHORT } from './demonstrationCohort';
import { DEMONSTRATION_FEATURES, DEMONSTRATION_TEXT, MADE_UP_PROGNOSIS } from './madeUp';

const PERCENTILES = [1, 10, 20, 30, 40, 50, 60, 70, 80, 90];
const NAME = 'Demonstration model (made-up coefficients)';
const VERSION = '1.0.0';

const PREPROCESSING: Omit<Model['preprocessing'], 'standardisation'> = {
  registration: {
    method: 'rigid',
    reference: 'fsT2',
    histogramBins: 32,
    resolutions: 4,
    iterations: 256,
    samples: 2048,
  },
  biasField: N4_RECOMMENDED,
  resampling: { spacingMm: [1, 1, 1], image: 'bspline' },
  regions: { ringWidthMm: 10, clippedFractionFlag: 0.2 },
};
const EXTRACTION: Model['extraction'] = {
  image: 'standardised',
  settings: { binWidth: 5, symmetricalGLCM: true, distances: [1] },
};

/** A patient as far as the model's own artefacts are not needed. */
interface Prepared {
  readonly resampled: ResampledStudy;
  readonly regions: StudyRegions;
  readonly landmarks: BothSequences<number[]>;
}

export async function makeDemonstration(say: (line: string) => void): Promise<Model> {
  const patients: Prepared[] = [];
  for (const options of DEMONSTRATION_COHORT) {
    patients.push(await prepare(options));
    say(`seed ${options.seed}: prepared`);
  }
  const standard = forBoth((s) =>
    trainStandardLandmarks(patients.map(({ landmarks }) => landmarks[s])).map(rounded),
  );
  const images = patients.map((patient) => standardised(patient, standard));
  const habitats = {
    ...trainHabitats(images.map(tumourVoxels), DEFAULT_HABITAT_TRAINING),
    ...DEMONSTRATION_TEXT.habitats,
  };
  const draft = {
    habitats,
    extraction: EXTRACTION,
    features: DEMONSTRATION_FEATURES.map(unfitted),
  };
  const measured: (number | null)[][] = [];
  for (const image of images) {
    measured.push(await measureFeatures(draft, sourcesOf(image, habitats), SILENT_RUN));
    say(`patient ${measured.length}: measured`);
  }
  const features = draft.features.map((feature, i) =>
    fitted(
      feature,
      measured.map((row) => row[i]),
    ),
  );
  const model: Omit<Model, 'hash'> = {
    schema: 'sts-habitat-model',
    schemaVersion: 1,
    name: NAME,
    version: VERSION,
    deviceUid: derivedUid('sts-habitat model', NAME, VERSION),
    status: 'demonstration',
    ...DEMONSTRATION_TEXT.about,
    training: { ...DEMONSTRATION_TEXT.training, patients: patients.length },
    validations: [],
    preprocessing: { ...PREPROCESSING, standardisation: { percentiles: PERCENTILES, standard } },
    habitats,
    extraction: EXTRACTION,
    features,
    combat: null,
    ...MADE_UP_PROGNOSIS,
  };
  return parseModel({ ...model, hash: hashModel(model) });
}

/** The stages up to the landmarks, exactly as for a new patient. */
async function prepare(options: SimulationOptions): Promise<Prepared> {
  const ids = studyIds(`demonstration model ${options.seed}`);
  const files = [...writeStudy(simulateStudy(options), ids).values()];
  const request = {
    source: { kind: 'files', files: files.map((file) => Uint8Array.from(file).buffer) },
    series: { fsT2: ids.fsT2Series, ceT1: ids.ceT1Series },
    tumour: { kind: 'seg', seriesInstanceUid: ids.contour.segSeries, segmentNumber: 1 },
    age: 60,
    ageOrigin: 'entered',
    batch: null,
    model: null,
  } as const;
  const run = SILENT_RUN;
  const { registration, biasField, regions: settings } = PREPROCESSING;
  const study = (await readStudy(request, run)).value;
  const alignment = (await registerStudy(study, registration, elastixNodeEngine, run)).value;
  const corrected = (await correctStudy(study, alignment, biasField, run)).value;
  const resampled = resampleStudy(corrected, alignment, PREPROCESSING, run).value;
  const regions = findRegions(corrected, alignment, resampled, settings, run).value;
  const { body } = regions;
  return {
    resampled,
    regions,
    landmarks: studyLandmarks(corrected, alignment, body, settings.ringWidthMm, PERCENTILES, run),
  };
}

interface StandardisedPatient {
  readonly images: BothSequences<StandardisedVolume>;
  readonly regions: StudyRegions;
}

function standardised(
  { resampled, landmarks, regions }: Prepared,
  standard: BothSequences<number[]>,
): StandardisedPatient {
  const images = forBoth((s) =>
    standardiseIntensity(
      resampled.images[s],
      { image: landmarks[s], standard: standard[s] },
      SILENT_RUN,
    ),
  );
  return { images, regions };
}

function tumourVoxels({ images, regions }: StandardisedPatient): BothSequences<Float32Array> {
  return forBoth((s) => images[s].data.filter((_, i) => regions.tumour.data[i] !== 0));
}

function sourcesOf(
  { images, regions }: StandardisedPatient,
  habitats: Model['habitats'],
): Parameters<typeof measureFeatures>[1] {
  return {
    images,
    regions,
    habitats: clusterHabitats(images.ceT1, images.fsT2, regions.tumour, habitats),
    reference: 'fsT2',
  };
}

function unfitted(
  feature: Pick<ModelFeature, 'region' | 'sequence' | 'feature' | 'coefficient'>,
): ModelFeature {
  return { ...feature, mean: 0, sd: 1, range: [0, 0], imputed: null };
}

/**
 * Mean and SD of the cohort. Half a dozen patients have no range to speak of, so three SDs stand for
 * it; a habitat that a patient does not have counts as the mean.
 */
function fitted(feature: ModelFeature, values: readonly (number | null)[]): ModelFeature {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = Math.sqrt(squares / (known.length - 1));
  return {
    ...feature,
    mean: rounded(mean),
    sd: rounded(sd),
    range: [rounded(mean - 3 * sd), rounded(mean + 3 * sd)],
    imputed: feature.region.startsWith('habitat') ? rounded(mean) : null,
  };
}

/** Six digits: more would only be the machine's noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
