/**
 * The part of OHIF that this plugin uses, as the viewer hands it over at run time. The viewer's
 * packages ship no type declarations, and a plugin that imported them would load them a second
 * time, so this file is the whole contract with the host (checked on OHIF 3.13.2).
 */

import type { ReportClass } from '../../src/chain/analysis';

export interface Subscription {
  unsubscribe(): void;
}

export interface PubSub<EventName extends string> {
  readonly EVENTS: Readonly<Record<EventName, string>>;
  subscribe(event: string, listener: (detail: unknown) => void): Subscription;
}

/** A naturalised DICOM instance, as the host keeps it. */
export type HostInstance = Readonly<Record<string, unknown>>;

export interface HostDisplaySet {
  readonly displaySetInstanceUID: string;
  readonly StudyInstanceUID: string;
  readonly SeriesInstanceUID: string;
  readonly SOPInstanceUID?: string;
  readonly FrameOfReferenceUID?: string;
  readonly Modality: string;
  readonly SeriesDescription?: string;
  readonly imageIds?: readonly string[];
  readonly instances?: readonly HostInstance[];
  /** SEG, RTSTRUCT and SR display sets hold the one instance they were made from. */
  readonly instance?: HostInstance;
  readonly numImageFrames?: number;
  readonly madeInClient?: boolean;
  readonly SOPClassUID?: string;
  SOPClassHandlerId?: string;
  readonly isDerivedDisplaySet?: boolean;
  readonly isLoaded?: boolean;
  load?(): Promise<unknown>;
}

export interface SopClassHandler {
  readonly sopClassUids?: readonly string[];
  getDisplaySetsFromSeries?(instances: readonly HostInstance[]): readonly HostDisplaySet[];
}

export interface DisplaySetService extends PubSub<
  'DISPLAY_SETS_ADDED' | 'DISPLAY_SETS_CHANGED' | 'DISPLAY_SETS_REMOVED'
> {
  getActiveDisplaySets(): readonly HostDisplaySet[];
  getDisplaySetByUID(uid: string): HostDisplaySet | undefined;
}

export interface GridViewport {
  readonly viewportId: string;
  readonly displaySetInstanceUIDs?: readonly string[];
}

export interface ViewportGridService extends PubSub<
  'GRID_STATE_CHANGED' | 'LAYOUT_CHANGED' | 'VIEWPORTS_READY'
> {
  getState(): { readonly viewports: ReadonlyMap<string, GridViewport> };
  setDisplaySetsForViewports(
    viewports: readonly {
      readonly viewportId: string;
      readonly displaySetInstanceUIDs: readonly string[];
    }[],
  ): void;
}

export interface HostSegmentation {
  readonly segmentationId: string;
  readonly label?: string;
  readonly segments: Readonly<
    Record<number, { readonly segmentIndex: number; readonly label?: string }>
  >;
  readonly representationData: {
    readonly Labelmap?: { readonly imageIds?: readonly string[]; readonly volumeId?: string };
  };
}

export type Rgba = readonly [number, number, number, number];

export interface SegmentationService extends PubSub<
  | 'SEGMENTATION_ADDED'
  | 'SEGMENTATION_REMOVED'
  | 'SEGMENTATION_MODIFIED'
  | 'SEGMENTATION_DATA_MODIFIED'
> {
  getSegmentations(): readonly HostSegmentation[];
  getSegmentation(id: string): HostSegmentation | undefined;
  createLabelmapForDisplaySet(
    displaySet: HostDisplaySet,
    options: {
      readonly segmentationId: string;
      readonly label: string;
      readonly segments: Readonly<Record<number, unknown>>;
    },
  ): Promise<string>;
  addSegmentationRepresentation(
    viewportId: string,
    representation: { readonly segmentationId: string; readonly type: 'Labelmap' },
  ): Promise<void>;
  getSegmentationRepresentations(
    viewportId: string,
    specifier: { readonly segmentationId: string },
  ): readonly unknown[];
  removeRepresentationsFromViewport?(
    viewportId: string,
    specifier: { readonly segmentationId: string },
  ): void;
  /** Its name before OHIF 3.13. */
  removeSegmentationRepresentations?(
    viewportId: string,
    specifier: { readonly segmentationId: string },
  ): void;
  getSegmentColor(viewportId: string, segmentationId: string, index: number): Rgba | undefined;
  setSegmentColor(viewportId: string, segmentationId: string, index: number, rgba: Rgba): void;
  setStyle(
    specifier: {
      readonly segmentationId: string;
      readonly type: 'Labelmap';
      readonly segmentIndex?: number;
    },
    style: Readonly<Record<string, unknown>>,
  ): void;
  getActiveSegmentation(viewportId: string): HostSegmentation | null | undefined;
  setActiveSegmentation(viewportId: string, segmentationId: string): void;
  setRenderInactiveSegmentations(viewportId: string, renderInactive: boolean): void;
  remove(segmentationId: string): void;
}

export interface CornerstoneViewportService extends PubSub<'VIEWPORT_DATA_CHANGED'> {
  getCornerstoneViewport(viewportId: string): CornerstoneViewport | null | undefined;
}

