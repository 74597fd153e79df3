/** A study whose images are NIfTI or NRRD files, for the chain's stages that follow the reading. */
import { forBoth } from '../../src/chain/bothSequences';
import type { BothSequences } from '../../src/chain/bothSequences';
import { InputError } from '../../src/chain/errors';
import { thickSliceFlag } from '../../src/chain/stages/read';
import type { Study } from '../../src/chain/stages/read';
import type { StageOutcome } from '../../src/chain/stageLog';
import type { ImageSeries } from '../../src/dicom/series';
import { requireUsable } from '../../src/dicom/tumour/requireUsable';
import type { ImageFile } from '../../src/io/imageFile';
import { readImage } from '../../src/io/readImage';
import { SEQUENCES } from '../../src/model/schema';
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
  files: BothSequences<NamedBytes> & { readonly tumour: NamedBytes },
  label: number | null,
): StageOutcome<Study> {
  const series = forBoth((sequence) => seriesOf(files[sequence]));
  const labels = readImage(files.tumour.bytes, files.tumour.file);
  const drawnOn = SEQUENCES.find((sequence) =>
    sameGrid(labels.grid, series[sequence].volume.grid, GRID_TOLERANCE),
  );
  if (drawnOn === undefined) {
    throw new InputError(
      'MASK_GRID',
      `${files.tumour.file} (${describeGrid(labels.grid)}) lies on the grid of neither ${files.fsT2.file} nor ${files.ceT1.file}: export the mask on the grid of the image that it was drawn on.`,
    );
  }
  const { data } = selectLabel(
    labels,
    label ?? onlyLabel(labels, files.tumour.file),
    files.tumour.file,
  );
  const mask = requireUsable(data, series[drawnOn].volume.grid, files.tumour.file, 0);
  return {
    value: { series, tumour: { drawnOn, mask, label: 'Tumour', algorithmType: 'MANUAL' } },
    note: `${files.fsT2.file}, ${files.ceT1.file}, ${files.tumour.file}`,
    flags: SEQUENCES.flatMap((sequence) => thickSliceFlag(sequence, series[sequence])),
  };
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
    `${file} holds the labels ${found.join(', ')}: say which is the tumour in the manifest's column “label”.`,
  );
}
