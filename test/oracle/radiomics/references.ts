import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { SILENT_RUN } from '../../../src/chain/stage';
import type { ImageFile } from '../../../src/io/imageFile';
import { readImage } from '../../../src/io/readImage';
import { extractRadiomics } from '../../../src/radiomics/extractRadiomics';
import { readParameterFile } from '../../../src/radiomics/parameterFile';
import type { ParameterSet } from '../../../src/radiomics/parameterSet';
import { preset } from '../../../src/radiomics/presets';
import { toRadiomicsImage } from '../../../src/radiomics/radiomicsImage';
import { selectLabel } from '../../../src/radiomics/selectLabel';
import { sharedPath } from '../../shared';

/** The settings that the reference files were made with, by the ends of their names. */
export function settingsOf(name: string): ParameterSet {
  if (name === 'full1mm') return preset('full');
  if (name === 'orig93_1mm') return preset('orig93');
  const file = `references/radiomics/${name.replace('native', 'noresample')}.json`;
  return readParameterFile(readFileSync(sharedPath(file), 'utf8'), file);
}

/** A CSV of PyRadiomics: names and values, without the diagnostics. */
export function readReference(file: string): Map<string, number> {
  const rows: string[][] = parse(readFileSync(sharedPath(file), 'utf8'), { from_line: 2 });
  const values = rows.filter(([name]) => !name.startsWith('diagnostics'));
  return new Map(values.map(([name, value]) => [name, Number(value)]));
}

const files = new Map<string, ImageFile>();

function read(file: string): ImageFile {
  const image = files.get(file) ?? readImage(readFileSync(sharedPath(file)), file);
  files.set(file, image);
  return image;
}

export async function extract(
  imageFile: string,
  maskFile: string,
  set: ParameterSet,
  label = set.settings.label,
): Promise<Map<string, number>> {
  const mask = selectLabel(read(maskFile), label, maskFile);
  return extractRadiomics(toRadiomicsImage(read(imageFile)), mask, set, SILENT_RUN);
}
