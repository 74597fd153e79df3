import type { KeptResult } from '../../../extension/src/services/keeping';
import type { KeptDrawing } from '../../../extension/src/services/drawings';
import type { KeptDrawings, KeptResults, Ports } from '../../../extension/src/services/ports';

/** What this browser keeps, in memory. */
export function keptInMemory(...results: readonly KeptResult[]): KeptResults & {
  readonly all: Map<string, KeptResult>;
} {
  const all = new Map(results.map((result) => [result.id, result]));
  return {
    all,
    save: async (result) => void all.set(result.id, result),
    find: async (study) =>
      [...all.values()].filter(({ studyInstanceUid }) => studyInstanceUid === study),
    remove: async (id) => void all.delete(id),
  };
}

/** Drawings that this browser keeps, in memory. */
export function drawingsInMemory(...drawings: readonly KeptDrawing[]): KeptDrawings & {
  readonly all: Map<string, KeptDrawing>;
} {
  const all = new Map(drawings.map((drawing) => [drawing.id, drawing]));
  return {
    all,
    save: async (drawing) => void all.set(drawing.id, drawing),
    find: async (study) =>
      [...all.values()].filter(({ studyInstanceUid }) => studyInstanceUid === study),
    remove: async (id) => void all.delete(id),
  };
}

/** An archive that takes everything and holds no result of ours. */
export function quietArchive(): Pick<
  Ports,
  | 'openStored'
  | 'storeRefusal'
  | 'kept'
  | 'drawings'
  | 'readDrawing'
  | 'restoreDrawing'
  | 'clearOverlay'
> {
  return {
    openStored: () => Promise.reject(new Error('not part of this test')),
    storeRefusal: async () => null,
    kept: keptInMemory(),
    drawings: drawingsInMemory(),
    readDrawing: () => {
      throw new Error('not part of this test');
    },
    restoreDrawing: () => Promise.reject(new Error('not part of this test')),
    clearOverlay: () => undefined,
  };
}
