/** `npm run cohort`: simulates a cohort, trains and validates on it, writes models/demonstration.json. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { makeCohort } from './makeCohort';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: '.data/cohort' },
    /** Training, validation. */
    patients: { type: 'string', default: '108,40' },
    seed: { type: 'string', default: '20260101' },
    threads: { type: 'string', default: String(availableParallelism()) },
    quick: { type: 'boolean', default: false },
    extract: { type: 'string', default: 'models/cohort/extract.yaml' },
    train: { type: 'string', default: 'models/cohort/train.yaml' },
    model: { type: 'string', default: 'models/demonstration.json' },
  },
});

const [training, validation] = values.patients.split(',').map(Number);
const { model } = await makeCohort({
  folder: values.out,
  seed: Number(values.seed),
  size: { training, validation, quick: values.quick },
  threads: Number(values.threads),
  settings: { extract: values.extract, train: values.train },
  say: (line) => process.stderr.write(`${line}\n`),
  quiet: false,
});
const style = await resolveConfig(values.model);
const text = await format(JSON.stringify(model), { ...style, filepath: values.model });
await writeFile(values.model, text);
process.stderr.write(`Wrote ${values.model}\n`);
