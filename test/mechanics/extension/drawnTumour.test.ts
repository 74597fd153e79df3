import { readDrawnTumour } from '../../../extension/src/host/drawnTumour';
import type { TumourChoice } from '../../../extension/src/services/session';
import { displaySet, fakeViewer, type FakeViewer } from './fakeViewer';

const CHOICE: TumourChoice = {
  id: 'viewer:mine:1',
  label: 'Segment 1 · Mine',
  source: { kind: 'viewer', segmentationId: 'mine', segmentIndex: 1 },
};

async function drawing(): Promise<FakeViewer> {
  const viewer = fakeViewer([displaySet()]);
  await viewer.services.segmentationService.createLabelmapForDisplaySet(displaySet(), {
    segmentationId: 'mine',
    label: 'Mine',
    segments: {},
  });
  return viewer;
}

function paint(viewer: FakeViewer, sop: string, values: readonly number[]): void {
  const image = viewer.core.cache.getImage(`label:mine:${sop}`);
  image?.voxelManager?.getScalarData().set(values);
}

function read(viewer: FakeViewer) {
  return readDrawnTumour(CHOICE, viewer.services.segmentationService, viewer.core);
}

describe('a drawn tumour', () => {
  it('is read by the images it was drawn on, one segment alone', async () => {
    const viewer = await drawing();
    paint(viewer, '2.25.102', [1, 1, 2, 0]);
    paint(viewer, '2.25.103', [2, 2, 2, 2]);
    expect(read(viewer)).toEqual({
      kind: 'drawn',
      label: 'Segment 1',
      seriesInstanceUid: '1.2.3.1',
      planes: [{ sopInstanceUid: '2.25.102', frameNumber: 1, data: Uint8Array.of(1, 1, 0, 0) }],
    });
  });

  it('is refused when nothing was drawn', async () => {
    const viewer = await drawing();
    expect(() => read(viewer)).toThrow(expect.objectContaining({ code: 'MASK_EMPTY' }));
  });

  it('is refused when it was deleted meanwhile', () => {
    expect(() => read(fakeViewer([]))).toThrow(
      expect.objectContaining({ code: 'MASK_UNREADABLE' }),
    );
  });
});
