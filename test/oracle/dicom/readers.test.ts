import { jest } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import type { DicomElements } from 'dcmjs';
import { naturalise } from '../../../src/dicom/dcmjsFacade';
import { parseInstance } from '../../../src/dicom/instance';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import type { DicomDataset } from '../../../src/dicom/series';
import { OBLIQUE, arrayBuffer, syntheticSeries } from '../../mechanics/dicom/synthetic';
import { labelsFor } from '../../mechanics/dicom/syntheticLabels';
import { reportInput } from '../../mechanics/dicom/syntheticReport';
import { HAS_PYDICOM, withFiles } from './validators';
import { scored } from '../../fixtures/scored';

/** SEG and SR as readers that are not ours see them. Grids: BINARY and FRACTIONAL. */
const GRIDS = [
  { size: [24, 16, 8], type: 'BINARY' },
  { size: [21, 19, 7], type: 'FRACTIONAL' },
] as const;

function resultOn(size: readonly [number, number, number]) {
  const fsT2 = syntheticSeries({ name: 'FS-T2WI', direction: OBLIQUE, size });
  const ceT1 = syntheticSeries({ name: 'CE-T1WI', direction: OBLIQUE, size });
  const input = reportInput({ fsT2, ceT1 }, {}, { tumourLabel: '肿瘤' });
  return { fsT2, input, seg: input.segmentation.part10, sr: buildMeasurementReport(input).part10 };
}

type Placement = Record<string, number[]>;

/** `segment, SOP Instance UID` -> voxels, sum of their indices, sum of the squares. */
function placement(masks: Iterable<readonly [key: string, plane: ArrayLike<number>]>): Placement {
  const places: Placement = {};
  for (const [key, plane] of masks) {
    for (let i = 0; i < plane.length; i++) {
      if (!plane[i]) continue;
      const [voxels, sum, squares] = places[key] ?? [0, 0, 0];
      places[key] = [voxels + 1, sum + i, squares + i * i];
    }
  }
  return places;
}

/** Where the labels say that the voxels are. */
function expectedPlacement({ fsT2 }: ReturnType<typeof resultOn>): Placement {
  const { tumour, habitats, ring } = labelsFor(fsT2);
  const regions = [
    tumour,
    ...[1, 2, 3].map((habitat) => habitats.map((label) => (label === habitat ? 1 : 0))),
    ring,
  ];
  const perSlice = fsT2.volume.grid.size[0] * fsT2.volume.grid.size[1];
  return placement(
    regions.flatMap((mask, i) =>
      fsT2.slices.map(
        ({ sopInstanceUid }, k) =>
          [`${i + 1}, ${sopInstanceUid}`, mask.subarray(k * perSlice, (k + 1) * perSlice)] as const,
      ),
    ),
  );
}

const python = (script: string, ...files: string[]): unknown =>
  JSON.parse(execFileSync('/usr/bin/python3', ['-c', script, ...files], { encoding: 'utf8' }));

/** As highdicom's Segmentation.get_pixels_by_source_instance asks for frames. */
const PIXELS_BY_SOURCE = `
import json, sys, numpy, pydicom
ds = pydicom.dcmread(sys.argv[1])
px = ds.pixel_array
table = {}
for i, groups in enumerate(ds.PerFrameFunctionalGroupsSequence):
    source = groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
    number = groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    assert (number, source) not in table
    table[number, source] = i
out = {}
sources = [i.ReferencedSOPInstanceUID for i in ds.ReferencedSeriesSequence[0].ReferencedInstanceSequence]
for segment in ds.SegmentSequence:
    for source in sources:
        if (segment.SegmentNumber, source) not in table: continue
        indices = numpy.flatnonzero(px[table[segment.SegmentNumber, source]]).astype(int)
        out[f'{segment.SegmentNumber}, {source}'] = [len(indices), int(indices.sum()), int((indices ** 2).sum())]
print(json.dumps({'pixels': out, 'labels': [s.SegmentLabel for s in ds.SegmentSequence]}))`;

