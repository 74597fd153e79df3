import { jest } from '@jest/globals';
import type { HostDisplaySet } from '../../../extension/src/host';
import { HabitatOverlay } from '../../../extension/src/host/HabitatOverlay';
import { overlayId } from '../../../extension/src/host/overlayIds';
import type { OverlayContent } from '../../../extension/src/services/ports';
import { displaySet, fakeViewer, type FakeViewer } from './fakeViewer';

const LOOK = { visible: true, opacity: 0.5 };
const ID = overlayId('ds-1');
const LEFT = { viewportId: 'left', displaySetInstanceUIDs: ['ds-1'] };
const OTHER = { viewportId: 'right', displaySetInstanceUIDs: ['ds-2'] };

/** Planes in ascending order, against that of the viewer. */
const content: OverlayContent = {
  studyInstanceUid: '1.2.3',
  planes: { fsT2: [plane('2.25.101', [1, 0, 0, 0]), plane('2.25.102', [0, 2, 5, 0])], ceT1: [] },
  habitatNames: ['Low', 'High', 'Medium'],
  tumourSegmentationId: null,
};

function plane(sopInstanceUid: string, labels: readonly number[]) {
  return { sopInstanceUid, rows: 2, columns: 2, labels: Uint8Array.from(labels) };
}

/** As the viewer lists a series before a viewport has shown it. */
const withoutImages = ({ imageIds: _imageIds, ...set }: HostDisplaySet): HostDisplaySet => set;

async function shown(): Promise<{ viewer: FakeViewer; overlay: HabitatOverlay }> {
  const viewer = fakeViewer([displaySet()]);
  viewer.layOut(LEFT, OTHER);
  const overlay = new HabitatOverlay(viewer.services, () => viewer);
  await overlay.show(content, LOOK);
  return { viewer, overlay };
}

describe('the overlay', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is added again where the viewer brought it back without drawing it', async () => {
    const { viewer, overlay } = await shown();
    viewer.calls.length = 0;
    overlay.place();
    await jest.runAllTimersAsync();
    expect(viewer.calls).toEqual(['remove left', 'add left', `activate ${ID}`]);
  });

  it('puts each plane on its own image, whatever the order of the viewer', async () => {
    const { viewer } = await shown();
    expect(viewer.labels(ID)).toEqual({
      '2.25.101': [1, 0, 0, 0],
      '2.25.102': [0, 2, 5, 0],
      '2.25.103': [0, 0, 0, 0],
    });
  });

  it('waits for a series that no viewport has loaded yet', async () => {
    const loaded = displaySet();
    let sets = [withoutImages(loaded)];
    const viewer = fakeViewer([]);
    const { displaySetService } = viewer.services;
    const services = {
      ...viewer.services,
      displaySetService: { ...displaySetService, getActiveDisplaySets: () => sets },
    };
    const overlay = new HabitatOverlay(services, () => viewer);
    await overlay.show(content, LOOK);
    expect(viewer.calls).toEqual([]);
    expect(overlay.isShown()).toBe(false);
    sets = [loaded];
    await overlay.show(content, LOOK);
    expect(viewer.calls).toEqual([`create ${ID}`]);
    expect(overlay.isShown()).toBe(true);
  });

  it('appears only where its series is shown', async () => {
    const { viewer } = await shown();
    expect(viewer.calls).toEqual([`create ${ID}`, 'add left']);
  });

  it('comes back in a new layout, once', async () => {
    const { viewer, overlay } = await shown();
    viewer.layOut({ ...LEFT, viewportId: 'mpr-axial' });
    overlay.place();
    overlay.place();
    expect(viewer.calls.slice(2)).toEqual(['add mpr-axial']);
  });

  it('is hidden and shown again without being computed again', async () => {
    const { viewer, overlay } = await shown();
    overlay.restyle({ ...LOOK, visible: false });
    overlay.restyle(LOOK);
    expect(viewer.calls.slice(2)).toEqual(['remove left', 'add left']);
  });

  it('replaces the labels of an earlier result in the same segmentation', async () => {
    const { viewer, overlay } = await shown();
    const planes = { fsT2: [plane('2.25.103', [3, 3, 3, 3])], ceT1: [] };
    await overlay.show({ ...content, planes }, LOOK);
    expect(viewer.labels(ID)).toEqual({
      '2.25.101': [0, 0, 0, 0],
      '2.25.102': [0, 0, 0, 0],
      '2.25.103': [3, 3, 3, 3],
    });
    expect(viewer.calls.filter((call) => call.startsWith('create'))).toHaveLength(1);
  });

  it("leaves the user's contour the active one", async () => {
    const viewer = fakeViewer([displaySet()]);
    viewer.layOut(LEFT);
    const { segmentationService } = viewer.services;
    await segmentationService.createLabelmapForDisplaySet(displaySet(), {
      segmentationId: 'mine',
      label: 'Mine',
      segments: {},
    });
    segmentationService.setActiveSegmentation('left', 'mine');
    await new HabitatOverlay(viewer.services, () => viewer).show(content, LOOK);
    await Promise.resolve();
    expect(viewer.calls.at(-1)).toBe('activate mine');
    expect(viewer.labels('mine')['2.25.101']).toEqual([0, 0, 0, 0]);
  });
});
