import type { DicomObject } from '../../../src/chain/analysis';
import type { ObjectKind, ObjectState } from '../services/storing';
import type { DicomwebAccess } from './dicomweb';

export async function storeObjects(
  _access: DicomwebAccess,
  _objects: readonly DicomObject[],
  _onStep: (kind: ObjectKind, state: ObjectState) => void,
): Promise<void> {
  throw new Error('not connected yet');
}