/** As highdicom's find_content_items and get_volumetric_roi_measurement_groups look for items. */
const MEASUREMENT_GROUPS = `
import json, sys, pydicom
ds = pydicom.dcmread(sys.argv[1])
def name(item):
    code = item.ConceptNameCodeSequence[0]
    return (code.CodeValue, code.CodingSchemeDesignator)
def find(item, value_type=None, concept=None, relationship=None):
    return [i for i in item.get('ContentSequence', [])
            if value_type in (None, i.ValueType) and concept in (None, name(i))
            and relationship in (None, i.RelationshipType)]
assert ds.ContentTemplateSequence[0].TemplateIdentifier == '1500'
measurements, = find(ds, 'CONTAINER', ('126010', 'DCM'), 'CONTAINS')
groups = []
for group in find(measurements, 'CONTAINER', ('125007', 'DCM'), 'CONTAINS'):
    assert group.ContentTemplateSequence[0].TemplateIdentifier == '1411'
    identifier, = find(group, 'TEXT', ('112039', 'DCM'), 'HAS OBS CONTEXT')
    uid, = find(group, 'UIDREF', ('112040', 'DCM'), 'HAS OBS CONTEXT')
    finding, = find(group, 'CODE', ('121071', 'DCM'), 'CONTAINS')
    segment, = find(group, 'IMAGE', ('121191', 'DCM'), 'CONTAINS')
    reference = segment.ReferencedSOPSequence[0]
    numbers = {}
    for item in find(group, 'NUM', None, 'CONTAINS'):
        value = item.MeasuredValueSequence[0]
        assert abs(float(value.NumericValue) - value.FloatingPointValue) <= 1e-8 * abs(value.FloatingPointValue)
        algorithm = find(item, 'TEXT', ('111001', 'DCM'), 'HAS CONCEPT MOD')
        assert len(algorithm) == 1
        numbers[name(item)[0]] = value.FloatingPointValue
    groups.append({'id': identifier.TextValue, 'uid': uid.UID,
                   'finding': finding.ConceptCodeSequence[0].CodeValue,
                   'object': reference.ReferencedSOPInstanceUID,
                   'segment': reference.ReferencedSegmentNumber, 'numbers': numbers,
                   'evaluations': [name(i)[0] for i in find(group, 'CODE', None, 'CONTAINS') if name(i)[1] == '99STSHAB']})
print(json.dumps(groups))`;

interface Group {
  readonly id: string;
  readonly uid: string;
  readonly object: string;
  readonly segment: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly evaluations: readonly string[];
}

(HAS_PYDICOM ? describe : describe.skip)('pydicom, asked as highdicom asks', () => {
  test.each(GRIDS)('every voxel of a $type SEG by segment and source image', ({ size }) => {
    const result = resultOn(size);
    withFiles([result.seg], ([file]) => {
      expect(python(PIXELS_BY_SOURCE, file)).toEqual({
        pixels: expectedPlacement(result),
        labels: [
          '肿瘤',
          'H1 (low/low)',
          'H2 (high/high)',
          'H3 (medium/medium)',
          'Peritumoral ring',
        ],
      });
    });
  });

  test('measurement groups of an SR by tracking identifier', () => {
    const { input, sr } = resultOn(GRIDS[0].size);
    const { analysis, uids, segmentation } = input;
    withFiles([sr], ([file]) => {
      const groups = python(MEASUREMENT_GROUPS, file) as Group[];
      expect(groups.map(({ id, uid }) => ({ id, uid }))).toEqual(Object.values(uids.tracking));
      expect(groups.map(({ segment }) => segment)).toEqual([1, 2, 3, 4, 5, 1]);
      expect(new Set(groups.map(({ object }) => object))).toEqual(
        new Set([segmentation.sopInstanceUid]),
      );
      const prognosis = groups[5];
      expect(prognosis.numbers).toMatchObject({
        RPRS: scored(analysis.prognosis).rprs,
        NOMPROG24: 30,
      });
      expect(prognosis.evaluations).toContain('RISKGRP');
      expect(groups.slice(1, 4).map(({ numbers }) => numbers.HABFRAC)).toEqual(
        analysis.habitats.map(({ fraction }) => fraction),
      );
      const features = groups.flatMap(({ numbers }) => Object.keys(numbers));
      expect(features.filter((code) => /^C[0-9a-f]{10}$/.test(code))).toHaveLength(
        scored(analysis.prognosis).contributions.length,
      );
    });
  });
});

