import { InputError } from '../../../src/chain/errors';

const DATABASE = 'sts-habitat';
const VERSION = 2;
/** Every record has an `id` and a `studyInstanceUid`. */
export const STORES = ['results', 'drawings'] as const;
export type StoreName = (typeof STORES)[number];
const BY_STUDY = 'study';

export interface BrowserStore<Kept extends { readonly id: string }> {
  save(record: Kept): Promise<void>;
  /** What it holds of a study; another version of this software may have written it. */
  find(studyInstanceUid: string): Promise<unknown[]>;
  remove(id: string): Promise<void>;
}

/**
 * A part of the IndexedDB of this browser. What it keeps goes nowhere else.
 * @param what What is lost when it cannot be kept, in a sentence: "the result".
 * @param instead What the user can do then: "store or download it".
 */
export function browserStore<Kept extends { readonly id: string }>(
  name: StoreName,
  what: string,
  instead: string,
  factory: IDBFactory | undefined = globalThis.indexedDB,
): BrowserStore<Kept> {
  const use = async <T>(
    mode: IDBTransactionMode,
    ask: (records: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    let database: IDBDatabase | undefined;
    try {
      database = await open(factory);
      return await carryOut(database, name, mode, ask);
    } catch (cause) {
      throw refusal(cause, what, instead);
    } finally {
      database?.close();
    }
  };
  return {
    save: (record) => use('readwrite', (records) => records.put(record)).then(() => undefined),
    find: (study) => use('readonly', (records) => records.index(BY_STUDY).getAll(study)),
    remove: (id) => use('readwrite', (records) => records.delete(id)),
  };
}

function open(factory: IDBFactory | undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (!factory) throw new DOMException('no IndexedDB', 'InvalidStateError');
    const request = factory.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const name of STORES) {
        if (result.objectStoreNames.contains(name)) continue;
        const store = result.createObjectStore(name, { keyPath: 'id' });
        store.createIndex(BY_STUDY, 'studyInstanceUid');
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(asError(request.error));
    request.onblocked = () => reject(new DOMException('blocked', 'InvalidStateError'));
  });
}

/** Done when the transaction is: a request that succeeds may still not be written when space runs out. */
function carryOut<T>(
  database: IDBDatabase,
  name: StoreName,
  mode: IDBTransactionMode,
  ask: (records: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = ask(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(asError(transaction.error));
    transaction.onerror = () => reject(asError(transaction.error));
  });
}

function asError(error: DOMException | null): DOMException {
  return error ?? new DOMException('unknown', 'UnknownError');
}

function refusal(cause: unknown, what: string, instead: string): InputError {
  const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return new InputError(
    'FILE_UNREADABLE',
    full
      ? `This browser has no room left to keep ${what} in case the tab is closed: ${instead} before you leave.`
      : `This browser does not keep data for this page (a private window, perhaps), so ${what} is lost with the tab: ${instead} before you leave.`,
    { cause },
  );
}
