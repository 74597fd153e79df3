/**
 * The part of dicomweb-client that `src/dicom/archive.ts` uses. The declarations that come with the
 * package are generated from its comments and wrong (promises typed as arrays, options missing).
 */
declare module 'dicomweb-client' {
  interface WithRequest {
    readonly request: { readonly instance: XMLHttpRequest };
  }

  interface WithQuery {
    readonly queryParams: Readonly<Record<string, string>>;
  }

  interface OfStudy {
    readonly studyInstanceUID: string;
  }

  interface OfSeries extends OfStudy {
    readonly seriesInstanceUID: string;
  }

  interface OfInstance extends OfSeries {
    readonly sopInstanceUID: string;
  }

  class DICOMwebClient {
    constructor(options: {
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly verbose: boolean;
    });
    searchForStudies(options: WithQuery & WithRequest): Promise<unknown>;
    searchForSeries(options: OfStudy & WithQuery & WithRequest): Promise<unknown>;
    searchForInstances(options: OfSeries & WithQuery & WithRequest): Promise<unknown>;
    retrieveSeriesMetadata(options: OfSeries & WithRequest): Promise<unknown>;
    retrieveSeries(options: OfSeries & WithRequest): Promise<ArrayBuffer[]>;
    retrieveInstance(options: OfInstance & WithRequest): Promise<ArrayBuffer>;
    storeInstances(
      options: { readonly datasets: readonly ArrayBuffer[] } & WithRequest,
    ): Promise<unknown>;
  }

  export const api: { readonly DICOMwebClient: typeof DICOMwebClient };
}
