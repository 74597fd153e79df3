import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SILENT_RUN } from '../src/chain/stage';
import { readImage } from '../src/io/readImage';
import { preprocess } from '../src/radiomics/preprocess';
import { preset } from '../src/radiomics/presets';
import { toRadiomicsImage } from '../src/radiomics/radiomicsImage';
import { selectLabel } from '../src/radiomics/selectLabel';
import { countInside, type Case } from './synthetic';

const MEASURED: Readonly<Record<string, number>> = { STS_001: 41.8, STS_002: 6.4 };

/** The real cases, where the reference material lies beside the project. */
export function sharedCases(): Case[] {
  const root = path.resolve(process.cwd(), '../shared/data/sts');
  return Object.entries(MEASURED).flatMap(([name, pyRadiomicsSeconds]) => {
    const file = (kind: string): string => path.join(root, name, `nifti/MR_T1_${kind}.nii.gz`);
    if (!existsSync(file('image'))) return [];
    const read = (kind: string) => readImage(readFileSync(file(kind)), file(kind));
    const mask = selectLabel(read('mask'), 1, file('mask'));
    const image = toRadiomicsImage(read('image'));
    const prepared = preprocess(image, mask, preset('full').settings, SILENT_RUN);
    return [{ name, image, mask, voxels: countInside(prepared.mask), pyRadiomicsSeconds }];
  });
}
