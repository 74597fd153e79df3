import { jest } from '@jest/globals';
import { InputError } from '../../../src/chain/errors';
import { DrawingPause } from '../../../extension/src/host/DrawingPause';
import { readDrawing } from '../../../extension/src/host/drawnTumour';
import { restoreDrawing } from '../../../extension/src/host/restoreDrawing';
import { startDrawing } from '../../../extension/src/host/drawing';
import { studyFacts } from '../../../extension/src/host/studyFacts';
import type { Drawing, KeptDrawing } from '../../../extension/src/services/drawings';
import { analysed, desk, result, settled, type Desk } from './desk';
import { displaySet, fakeViewer } from './fakeViewer';
import { drawingsInMemory } from './quietArchive';
import { FACTS, STUDY } from './session';

const SEGMENTATION = 'sts-habitat-tumour:ds-1';
const TUMOUR = `viewer:${SEGMENTATION}:1`;
const DRAWING: Drawing = {
  label: 'Tumour',
  seriesInstanceUid: '1.2.3.1',
  seriesDescription: 'AX T2 FS',
  frameOfReferenceUid: '1.2.9',
  planes: [{ sopInstanceUid: '2.25.102', frameNumber: 1, data: Uint8Array.of(0, 1, 1, 0) }],
};
const DRAWN = {
  ...FACTS,
  tumours: [
    {
      id: TUMOUR,
      label: 'Tumour',
      source: { kind: 'viewer', segmentationId: SEGMENTATION, segmentIndex: 1 },
    } as const,
  ],
};
/** `scriptedResult` says that its analysis began then. */
const ANALYSED_AT = Date.parse('2026-01-19T10:15:00Z');

interface Drawn extends Desk {
  readonly drawings: ReturnType<typeof drawingsInMemory>;
  readonly restored: Drawing[];
}

function drawingDesk(...left: readonly KeptDrawing[]): Drawn {
  const drawings = drawingsInMemory(...left);
  const restored: Drawing[] = [];
  const scene = desk({
    drawings,
    readDrawing: () => DRAWING,
    readDrawnTumour: () => ({ kind: 'drawn', ...DRAWING }),
    restoreDrawing: async (drawing) => {
      restored.push(drawing);
      return `viewer:sts-habitat-tumour:ds-9:1`;
    },
  });
  return { ...scene, drawings, restored };
}

const offersOf = ({ service }: Desk) => service.session(STUDY).get().drawings.offers;

async function leftBehind(): Promise<readonly KeptDrawing[]> {
  const scene = drawingDesk();
  scene.service.studyFound(DRAWN);
  await scene.service.drawings.drawn(STUDY, SEGMENTATION, ANALYSED_AT - 1);
  return [...scene.drawings.all.values()];
}

describe('a tumour that is drawn', () => {
  test('is kept, once, as it was drawn last', async () => {
    const scene = drawingDesk();
    scene.service.studyFound(DRAWN);
    await scene.service.drawings.drawn(STUDY, SEGMENTATION, 1000);
    await scene.service.drawings.drawn(STUDY, SEGMENTATION, 2000);
    await scene.service.drawings.drawn(STUDY, 'another segmentation', 3000);
    expect([...scene.drawings.all.values()]).toEqual([
      {
        id: expect.any(String),
        studyInstanceUid: STUDY,
        tumourId: TUMOUR,
        drawnAt: new Date(2000).toISOString(),
        drawing: DRAWING,
      },
    ]);
    await scene.service.drawings.offer(STUDY);
    expect(offersOf(scene)).toEqual([]);
  });

  test('is offered to the next tab, which restores it as the same drawing', async () => {
    const [kept] = await leftBehind();
    const next = drawingDesk(kept);
    next.service.studyFound(FACTS);
    await next.service.drawings.offer(STUDY);
    expect(offersOf(next)).toEqual([
      { id: kept.id, drawnAt: kept.drawnAt, label: 'Tumour', seriesDescription: 'AX T2 FS' },
    ]);
    await next.service.drawings.restore(STUDY, kept.id);
    expect(next.restored).toEqual([DRAWING]);
    expect(offersOf(next)).toEqual([]);
    const tumourId = 'viewer:sts-habitat-tumour:ds-9:1';
    expect(next.service.session(STUDY).get().setup.tumourId).toBe(tumourId);
    expect([...next.drawings.all.values()]).toEqual([{ ...kept, tumourId }]);
  });

  test('is offered again when the mode is entered again', async () => {
    const [kept] = await leftBehind();
    const scene = drawingDesk(kept);
    scene.service.studyFound(DRAWN);
    await scene.service.drawings.offer(STUDY);
    expect(offersOf(scene)).toEqual([]);
    scene.service.studyFound(FACTS);
    await scene.service.drawings.offer(STUDY);
    expect(offersOf(scene)).toHaveLength(1);
  });

  test('is gone once it is discarded', async () => {
    const [kept] = await leftBehind();
    const next = drawingDesk(kept);
    next.service.studyFound(FACTS);
    await next.service.drawings.offer(STUDY);
    await next.service.drawings.discard(STUDY, kept.id);
    expect([offersOf(next), next.drawings.all.size]).toEqual([[], 0]);
  });

  test.each([
    ['goes once a result with it is stored', ANALYSED_AT - 1, 0],
    ['stays when it was changed after the analysis began', ANALYSED_AT + 1, 1],
  ])('%s', async (_, at, left) => {
    const scene = drawingDesk();
    scene.service.studyFound(DRAWN);
    await scene.service.loadModel(STUDY, 'default');
    await scene.service.drawings.drawn(STUDY, SEGMENTATION, at);
    await analysed(scene, result());
    expect(scene.drawings.all.size).toBe(1);
    await scene.service.storage.store(STUDY);
    await settled();
    expect(scene.drawings.all.size).toBe(left);
  });

  test('that cannot be kept or put back is said, and nothing stops', async () => {
    const fails = () => Promise.reject(new InputError('MASK_GRID', 'The series is gone.'));
    const [kept] = await leftBehind();
    const drawings = { ...drawingsInMemory(kept), save: fails };
    const scene = desk({ drawings, readDrawing: () => DRAWING, restoreDrawing: fails });
    scene.service.studyFound(DRAWN);
    await scene.service.drawings.drawn(STUDY, SEGMENTATION, 1000);
    expect(scene.service.session(STUDY).get().drawings.problem).toBe('The series is gone.');
    scene.service.studyFound(FACTS);
    await scene.service.drawings.offer(STUDY);
    await scene.service.drawings.restore(STUDY, kept.id);
    expect(offersOf(scene)).toHaveLength(1);
  });

  test('that was erased stays as it was kept: an eraser has no undo', async () => {
    const [kept] = await leftBehind();
    const drawings = drawingsInMemory(kept);
    const scene = desk({
      drawings,
      readDrawing: () => {
        throw new InputError('MASK_EMPTY', 'It is empty.');
      },
    });
    scene.service.studyFound(DRAWN);
    await scene.service.drawings.drawn(STUDY, SEGMENTATION, 1000);
    expect([...drawings.all.values()]).toEqual([kept]);
  });
});

