import { InputError } from '../../../src/chain/errors';
import { parseModel } from '../../../src/model/parseModel';
import type { LoadedModel } from '../services/session';

/** @throws InputError FILE_UNREADABLE, MODEL_INVALID, MODEL_VERSION */
export async function loadModel(from: string | File): Promise<LoadedModel> {
  const origin = typeof from === 'string' ? from : from.name;
  const content = typeof from === 'string' ? await fetchText(from) : await from.text();
  const json = parseJson(content, origin);
  return { model: parseModel(json), json, origin };
}

async function fetchText(address: string): Promise<string> {
  const response = await fetch(address).catch((cause: unknown) => {
    throw new InputError('FILE_UNREADABLE', notReached(address, 'no answer'), { cause });
  });
  if (!response.ok) {
    throw new InputError('FILE_UNREADABLE', notReached(address, `status ${response.status}`));
  }
  return response.text();
}

function notReached(address: string, why: string): string {
  return `The model at ${address} could not be fetched (${why}): check modelUrl in app-config.js, or load a model file.`;
}

function parseJson(content: string, origin: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new InputError(
      'MODEL_INVALID',
      `The model file ${origin} is not JSON: choose a model file of STS habitat.`,
      { cause },
    );
  }
}
