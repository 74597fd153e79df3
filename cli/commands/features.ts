import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { InputError } from '../../src/chain/errors';
import type { Run } from '../../src/chain/stage';
import manifest from '../../package.json' with { type: 'json' };
import { extractPrepared, prepareRegion } from '../../src/radiomics/extractRadiomics';
import { parseParameterSet, type ParameterSet } from '../../src/radiomics/parameterSet';
import { planOf, type Plan } from '../../src/radiomics/plan';
import { toRadiomicsImage } from '../../src/radiomics/radiomicsImage';
import { isPresetName, preset, PRESET_NAMES } from '../../src/radiomics/presets';
import { selectLabel } from '../../src/radiomics/selectLabel';
import { pooledRunner } from '../../src/workers/featurePool';
import { nodeFeatureWorker } from '../../src/workers/nodeFeatureWorker';
import type { Extraction } from '../../src/radiomics/diagnostics';
import { readBytes, readImageFile } from '../imageFiles';
import { createProgress } from '../progress';

interface Options {
  readonly label?: number;
  readonly settings?: string;
  readonly out?: string;
  readonly threads?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `sts-habitat features`: PyRadiomics' features of one region of an image file. */
export function featuresCommand(): Command {
  return new Command('features')
    .description("Radiomics features of one region, with PyRadiomics' names and values.")
    .argument('<image>', '.nii, .nii.gz or .nrrd')
    .argument('<mask>', 'label map on the grid of the image')
    .option('--label <n>', "label of the region (default: the settings', or 1)", wholeNumber)
    .option(
      '--settings <file or preset>',
      `PyRadiomics parameter file (YAML, JSON), or ${PRESET_NAMES.join(', ')} (default: PyRadiomics' defaults)`,
    )
    .option('--out <file>', 'write the table here instead of printing it')
    .option('--threads <n>', 'workers at most (default: all cores)', wholeNumber)
    .option('--json', 'a JSON object of names and values instead of CSV')
    .option('--quiet', 'no progress')
    .action(extractFile);
}

async function extractFile(imageFile: string, maskFile: string, options: Options): Promise<void> {
  const set = await readSettings(options.settings);
  const image = await readImageFile(imageFile);
  const labels = await readImageFile(maskFile);
  const label = options.label ?? set.settings.label;
  const mask = selectLabel(labels, label, maskFile);
  const progress = createProgress(options.quiet ?? false);
  const run: Run = {
    signal: new AbortController().signal,
    report: (fraction, message) => progress.step(message ?? 'Features', fraction),
  };
  const threads = options.threads ?? availableParallelism();
  const runner = threads > 1 ? pooledRunner(nodeFeatureWorker, threads) : undefined;
  const plan = planOf(set);
  const prepared = prepareRegion(toRadiomicsImage(image), mask, plan, run);
  const values = await extractPrepared(prepared, plan, run, runner).finally(() => {
    progress.end();
  });
  const left = leftOut(plan, values);
  if (left !== null) progress.say(left);
  const { settings, given } = set;
  const { version } = manifest;
  const about =
    given.setting.additionalInfo === true
      ? await describe({ version, image, labels, mask, prepared, settings, label, given })
      : new Map<string, string>();
  const text = options.json ? toJson(about, values) : toCsv(about, values);
  if (options.out === undefined) process.stdout.write(text);
  else await write(options.out, text);
}

/** As PyRadiomics warns; null when every feature has a value. */
function leftOut({ order }: Plan, values: ReadonlyMap<string, number>): string | null {
  const missing = order.filter((name) => !values.has(name));
  if (missing.length === 0) return null;
  const images = [...new Set(missing.map((name) => name.slice(0, name.indexOf('_'))))];
  return `Caution: ${missing.length} of ${order.length} features are left out, because the image around the region is too small for the filter of ${images.join(', ')}.`;
}

async function readSettings(name: string | undefined): Promise<ParameterSet> {
  if (name === undefined) return parseParameterSet({}, 'the defaults');
  if (isPresetName(name)) return preset(name);
  if (!/\.(ya?ml|json)$/i.test(name)) {
    throw new InputError(
      'SETTING_UNSUPPORTED',
      `The settings ${name} are neither a preset (${PRESET_NAMES.join(', ')}) nor a .yaml, .yml or .json file: correct --settings.`,
    );
  }
  // The YAML parser is loaded for those who need it: a preset starts in 25 ms less.
  const { readParameterFile } = await import('../../src/radiomics/parameterFile');
  return readParameterFile(new TextDecoder().decode(await readBytes(name)), name);
}

async function describe(extraction: Extraction): Promise<Map<string, string>> {
  const { diagnostics } = await import('../../src/radiomics/diagnostics');
  return diagnostics(extraction);
}

function toCsv(about: ReadonlyMap<string, string>, values: ReadonlyMap<string, number>): string {
  const rows = [
    ...[...about].map(([name, text]) => `${name},${csvField(text)}`),
    ...[...values].map(([name, value]) => `${name},${numberText(value)}`),
  ];
  return `feature,value\n${rows.join('\n')}\n`;
}

function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The shortest digits that give the double back; "nan" and "inf" as Python writes them. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(value);
}

function toJson(about: ReadonlyMap<string, string>, values: ReadonlyMap<string, number>): string {
  const numbers = [...values].map(([name, value]) => [name, Number.isFinite(value) ? value : null]);
  return `${JSON.stringify(Object.fromEntries([...about, ...numbers]), null, 1)}\n`;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw new InputError(
      'FILE_UNREADABLE',
      `${file} cannot be written: check the folder and that you may write there.`,
      { cause },
    );
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(`“${text}” is not a whole number above 0.`);
  }
  return value;
}
