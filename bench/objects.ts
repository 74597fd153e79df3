/**
 * npm run bench -- objects: CPU seconds to build a SEG of five segments on 512 x 512 x 60 voxels and to
 * read it back, in both forms that are written: BINARY, and FRACTIONAL with RLE on a grid of odd size.
 * The region is far larger than a tumour, so nearly every slice has nearly every segment.
 */
import { maskOfLabel } from '../src/dicom/masks';
import { parseInstance } from '../src/dicom/instance';
import { buildSegmentation } from '../src/dicom/segmentation';
import type { SegmentationInput } from '../src/dicom/outputTypes';
import type { ImageSeries } from '../src/dicom/series';
import { readSegment } from '../src/dicom/tumour/seg';
import { newObjectUids, newUid } from '../src/dicom/uid';
import type { Grid } from '../src/volume/volume';
import { cpuMs } from './stages';

const GRIDS = [
  { form: 'BINARY', size: [512, 512, 60] },
  { form: 'FRACTIONAL, RLE', size: [511, 511, 60] },
] as const;
const RUNS = 5;
const TUMOUR_RADIUS = 0.7;
const RING_RADIUS = 0.9;

export function benchObjects(): void {
  console.log('| form | voxels | MB | frames | build, CPU s | read tumour, CPU s |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const { form, size } of GRIDS) {
    const series = emptySeries({
      size,
      spacingMm: [0.4, 0.4, 4],
      originMm: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    });
    const regions = regionsOf(layeredEllipsoid(series.volume.grid));
    // The first run compiles the code; the best of the others is what the work itself takes.
    const runs = Array.from({ length: RUNS }, () => once(series, regions));
    const { part10, frames } = runs[0];
    const best = (time: 'build' | 'read'): string =>
      Math.min(...runs.slice(1).map((run) => run[time])).toFixed(2);
    const first = runs[0].build.toFixed(2);
    console.log(
      `| ${form} | ${size.join(' x ')} | ${(part10 / 1e6).toFixed(1)} | ${frames} | ${best('build')} (first ${first}) | ${best('read')} |`,
    );
  }
}

interface Measured {
  readonly build: number;
  readonly read: number;
  /** Bytes. */
  readonly part10: number;
  readonly frames: number;
}

type Regions = Pick<SegmentationInput, 'tumour' | 'habitats' | 'ring'>;

function once(series: ImageSeries, regions: Regions): Measured {
  const started = cpuMs();
  const { part10, segments } = buildSegmentation({
    series,
    ...regions,
    habitatNames: ['H1', 'H2', 'H3'],
    tumourLabel: 'Tumour',
    tumourAlgorithmType: 'MANUAL',
    software: { name: 'sts-habitat', version: '0' },
    model: null,
    when: new Date(2026, 0, 1),
    uids: newObjectUids(),
  });
  const built = cpuMs();
  const instance = parseInstance(new Uint8Array(part10).buffer);
  const tumour = readSegment(instance, 1, series).data.reduce((sum, inside) => sum + inside, 0);
  const read = cpuMs();
  if (tumour !== segments[0].voxels) throw new Error('the tumour is not the one that was written');
  return {
    build: (built - started) / 1000,
    read: (read - built) / 1000,
    part10: part10.length,
    frames: Number(instance.dataset['NumberOfFrames']),
  };
}

function regionsOf(labels: Uint8Array): Regions {
  return {
    tumour: labels.map((label) => (label > 0 && label < 4 ? 1 : 0)),
    habitats: labels.map((label) => (label < 4 ? label : 0)),
    ring: maskOfLabel(labels, 4),
  };
}

/** 1 to 3: habitats, one in the other; 4: the ring round them. */
function layeredEllipsoid({ size }: Grid): Uint8Array {
  const labels = new Uint8Array(size[0] * size[1] * size[2]);
  let index = 0;
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, index++) {
        const [x, y, z] = [i, j, k].map((at, axis) => (2 * at) / (size[axis] - 1) - 1);
        const r = Math.sqrt(x * x + y * y + z * z);
        if (r < TUMOUR_RADIUS) labels[index] = 1 + Math.floor((3 * r) / TUMOUR_RADIUS);
        else if (r < RING_RADIUS) labels[index] = 4;
      }
    }
  }
  return labels;
}

function emptySeries(grid: Grid): ImageSeries {
  const frameOfReferenceUid = newUid();
  return {
    studyInstanceUid: newUid(),
    seriesInstanceUid: newUid(),
    frameOfReferenceUid,
    description: 'FS-T2WI',
    volume: {
      stage: 'native',
      grid,
      data: new Uint16Array(grid.size[0] * grid.size[1] * grid.size[2]),
    },
    slices: Array.from({ length: grid.size[2] }, (_, k) => ({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.4',
      sopInstanceUid: newUid(),
      instanceNumber: k + 1,
    })),
    header: { FrameOfReferenceUID: frameOfReferenceUid },
  };
}
