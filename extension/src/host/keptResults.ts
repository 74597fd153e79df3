import type { KeptResult } from '../services/keeping';
import type { KeptResults } from '../services/ports';
import { browserStore } from './browserDatabase';

/** Results that are not stored yet. */
export function keptResults(factory?: IDBFactory): KeptResults {
  const store = browserStore<KeptResult>('results', 'the result', 'store or download it', factory);
  return {
    ...store,
    find: async (study) =>
      (await store.find(study))
        .filter(isKeptResult)
        .sort((a, b) => a.result.provenance.startedAt.localeCompare(b.result.provenance.startedAt)),
  };
}

/** What another version of this software left behind is passed over. */
function isKeptResult(value: unknown): value is KeptResult {
  if (typeof value !== 'object' || value === null) return false;
  const result: unknown = Reflect.get(value, 'result');
  if (typeof Reflect.get(value, 'id') !== 'string' || typeof result !== 'object' || !result) {
    return false;
  }
  const objects: unknown = Reflect.get(result, 'objects');
  return Array.isArray(objects) && Reflect.get(result, 'provenance') !== undefined;
}
