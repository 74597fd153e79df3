import { InputError } from '../../../src/chain/errors';
import type { KeptResult } from '../services/keeping';
import type { KeptResults } from '../services/ports';

const DATABASE = 'sts-habitat';
const VERSION = 1;
const RESULTS = 'results';
const BY_STUDY = 'study';

/** Results that are not stored yet, in the IndexedDB of this browser and nowhere else. */
export function keptResults(factory: IDBFactory | undefined = globalThis.indexedDB): KeptResults {
  const use = async <T>(
    mode: IDBTransactionMode,
    ask: (results: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    let database: IDBDatabase | undefined;
    try {
      database = await open(factory);
      return await carryOut(database, mode, ask);
    } catch (cause) {
      throw refusal(cause);
    } finally {
      database?.close();
    }
  };
  return {
    save: (result) => use('readwrite', (results) => results.put(result)).then(() => undefined),
    find: async (study) => {
      const found: unknown[] = await use('readonly', (results) =>
        results.index(BY_STUDY).getAll(study),
      );
      return found
        .filter(isKeptResult)
        .sort((a, b) => a.result.provenance.startedAt.localeCompare(b.result.provenance.startedAt));
    },
    remove: (id) => use('readwrite', (results) => results.delete(id)),
  };
}

function open(factory: IDBFactory | undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (!factory) throw new DOMException('no IndexedDB', 'InvalidStateError');
    const request = factory.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const results = request.result.createObjectStore(RESULTS, { keyPath: 'id' });
      results.createIndex(BY_STUDY, 'studyInstanceUid');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(asError(request.error));
    request.onblocked = () => reject(new DOMException('blocked', 'InvalidStateError'));
  });
}

/** Done when the transaction is: a request that succeeds may still not be written when space runs out. */
function carryOut<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  ask: (results: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(RESULTS, mode);
    const request = ask(transaction.objectStore(RESULTS));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(asError(transaction.error));
    transaction.onerror = () => reject(asError(transaction.error));
  });
}

function asError(error: DOMException | null): DOMException {
  return error ?? new DOMException('unknown', 'UnknownError');
}

function refusal(cause: unknown): InputError {
  const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return new InputError(
    'FILE_UNREADABLE',
    full
      ? 'This browser has no room left to keep the result in case the tab is closed: store or download it before you leave.'
      : 'This browser does not keep data for this page (a private window, perhaps), so the result is lost with the tab: store or download it before you leave.',
    { cause },
  );
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
