/** Registration to habitats of the study that the server has, with the engine of the viewer. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Study } from '../src/chain/stages/read';
import { findStudyHabitats } from '../src/chain/studyHabitats';
import { parseModel } from '../src/model/parseModel';
import { elastixBrowserEngine } from '../src/register/elastixBrowser';
import { browserRigidWorker } from '../src/workers/browserRigidWorker';
import { engineBeside } from '../src/workers/engineBeside';

export interface Preprocessed {
  readonly elapsed: number;
  /** Stage and its seconds. */
  readonly stages: readonly (readonly [string, number])[];
  /** Of the habitats on the reference series. */
  readonly hash: string;
}

declare const self: {
  onmessage: (event: MessageEvent<boolean>) => void;
  postMessage(measured: Preprocessed): void;
};

self.onmessage = ({ data }) => {
  void measure(data).then((measured) => self.postMessage(measured));
};

async function measure(nested: boolean): Promise<Preprocessed> {
  const model = parseModel(await (await fetch('/models/demonstration.json')).json());
  const study = await loadStudy();
  const itk = new URL('/itk/', import.meta.url).href;
  const here = elastixBrowserEngine(itk);
  const began = performance.now();
  const found = await findStudyHabitats(
    () => ({ value: study, note: '' }),
    model,
    { register: true, corrected: false },
    nested ? engineBeside(browserRigidWorker, here, itk) : here,
    { signal: new AbortController().signal, report: () => undefined },
  );
  return {
    elapsed: (performance.now() - began) / 1000,
    stages: found.stages.map(({ stage, seconds }) => [stage, seconds]),
    hash: bytesToHex(sha256(found.labels.fsT2.data)),
  };
}

async function loadStudy(): Promise<Study> {
  const study: Study = await (await fetch('/study.json')).json();
  const bytes = async (name: string) => (await fetch(`/${name}.bin`)).arrayBuffer();
  const { fsT2, ceT1 } = study.series;
  return {
    series: {
      fsT2: { ...fsT2, volume: { ...fsT2.volume, data: new Uint16Array(await bytes('fsT2')) } },
      ceT1: { ...ceT1, volume: { ...ceT1.volume, data: new Uint16Array(await bytes('ceT1')) } },
    },
    tumour: {
      ...study.tumour,
      mask: { ...study.tumour.mask, data: new Uint8Array(await bytes('tumour')) },
    },
  };
}
