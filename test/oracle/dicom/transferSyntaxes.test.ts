import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isInputError } from '../../../src/chain/errors';
import { writePart10 } from '../../../src/dicom/dcmjsFacade';
import { parseInstance } from '../../../src/dicom/instance';
import type { DicomInstance } from '../../../src/dicom/instance';
import { readImageSeries } from '../../../src/dicom/readSeries';
import { readTumour } from '../../../src/dicom/readTumour';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import {
  arrayBuffer,
  gridOf,
  imageDataset,
  syntheticSeries,
} from '../../mechanics/dicom/synthetic';
import type { SyntheticSeries } from '../../mechanics/dicom/synthetic';
import { labelsFor, segmentationInput } from '../../mechanics/dicom/syntheticLabels';
import { withFiles } from './validators';

/** Files that DCMTK has converted: each is read as the original, or refused by name. */

const TOOLS = ['dcmconv', 'dcmcrle', 'dcmcjpeg', 'dcmcjpls'];
const MISSING = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0);
const describeWithDcmtk = (name: string, body: () => void): void => {
  if (MISSING.length === 0) describe(name, body);
  else describe.skip(`${name} (skipped: ${MISSING.join(', ')} not installed)`, body);
};

function converted(part10: Uint8Array, tool: string, options: readonly string[]): DicomInstance {
  return withFiles([part10, new Uint8Array()], ([from, to]) => {
    const { status, stderr } = spawnSync(tool, [...options, from, to], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${tool}: ${stderr}`);
    return parseInstance(arrayBuffer(readFileSync(to)));
  });
}

function convertedSeries(series: SyntheticSeries, tool: string, ...options: string[]) {
  return Array.from({ length: gridOf(series).size[2] }, (_, k) =>
    converted(writePart10(imageDataset(series, k)), tool, options),
  );
}

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (isInputError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

/** 12 bits, as MR scanners write it, for coders that take no more. */
const TWELVE: SyntheticSeries = {
  name: 'AX T2',
  size: [20, 18, 4],
  value: (i, j, k) => (i * 37 + j * 101 + k * 333) % 4096,
  attributes: { BitsStored: 12, HighBit: 11 },
};
const SIGNED: SyntheticSeries = {
  ...TWELVE,
  value: (i, j, k) => ((i * 37 + j * 101 + k * 333) % 4096) - 2048,
  attributes: { PixelRepresentation: 1 },
};
const EIGHT: SyntheticSeries = {
  ...TWELVE,
  attributes: {
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelData: Uint8Array.from({ length: 360 }, (_, i) => (i * 7) % 256),
  },
};

describeWithDcmtk('images of a folder', () => {
  const READ = [
    ['Implicit VR Little Endian', 'dcmconv', '+ti'],
    ['Explicit VR Little Endian with defined lengths', 'dcmconv', '+te', '+e'],
    ['Deflated Explicit VR Little Endian', 'dcmconv', '+td'],
    ['RLE Lossless', 'dcmcrle'],
  ] as const;
  for (const [name, tool, ...options] of READ)
    test.each([
      ['12 bits', TWELVE],
      ['16 bits, signed', SIGNED],
      ['8 bits', EIGHT],
    ])(`${name}: %s are read as they were`, (_, series) => {
      const read = readImageSeries(convertedSeries(series, tool, ...options), 'FS-T2WI');
      const original = syntheticSeries(series);
      expect(read.volume).toEqual(original.volume);
      expect(read.slices).toEqual(original.slices);
    });

  test.each([
    ['Explicit VR Big Endian', 'dcmconv', '+tb'],
    ['JPEG Lossless (SV1)', 'dcmcjpeg', '+e1'],
    ['JPEG Lossless', 'dcmcjpeg', '+el'],
    ['JPEG Extended', 'dcmcjpeg', '+ee'],
    ['JPEG-LS Lossless', 'dcmcjpls', '+el'],
    ['JPEG-LS Near-lossless', 'dcmcjpls', '+en'],
  ])('%s is refused by name', (name, tool, ...options) => {
    const instances = convertedSeries(TWELVE, tool, ...options);
    expect(refusal(() => readImageSeries(instances, 'FS-T2WI'))).toBe(
      `IMAGE_UNREADABLE: FS-T2WI series "AX T2": image 1 is stored as ${name}, which cannot be read here; let the archive send it as Explicit VR Little Endian, or convert it to that.`,
    );
  });
});

describeWithDcmtk('a SEG', () => {
  const series = syntheticSeries({ size: [24, 16, 8] });
  const { part10, seriesInstanceUid } = buildSegmentation(segmentationInput(series));
  const source = { kind: 'seg', seriesInstanceUid, segmentNumber: 1 } as const;

  test.each(['+ti', '+te', '+td'])('after dcmconv %s is read as it was', (option) => {
    const seg = converted(part10, 'dcmconv', [option]);
    expect(readTumour(source, [seg], series).data).toEqual(labelsFor(series).tumour);
  });

  test('in big endian is refused by name', () => {
    const seg = converted(part10, 'dcmconv', ['+tb']);
    expect(refusal(() => readTumour(source, [seg], series))).toMatch(
      /is stored as Explicit VR Big Endian, which cannot be read here; let the archive send it/,
    );
  });
});
