import type { ImageSource } from '../../../src/chain/analysis';
import { InputError } from '../../../src/chain/errors';
import type { DataSource, DataSourceConfig, ExtensionManager, Services } from '../host';

export interface DicomwebAccess {
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the site says of storing; undefined when it says nothing. */
  readonly supportsStow?: boolean | undefined;
}

/**
 * The archive of the viewer, with the viewer's own authentication.
 * @throws InputError ARCHIVE_UNREACHABLE when the viewer does not read from a DICOMweb archive
 */
export function dicomwebAccess(
  extensionManager: ExtensionManager,
  services: Pick<Services, 'userAuthenticationService'>,
  pageAddress: string,
): DicomwebAccess {
  const config = activeConfig(extensionManager.getActiveDataSource());
  const root = config?.wadoRoot ?? config?.qidoRoot;
  if (!root) {
    throw new InputError(
      'ARCHIVE_UNREACHABLE',
      'The viewer does not read this study from a DICOMweb archive: open it from one, because the analysis fetches the images from there.',
    );
  }
  return {
    root: new URL(root, pageAddress).href.replace(/\/$/, ''),
    headers: { ...services.userAuthenticationService.getAuthorizationHeader() },
    supportsStow: config?.supportsStow,
  };
}

function activeConfig(active: readonly DataSource[] | DataSource): DataSourceConfig | undefined {
  return activeDataSource(active)?.getConfig?.();
}

/** The host hands the active data source over as an array of one. */
export function activeDataSource(
  active: readonly DataSource[] | DataSource,
): DataSource | undefined {
  return Array.isArray(active) ? (active as readonly DataSource[])[0] : (active as DataSource);
}

export function imageSource(
  access: DicomwebAccess,
  studyInstanceUid: string,
): Extract<ImageSource, { readonly kind: 'dicomweb' }> {
  return { kind: 'dicomweb', root: access.root, headers: access.headers, studyInstanceUid };
}
