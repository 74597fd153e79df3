import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { parseModel } from '../../src/model/parseModel';
import { addBatch, ADVISED_PATIENTS } from '../../src/training/addBatch';
import { columnName } from '../../src/training/featureName';
import { requireWritable } from '../fileNames';
import { readModelFile } from '../modelFile';
import { cellNumber, readTable, requireColumn } from '../table';

interface Options {
  readonly model: string;
  readonly features: string;
  readonly batch: string;
  readonly out: string;
}

export function addBatchCommand(): Command {
  return new Command('add-batch')
    .description('Teach a trained model a further scanner; nothing else of the model changes.')
    .requiredOption('--model <file>', 'model file with ComBat and a reference batch')
    .requiredOption('--features <file>', 'CSV that “extract” wrote: patients of the new scanner')
    .requiredOption('--batch <name>', 'name of the new batch')
    .requiredOption('--out <file>', 'new model file')
    .action(async (options: Options) => {
      await requireWritable(options.out);
      const model = parseModel(await readModelFile(options.model));
      const table = await readTable(options.features);
      const columns = model.features.map((feature) => {
        const name = columnName(feature);
        requireColumn(table, name);
        return Float64Array.from(table.rows, (row, k) =>
          row[name] === '' ? NaN : cellNumber(table, k, name),
        );
      });
      const extended = addBatch(model, options.batch, columns);
      await writeFile(options.out, `${JSON.stringify(extended, null, 2)}\n`);
      const patients = table.rows.length;
      const caution =
        patients < ADVISED_PATIENTS
          ? `Caution: ${patients} patients are few; ${ADVISED_PATIENTS} or more, of about the mix of the training, are advised.\n`
          : '';
      process.stdout.write(
        `Batch “${options.batch}” of ${patients} patients added to ${options.out} (${extended.hash}); the scores of the other batches are unchanged.\n${caution}`,
      );
    });
}