export interface CornerstoneViewport {
  readonly type?: string;
  readonly element?: unknown;
  /** Shows an image of a stack; resolves when it is there. */
  setImageIdIndex?(index: number): Promise<unknown>;
  /** LPS mm to CSS pixels from the top left of the element, and back. */
  worldToCanvas?(point: readonly number[]): readonly number[];
  canvasToWorld?(position: readonly number[]): readonly number[];
  getCurrentImageId?(): string | undefined;
  getCurrentImageIdIndex?(): number;
  getImageIds?(): readonly string[];
  /** What it draws: images, and segmentations with the id that their representation starts with. */
  getActors?(): readonly { readonly representationUID?: string }[];
}

export interface NotificationService {
  show(notification: {
    readonly title: string;
    readonly message: string;
    readonly type: 'success' | 'info' | 'warning' | 'error';
    readonly duration?: number;
  }): void;
}

export interface HangingProtocolService {
  addCustomAttribute(
    id: string,
    name: string,
    callback: (
      displaySet: HostDisplaySet,
      options?: { readonly displaySets?: readonly HostDisplaySet[] },
    ) => unknown,
  ): void;
}

export interface SyncedViewport {
  readonly renderingEngineId: string;
  readonly viewportId: string;
}

export interface SyncGroupService {
  addSynchronizerType(type: string, create: (id: string) => unknown): void;
}

export interface Services {
  readonly syncGroupService: SyncGroupService;
  readonly displaySetService: DisplaySetService;
  readonly viewportGridService: ViewportGridService;
  readonly segmentationService: SegmentationService;
  readonly cornerstoneViewportService: CornerstoneViewportService;
  readonly uiNotificationService: NotificationService;
  readonly hangingProtocolService: HangingProtocolService;
  readonly panelService: { activatePanel(panelId: string, forceActive: boolean): void };
  readonly userAuthenticationService: {
    getAuthorizationHeader(): Readonly<Record<string, string>> | undefined;
    /** With OpenID Connect the page goes to the sign-in; otherwise nothing happens. */
    handleUnauthenticated?(): unknown;
  };
}

export interface ServicesManager {
  readonly services: Services;
}

export interface DataSource {
  getConfig?(): DataSourceConfig | undefined;
  /** Reads the series of a study into the viewer's list; `filters` names some of them. */
  readonly retrieve?: {
    readonly series?: {
      metadata?(request: {
        readonly StudyInstanceUID: string;
        readonly filters: { readonly seriesInstanceUID: readonly string[] };
        readonly returnPromises: boolean;
      }): Promise<unknown>;
    };
  };
  deleteStudyMetadataPromise?(key: string): void;
}

export interface DataSourceConfig {
  readonly wadoRoot?: string;
  readonly qidoRoot?: string;
  readonly supportsStow?: boolean;
  readonly name?: string;
}

export interface ExtensionManager {
  getActiveDataSource(): readonly DataSource[] | DataSource;
  getModuleEntry?(id: string): SopClassHandler | undefined;
}

export interface CommandsManager {
  run?(command: string, options?: Readonly<Record<string, unknown>>): unknown;
}

/** What the host passes to every module of an extension. */
export interface ExtensionContext {
  readonly servicesManager: ServicesManager;
  readonly commandsManager: CommandsManager;
  readonly extensionManager: ExtensionManager;
}

/** The parts of `window.cornerstone` and `window.cornerstoneTools` that are used. */
export interface CornerstoneImage {
  readonly imageId: string;
  readonly referencedImageId?: string;
  readonly rows: number;
  readonly columns: number;
  readonly voxelManager?: { getScalarData(): Uint8Array };
}

export interface Cornerstone {
  readonly cache: {
    getImage(imageId: string): CornerstoneImage | undefined;
    getVolume(volumeId: string): { readonly imageIds: readonly string[] } | undefined;
  };
  readonly metaData: { get(type: string, imageId: string): unknown };
  readonly utilities: {
    jumpToSlice(element: unknown, options: { readonly imageIndex: number }): Promise<void>;
  };
  getRenderingEngine(
    id: string,
  ): { getViewport(id: string): CornerstoneViewport | undefined } | undefined;
}

export interface CornerstoneTools {
  readonly SynchronizerManager: {
    createSynchronizer(
      id: string,
      event: string,
      handler: (
        synchronizer: unknown,
        source: SyncedViewport,
        target: SyncedViewport,
      ) => Promise<void>,
      options: { readonly auxiliaryEvents: readonly { readonly name: string }[] },
    ): unknown;
  };
  readonly segmentation: {
    readonly triggerSegmentationEvents: {
      triggerSegmentationDataModified(segmentationId: string): void;
      triggerSegmentationRepresentationModified(viewportId: string, segmentationId: string): void;
    };
  };
}

/** Settings of the site, in `window.config` of the viewer's app-config.js. */
export interface SiteConfig {
  /** The model to start with; without it, the demonstration model of the plugin. */
  readonly modelUrl?: string;
  /** Kind of structured report; Comprehensive 3D SR by default. */
  readonly reportClass?: ReportClass;
}

declare global {
  interface Window {
    readonly cornerstone?: Cornerstone;
    readonly cornerstoneTools?: CornerstoneTools;
    readonly config?: { readonly stsHabitat?: SiteConfig };
  }
}
