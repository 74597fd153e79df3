import type { JSHandle, Page } from 'playwright-core';

/** The little of the viewer's globals that the tests look at; each was tried on OHIF 3.13.2. */
export interface HostDisplaySet {
  readonly displaySetInstanceUID: string;
  readonly SeriesInstanceUID: string;
  readonly SOPInstanceUID?: string;
  readonly Modality: string;
  readonly isLoaded?: boolean;
  load?(options: { headers: Record<string, string> }): Promise<unknown>;
}

interface HostViewport {
  readonly viewportStatus: string;
  readonly element: HTMLElement;
  worldToCanvas(point: readonly number[]): readonly number[];
  /** Absent until the viewport holds an image. */
  getImageData?(): unknown;
}

interface HostImage {
  readonly referencedImageId?: string;
  readonly voxelManager: { getScalarData(): ArrayLike<number> };
}

interface HostSegmentation {
  readonly segmentationId?: string;
  readonly segments: Readonly<Record<number, { readonly label: string }>>;
  readonly representationData: { readonly Labelmap?: { readonly imageIds?: readonly string[] } };
}

export interface HostWindow {
  readonly services?: {
    readonly displaySetService: {
      getActiveDisplaySets(): readonly HostDisplaySet[];
    };
    readonly viewportGridService: {
      getActiveViewportId(): string;
      setDisplaySetsForViewport(change: {
        viewportId: string;
        displaySetInstanceUIDs: readonly string[];
      }): unknown;
    };
    readonly segmentationService: {
      getSegmentationRepresentations(
        viewportId: string,
        specifier: { readonly segmentationId: string },
      ): readonly unknown[];
    };
    readonly userAuthenticationService: {
      setServiceImplementation(implementation: {
        getAuthorizationHeader(): Record<string, string>;
        handleUnauthenticated(): null;
      }): void;
    };
    readonly cornerstoneViewportService: {
      readonly viewportsById: ReadonlyMap<string, unknown>;
      getCornerstoneViewport(id: string): HostViewport | undefined;
    };
  };
  readonly cornerstone?: {
    readonly cache: { getImage(id: string): HostImage | undefined };
    readonly metaData: {
      get(
        type: 'instance',
        imageId: string,
      ): { readonly SOPInstanceUID: string; readonly InstanceNumber?: unknown } | undefined;
    };
  };
  readonly cornerstoneTools?: {
    readonly segmentation: {
      readonly state: {
        getSegmentation(id: string): HostSegmentation | undefined;
        getSegmentations(): readonly HostSegmentation[];
      };
      readonly triggerSegmentationEvents: {
        triggerSegmentationDataModified(segmentationId: string): void;
      };
    };
  };
}

/** The page's window, to hand to `page.evaluate`. It holds until the next navigation. */
export function hostWindow(page: Page): Promise<JSHandle<HostWindow>> {
  return page.evaluateHandle<HostWindow>('window');
}
