import { studyFacts, studyOnScreen } from '../../../extension/src/host/studyFacts';
import { overlayId } from '../../../extension/src/host/overlayIds';
import { registerSeriesRole } from '../../../extension/src/host/seriesRoleAttribute';
import type { HangingProtocolService, HostDisplaySet } from '../../../extension/src/host';
import { displaySet } from './fakeViewer';

const fsT2 = displaySet({
  instances: [{ EchoTime: 80, RepetitionTime: 4200, PatientAge: '026Y', StudyDate: '20260119' }],
});
const ceT1 = displaySet({
  displaySetInstanceUID: 'ds-2',
  SeriesInstanceUID: '1.2.3.2',
  SeriesDescription: 'AX T1 FS +C',
  instances: [{ EchoTime: 11, RepetitionTime: 600, ContrastBolusAgent: 'Gd' }],
});
const seg: HostDisplaySet = {
  displaySetInstanceUID: 'ds-9',
  StudyInstanceUID: '1.2.3',
  SeriesInstanceUID: '1.2.3.9',
  SeriesDescription: 'Contour',
  Modality: 'SEG',
  instance: {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.66.4',
    SeriesInstanceUID: '1.2.3.9',
    SegmentSequence: [
      { SegmentNumber: 1, SegmentLabel: 'Tumour' },
      { SegmentNumber: 2, SegmentLabel: 'Oedema' },
    ],
  },
};

describe('what the viewer knows of a study', () => {
  it('lists image series, contours and the age', () => {
    const facts = studyFacts('1.2.3', [fsT2, ceT1, seg], []);
    expect(facts.series.map(({ description }) => description)).toEqual(['AX T2 FS', 'AX T1 FS +C']);
    expect(facts.series[0]).toMatchObject({ echoTimeMs: 80, repetitionTimeMs: 4200, images: 3 });
    expect(facts.tumours.map(({ label }) => label)).toEqual([
      'Tumour · Contour',
      'Oedema · Contour',
    ]);
    expect(facts.tumours[1].source).toEqual({
      kind: 'seg',
      seriesInstanceUid: '1.2.3.9',
      segmentNumber: 2,
    });
    expect(facts.age).toBe(26);
  });

  it("prefers the radiologist's contour to the copy in a stored result", () => {
    const result: HostDisplaySet = {
      ...seg,
      SeriesDescription: 'STS habitats',
      instance: { ...seg.instance, Modality: 'SEG', ContentLabel: 'HABITATS' },
    };
    const { tumours } = studyFacts('1.2.3', [fsT2, result, seg], []);
    expect(tumours[0].label).toBe('Tumour · Contour');
    expect(tumours.at(-1)?.label).toBe('Oedema · STS habitats');
  });

  it('leaves out other studies', () => {
    const prior = displaySet({ StudyInstanceUID: '9.9' });
    expect(studyFacts('1.2.3', [fsT2, prior], []).series).toHaveLength(1);
    expect(studyOnScreen([fsT2, prior])).toBe('1.2.3');
    expect(studyOnScreen([])).toBeNull();
  });

  it('offers what is drawn in the viewer, but not our own overlay', () => {
    const representationData = { Labelmap: { imageIds: [] } };
    const segments = { 1: { segmentIndex: 1, label: 'Segment 1' } };
    const drawn = { segmentationId: 'mine', label: 'Mine', segments, representationData };
    const ours = { segmentationId: overlayId('ds-1'), segments, representationData };
    expect(studyFacts('1.2.3', [fsT2], [drawn, ours]).tumours).toEqual([
      {
        id: 'viewer:mine:1',
        label: 'Segment 1 · Mine',
        source: { kind: 'viewer', segmentationId: 'mine', segmentIndex: 1 },
      },
    ]);
  });

  it('leaves out contours that are still being drawn as lines', () => {
    const contour = {
      segmentationId: 'c',
      segments: { 1: { segmentIndex: 1 } },
      representationData: {},
    };
    expect(studyFacts('1.2.3', [fsT2], [contour]).tumours).toEqual([]);
  });
});

it('gives the hanging protocol the same roles as the panel', () => {
  const roles: unknown[] = [];
  const service: HangingProtocolService = {
    addCustomAttribute: (_id, _name, callback) => {
      for (const set of [fsT2, ceT1, seg]) {
        roles.push(callback(set, { displaySets: [fsT2, ceT1, seg] }));
      }
    },
  };
  registerSeriesRole(service);
  expect(roles).toEqual(['fsT2', 'ceT1', 'none']);
});