describe('in the viewer', () => {
  const image = { Rows: 2, Columns: 2, FrameOfReferenceUID: '1.2.9' };
  const instances = ['2.25.103', '2.25.102', '2.25.101'].map((SOPInstanceUID) => ({
    SOPInstanceUID,
    ...image,
  }));
  const onScreen = (changes = {}) => {
    const viewer = fakeViewer([displaySet({ instances, ...changes })]);
    const services = {
      ...viewer.services,
      panelService: { activatePanel: () => undefined },
    };
    return { ...viewer, services };
  };
  const globals = ({ core, tools }: ReturnType<typeof onScreen>) => ({ core, tools });

  test('a drawing is put back on the images that it names, beside one that is there', async () => {
    const viewer = onScreen();
    await startDrawing(viewer.services, '1.2.3.1');
    const id = await restoreDrawing(viewer.services, globals(viewer), DRAWING);
    expect(id).toBe(`viewer:${SEGMENTATION}:2:1`);
    expect(viewer.labels(`${SEGMENTATION}:2`)).toEqual({
      '2.25.101': [0, 0, 0, 0],
      '2.25.102': [0, 1, 1, 0],
      '2.25.103': [0, 0, 0, 0],
    });
    expect(Object.values(viewer.labels(SEGMENTATION)).flat().includes(1)).toBe(false);
    const { tumours } = studyFacts(
      STUDY,
      viewer.services.displaySetService.getActiveDisplaySets(),
      viewer.services.segmentationService.getSegmentations(),
    );
    const choice = tumours.find((tumour) => tumour.id === id);
    if (!choice) throw new Error('the restored drawing is no choice');
    expect(readDrawing(choice, viewer.services, viewer.core)).toEqual({
      ...DRAWING,
      label: 'Segment 1',
    });
  });

  test.each([
    ['another frame of reference', { ...DRAWING, frameOfReferenceUid: '1.2.8' }, {}],
    ['an image that is gone', DRAWING, { instances: instances.slice(0, 1) }],
    ['another size', DRAWING, { instances: instances.map((item) => ({ ...item, Rows: 3 })) }],
    ['a series that is gone', { ...DRAWING, seriesInstanceUid: '1.2.3.7' }, {}],
    ['a series that is not loaded', DRAWING, { imageIds: undefined }],
  ])('%s is refused in one sentence', async (_, drawing, changes) => {
    const viewer = onScreen(changes);
    const refused = restoreDrawing(viewer.services, globals(viewer), drawing);
    await expect(refused).rejects.toMatchObject({ code: 'MASK_GRID' });
    await expect(refused).rejects.toThrow(/^The [^.]* “AX T2 FS” [^.]*\.$/);
    expect(viewer.calls).toEqual([]);
  });

  test('strokes are read when the hand rests, or after five seconds', () => {
    jest.useFakeTimers({ now: 0 });
    const read: [string, number][] = [];
    const pause = new DrawingPause((id, at) => read.push([id, at]));
    pause.stroke('a');
    jest.advanceTimersByTime(900);
    pause.stroke('a');
    jest.advanceTimersByTime(1000);
    expect(read).toEqual([['a', 900]]);
    for (let i = 0; i < 60; i++) {
      pause.stroke('a');
      jest.advanceTimersByTime(100);
    }
    expect(read).toHaveLength(2);
    pause.flush();
    expect(read).toHaveLength(3);
    jest.useRealTimers();
  });
});
