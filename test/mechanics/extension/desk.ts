import type { AnalysisResult } from '../../../src/chain/analysis';
import type { StoredResult } from '../../../src/chain/storedResult';
import { HabitatRunService } from '../../../extension/src/services/HabitatRunService';
import type { KeptResult } from '../../../extension/src/services/keeping';
import type { Ports } from '../../../extension/src/services/ports';
import { demoModel } from './demoModel';
import { keptInMemory, quietArchive } from './quietArchive';
import { scriptedResult } from './scriptedRun';
import { STUDY } from './session';

/** A scripted result with a report of this UID. */
export function result(sr = '2.25.12'): AnalysisResult {
  const whole = scriptedResult();
  const objects = whole.objects.map((object) =>
    object.kind === 'SR' ? { ...object, sopInstanceUid: sr } : object,
  );
  return { ...whole, objects };
}

export interface Desk {
  readonly service: HabitatRunService;
  readonly opened: string[];
  readonly drawn: unknown[];
  readonly kept: ReturnType<typeof keptInMemory>;
  finish(result: AnalysisResult): void;
}

/** The service with a browser and an archive that are scripted; results `left` behind by another tab. */
export function desk(changes: Partial<Ports> = {}, ...left: readonly KeptResult[]): Desk {
  const never = (): never => {
    throw new Error('not part of this test');
  };
  const model = demoModel();
  const opened: string[] = [];
  const drawn: unknown[] = [];
  const kept = keptInMemory(...left);
  let settle: (result: AnalysisResult) => void = never;
  const service = new HabitatRunService({
    analyse: () => ({
      result: new Promise((resolve) => (settle = resolve)),
      cancel: never,
    }),
    store: async () => undefined,
    loadModel: async () => ({ model, json: model, origin: 'demonstration.json' }),
    imageSource: () => ({ kind: 'files', files: [] }),
    readDrawnTumour: never,
    showOverlay: async (content) => void drawn.push(content),
    restyleOverlay: never,
    showSeries: never,
    startDrawing: never,
    download: () => undefined,
    notify: () => undefined,
    log: never,
    now: () => 0,
    ...quietArchive(),
    openStored: async (identity) => {
      opened.push(identity.sopInstanceUid);
      const stored: StoredResult = {
        result: result(identity.sopInstanceUid),
        identity,
        changes: [],
      };
      return stored;
    },
    kept,
    ...changes,
  });
  return { service, opened, drawn, kept, finish: (value) => settle(value) };
}

/** Lets everything run that waits for nothing but its turn. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Analyses, with this result. */
export async function analysed(scene: Desk, value: AnalysisResult): Promise<void> {
  const ended = scene.service.analyse(STUDY);
  scene.finish(value);
  await ended;
  await settled();
}

export const outcomeOf = ({ service }: Desk) => service.session(STUDY).get().outcome;
export const keepingOf = ({ service }: Desk) => service.session(STUDY).get().keeping;
