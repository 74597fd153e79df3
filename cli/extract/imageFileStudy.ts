/** A study whose images are NIfTI or NRRD files, for the chain's stages that follow the reading. */
import type { AnalysisRequest } from '../../src/chain/analysis';
import { forBoth } from '../../src/chain/bothSequences';
import type { BothSequences } from '../../src/chain/bothSequences';
import { chooseLesions } from '../../src/chain/chooseLesions';
import { InputError } from '../../src/chain/errors';
import { thickSliceFlag } from '../../src/chain/stages/read';
import type { Study } from '../../src/chain/stages/read';
import type { StageOutcome } from '../../src/chain/stageLog';
import type { ImageSeries } from '../../src/dicom/series';
import { requireUsable } from '../../src/dicom/tumour/requireUsable';
import type { ImageFile } from '../../src/io/imageFile';
import { readImage } from '../../src/io/readImage';
import { SEQUENCES } from '../../src/model/schema';
import type { SequenceId } from '../../src/model/schema';
import { selectLabel } from '../../src/radiomics/selectLabel';
import { describeGrid, sameGrid } from '../../src/volume/geometry';

export interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Positions in NIfTI headers are single precision. */
const GRID_TOLERANCE = 1e-3;

/** @throws InputError FILE_UNREADABLE, MASK_GRID, MASK_EMPTY, MASK_TOO_SMALL naming the file */
export function studyFromImageFiles(
  files: BothSequences<NamedBytes> & {
    readonly tumour: NamedBytes;
    readonly exclude?: readonly NamedBytes[];
  },
  label: number | null,
  lesions?: AnalysisRequest['lesions'],
): StageOutcome<Study> {
  const series = forBoth((sequence) => seriesOf(files[sequence]));
  const labels = readImage(files.tumour.bytes, files.tumour.file);
  const drawnOn = gridOf(labels, files.tumour.file, series);
  const { data } = selectLabel(
    labels,
    label ?? onlyLabel(labels, files.tumour.file),
    files.tumour.file,
  );
  const mask = requireUsable({
    data,
    grid: series[drawnOn].volume.grid,
    name: files.tumour.file,
    outsideFraction: 0,
  });
  const whole = { drawnOn, mask, label: 'Tumour', algorithmType: 'MANUAL' } as const;
  const { tumour, others, flags } = chooseLesions(whole, lesions);
  const excluded = (files.exclude ?? []).map((file) => exclusionOf(file, series));
  return {
    value: { series, tumour, exclusions: [...others, ...excluded] },
    note: `${files.fsT2.file}, ${files.ceT1.file}, ${files.tumour.file}`,
    flags: [
      ...SEQUENCES.flatMap((sequence) => thickSliceFlag(sequence, series[sequence])),
      ...flags,
    ],
  };
}

/** Every voxel that is not 0. */
function exclusionOf(
  { file, bytes }: NamedBytes,
  series: Study['series'],
): NonNullable<Study['exclusions']>[number] {
  const image = readImage(bytes, file);
  const drawnOn = gridOf(image, file, series);
  const data = Uint8Array.from(image.data, (value) => (value === 0 ? 0 : 1));
  return { drawnOn, mask: { grid: series[drawnOn].volume.grid, data }, label: file };
}

/** The series on whose grid a mask lies. */
function gridOf({ grid }: ImageFile, file: string, series: Study['series']): SequenceId {
  const drawnOn = SEQUENCES.find((sequence) =>
    sameGrid(grid, series[sequence].volume.grid, GRID_TOLERANCE),
  );
  if (drawnOn !== undefined) return drawnOn;
  throw new InputError(
    'MASK_GRID',
    `${file} (${describeGrid(grid)}) lies on the grid of neither ${series.fsT2.description} nor ${series.ceT1.description}: export the mask on the grid of the image that it was drawn on.`,
  );
}

/** Both files count as one frame of reference: the registration starts from their positions. */
function seriesOf({ file, bytes }: NamedBytes): ImageSeries {
  const { grid, data } = readImage(bytes, file);
  return {
    studyInstanceUid: '',
    seriesInstanceUid: '',
    frameOfReferenceUid: '',
    description: file,
    volume: { stage: 'native', grid, data },
    slices: [],
    header: {},
  };
}

function onlyLabel({ data }: ImageFile, file: string): number {
  const labels = new Set<number>();
  for (const value of data) if (value !== 0) labels.add(Math.trunc(value));
  if (labels.size <= 1) return [...labels][0] ?? 1;
  const found = [...labels].sort((a, b) => a - b).slice(0, 20);
  throw new InputError(
    'MASK_UNREADABLE',
    `${file} holds the labels ${found.join(', ')}: say which is the tumour with --label, or in the manifest's column “label”.`,
  );
}
