import type {
  Cornerstone,
  CornerstoneImage,
  CornerstoneTools,
  GridViewport,
  HostDisplaySet,
  HostSegmentation,
  Services,
} from '../../../extension/src/host';

const IMAGES = ['2.25.103', '2.25.102', '2.25.101'];
const SERIES_OF_IMAGES = new Map(IMAGES.map((image) => [image, '1.2.3.1']));

/** A display set of three 2 x 2 images, listed against the order of their positions, as OHIF does. */
export function displaySet(changes: Partial<HostDisplaySet> = {}): HostDisplaySet {
  const instances = IMAGES.map((SOPInstanceUID) => ({ SOPInstanceUID }));
  return {
    displaySetInstanceUID: 'ds-1',
    StudyInstanceUID: '1.2.3',
    SeriesInstanceUID: '1.2.3.1',
    Modality: 'MR',
    SeriesDescription: 'AX T2 FS',
    numImageFrames: instances.length,
    instances,
    imageIds: IMAGES.map((image) => `image:${image}`),
    ...changes,
  };
}

export interface FakeViewer {
  readonly services: Services;
  readonly core: Cornerstone;
  readonly tools: CornerstoneTools;
  /** What was asked of the segmentation service, in order. */
  readonly calls: string[];
  /** Voxels of a segmentation by SOP Instance UID. */
  labels(segmentationId: string): Record<string, number[]>;
  layOut(...viewports: readonly GridViewport[]): void;
}

/** As much of the viewer as the overlay and the tumour reader touch. */
export function fakeViewer(displaySets: readonly HostDisplaySet[]): FakeViewer {
  const calls: string[] = [];
  const segmentations = new Map<string, HostSegmentation>();
  const images = new Map<string, CornerstoneImage>();
  const placed = new Set<string>();
  let viewports = new Map<string, GridViewport>();
  let active: string | null = null;
  const pubSub = { subscribe: () => ({ unsubscribe: () => undefined }) };
  const unused = (): never => {
    throw new Error('not part of this test');
  };
  const core: Cornerstone = {
    utilities: { jumpToSlice: unused },
    getRenderingEngine: unused,
    cache: { getImage: (id) => images.get(id), getVolume: () => undefined },
    metaData: {
      get: (_module, id) => ({
        sopInstanceUID: id.replace('image:', ''),
        seriesInstanceUID: SERIES_OF_IMAGES.get(id.replace('image:', '')),
      }),
    },
  };
  const services: Services = {
    syncGroupService: { addSynchronizerType: unused },
    displaySetService: {
      ...pubSub,
      EVENTS: { DISPLAY_SETS_ADDED: '', DISPLAY_SETS_CHANGED: '', DISPLAY_SETS_REMOVED: '' },
      getActiveDisplaySets: () => displaySets,
      getDisplaySetByUID: unused,
    },
    viewportGridService: {
      ...pubSub,
      EVENTS: { GRID_STATE_CHANGED: '', LAYOUT_CHANGED: '', VIEWPORTS_READY: '' },
      getState: () => ({ viewports }),
      setDisplaySetsForViewports: unused,
    },
    segmentationService: {
      ...pubSub,
      EVENTS: {
        SEGMENTATION_ADDED: '',
        SEGMENTATION_REMOVED: '',
        SEGMENTATION_MODIFIED: '',
        SEGMENTATION_DATA_MODIFIED: '',
      },
      getSegmentations: () => [...segmentations.values()],
      getSegmentation: (id) => segmentations.get(id),
      createLabelmapForDisplaySet: async (set, { segmentationId, label }) => {
        calls.push(`create ${segmentationId}`);
        const imageIds = (set.instances ?? []).map(({ SOPInstanceUID }) => {
          const imageId = `label:${segmentationId}:${String(SOPInstanceUID)}`;
          const data = new Uint8Array(4);
          images.set(imageId, {
            imageId,
            referencedImageId: `image:${String(SOPInstanceUID)}`,
            rows: 2,
            columns: 2,
            voxelManager: { getScalarData: () => data },
          });
          return imageId;
        });
        const segments = { 1: { segmentIndex: 1, label: 'Segment 1' } };
        const representationData = { Labelmap: { imageIds } };
        segmentations.set(segmentationId, { segmentationId, label, segments, representationData });
        return segmentationId;
      },
      addSegmentationRepresentation: async (viewportId, { segmentationId }) => {
        calls.push(`add ${viewportId}`);
        placed.add(`${viewportId}/${segmentationId}`);
        active = segmentationId;
      },
      getSegmentationRepresentations: (viewportId, { segmentationId }) =>
        placed.has(`${viewportId}/${segmentationId}`) ? [{}] : [],
      removeRepresentationsFromViewport: (viewportId, { segmentationId }) => {
        calls.push(`remove ${viewportId}`);
        placed.delete(`${viewportId}/${segmentationId}`);
      },
      getSegmentColor: () => undefined,
      setSegmentColor: () => undefined,
      setStyle: () => undefined,
      getActiveSegmentation: () => (active === null ? null : segmentations.get(active)),
      setActiveSegmentation: (_viewportId, id) => {
        calls.push(`activate ${id}`);
        active = id;
      },
      setRenderInactiveSegmentations: () => undefined,
      remove: unused,
    },
    cornerstoneViewportService: {
      ...pubSub,
      EVENTS: { VIEWPORT_DATA_CHANGED: '' },
      getCornerstoneViewport: () => ({}),
    },
    uiNotificationService: { show: unused },
    hangingProtocolService: { addCustomAttribute: unused },
    panelService: { activatePanel: unused },
    userAuthenticationService: { getAuthorizationHeader: () => undefined },
  };
  return {
    services,
    core,
    tools: {
      SynchronizerManager: { createSynchronizer: unused },
      segmentation: {
        triggerSegmentationEvents: {
          triggerSegmentationDataModified: () => undefined,
          triggerSegmentationRepresentationModified: () => undefined,
        },
      },
    },
    calls,
    labels: (segmentationId) =>
      Object.fromEntries(
        (segmentations.get(segmentationId)?.representationData.Labelmap?.imageIds ?? []).map(
          (imageId) => [
            images.get(imageId)?.referencedImageId?.replace('image:', '') ?? '',
            [...(images.get(imageId)?.voxelManager?.getScalarData() ?? [])],
          ],
        ),
      ),
    layOut: (...list) => {
      viewports = new Map(list.map((viewport) => [viewport.viewportId, viewport]));
    },
  };
}