const HAS_DCM2JSON = spawnSync('which', ['dcm2json']).status === 0;

const OF_ONE_READER: ReadonlySet<string> = new Set(['PixelData', 'SpecificCharacterSet']);

/** Without pixels; empty and null alike; numbers to 14 digits, because DCMTK prints no more rightly. */
function comparable(dataset: DicomDataset): unknown {
  const kept = Object.entries(dataset).filter(([keyword]) => !OF_ONE_READER.has(keyword));
  return JSON.parse(
    JSON.stringify(Object.fromEntries(kept), (keyword, value: unknown) => {
      if (value === '') return null;
      // Tags are text in JSON (PS3.18 F.2.3).
      if (keyword.endsWith('Pointer'))
        return typeof value === 'string' ? parseInt(value, 16) : value;
      return typeof value === 'number' ? Number(value.toPrecision(14)) : value;
    }),
  );
}

(HAS_DCM2JSON ? describe : describe.skip)('DCMTK', () => {
  test.each(['seg', 'sr'] as const)('every attribute of our %s is what it reads', (kind) => {
    // Its JSON holds no compressed pixels.
    const object = resultOn(GRIDS[0].size)[kind];
    withFiles([object], ([file]) => {
      const json = execFileSync('dcm2json', [file], { encoding: 'utf8', maxBuffer: 1 << 28 });
      const theirs = naturalise(JSON.parse(json) as DicomElements);
      expect(comparable(theirs)).toEqual(comparable(parseInstance(arrayBuffer(object)).dataset));
    });
  });
});

/** The reader inside OHIF; what it imports of its surroundings is stood in for. */
describe('@cornerstonejs/adapters', () => {
  const helper = (name: string, value: unknown): void => {
    jest.unstable_mockModule(`@babel/runtime/helpers/${name}`, () => ({ default: value }), {
      virtual: true,
    });
  };

  test.each(GRIDS)('finds every voxel of a $type SEG', async ({ size }) => {
    helper('slicedToArray', (value: unknown[]) => value);
    helper('defineProperty', (object: object, key: string, value: unknown) =>
      Object.assign(object, { [key]: value }),
    );
    helper('objectWithoutProperties', () => ({}));
    const isEqual = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-5): boolean =>
      Array.from(a).every((value, i) => Math.abs(value - b[i]) <= tolerance);
    jest.unstable_mockModule('@cornerstonejs/core', () => ({ Enums: {}, utilities: { isEqual } }), {
      virtual: true,
    });
    const { generateToolState } =
      await import('@cornerstonejs/adapters/cornerstone/Segmentation_4X');

    const result = resultOn(size);
    const { fsT2 } = result;
    const imageIds = fsT2.slices.map(({ sopInstanceUid }) => sopInstanceUid);
    const d = fsT2.volume.grid.direction;
    const [columns, rows] = size;
    const modules: Readonly<Record<string, (imageId: string) => object>> = {
      imagePlaneModule: () => ({
        rows,
        columns,
        rowCosines: [d[0], d[3], d[6]],
        columnCosines: [d[1], d[4], d[7]],
      }),
      generalSeriesModule: () => ({ seriesInstanceUID: fsT2.seriesInstanceUid }),
      generalImageModule: (sopInstanceUID) => ({ sopInstanceUID }),
      instance: () => ({ Rows: rows, Columns: columns }),
    };
    const provider = { get: (type: string, imageId: string) => modules[type]?.(imageId) };
    // Its declarations say that nothing comes back.
    const state: object = await generateToolState(imageIds, arrayBuffer(result.seg), provider, {});
    const { labelmapBufferArray } = state as { labelmapBufferArray: ArrayBuffer[] };

    const found: Placement = {};
    for (const layer of labelmapBufferArray) {
      new Uint8Array(layer).forEach((segment, index) => {
        if (segment === 0) return;
        const i = index % (rows * columns);
        const key = `${segment}, ${imageIds[Math.floor(index / (rows * columns))]}`;
        const [voxels, sum, squares] = found[key] ?? [0, 0, 0];
        found[key] = [voxels + 1, sum + i, squares + i * i];
      });
    }
    expect(found).toEqual(expectedPlacement(result));
  });
});
