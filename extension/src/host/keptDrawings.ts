import type { KeptDrawing } from '../services/drawings';
import type { KeptDrawings } from '../services/ports';
import { browserStore } from './browserDatabase';

/** Tumours that were drawn and are in no stored result yet. */
export function keptDrawings(factory?: IDBFactory): KeptDrawings {
  const store = browserStore<KeptDrawing>(
    'drawings',
    'the drawn tumour',
    'analyse it and store the result',
    factory,
  );
  return {
    ...store,
    find: async (study) =>
      (await store.find(study))
        .filter(isKeptDrawing)
        .sort((a, b) => a.drawnAt.localeCompare(b.drawnAt)),
  };
}

/** What another version of this software left behind is passed over. */
function isKeptDrawing(value: unknown): value is KeptDrawing {
  if (typeof value !== 'object' || value === null) return false;
  const drawing: unknown = Reflect.get(value, 'drawing');
  if (typeof drawing !== 'object' || drawing === null) return false;
  const texts = ['id', 'tumourId', 'drawnAt'].map((key): unknown => Reflect.get(value, key));
  return (
    texts.every((text) => typeof text === 'string') && Array.isArray(Reflect.get(drawing, 'planes'))
  );
}
