import type { DicomObject } from '../../../src/chain/analysis';
import type { RenewHeaders } from '../../../src/chain/studySource';
import type { ObjectKind, ObjectState } from '../services/storing';
import type { DicomwebAccess } from './dicomweb';

/** Its own file of the plugin: only who stores needs the DICOM writer and the DICOMweb client. */
async function loadStoring() {
  const [{ connectArchive }, { storeAndVerify }] = await Promise.all([
    import('../../../src/dicom/archive'),
    import('../../../src/dicom/store'),
  ]);
  return { connectArchive, storeAndVerify };
}

/**
 * Fetches the code for storing while the network is known to work: a browser does not ask again for
 * a module that it once failed to load. What goes wrong here is said when the user stores.
 */
export function prepareStoring(): void {
  loadStoring().catch(() => undefined);
}

export async function storeObjects(
  access: () => DicomwebAccess,
  renewHeaders: RenewHeaders,
  objects: readonly DicomObject[],
  onStep: (kind: ObjectKind, state: ObjectState) => void,
): Promise<void> {
  const { connectArchive, storeAndVerify } = await loadStoring();
  const archive = connectArchive({
    root: access().root,
    // Asked for each request: the viewer renews its token while a store takes its time.
    headers: () => access().headers,
    renew: async (refused) => (await renewHeaders(refused)) !== null,
  });
  await storeAndVerify(archive, objects, ({ kind }, step, reason = 'Unknown reason.') =>
    onStep(kind, step === 'failed' ? { state: step, reason } : { state: step }),
  );
}
