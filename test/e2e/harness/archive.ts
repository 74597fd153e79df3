import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Every .dcm file below a folder. */
export function filesBelow(folder: string): Uint8Array[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.dcm'))
    .sort()
    .map((name) => readFileSync(path.join(folder, name)));
}

type DicomJson = Record<string, { Value?: unknown[] }>;

async function query(url: string): Promise<DicomJson[]> {
  const response = await fetch(url, { headers: { accept: 'application/dicom+json' } });
  if (response.status === 204) return [];
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}`);
  return (await response.json()) as DicomJson[];
}

function text(attributes: DicomJson, tag: string): string {
  return String(attributes[tag]?.Value?.[0] ?? '');
}

export async function studiesIn(dicomweb: string): Promise<string[]> {
  return (await query(`${dicomweb}/studies`)).map((study) => text(study, '0020000D'));
}

export interface StoredInstance {
  readonly series: string;
  readonly instance: string;
  readonly url: string;
}

/** The instances of one modality in a study. */
export async function instancesIn(
  dicomweb: string,
  study: string,
  modality: string,
): Promise<StoredInstance[]> {
  const found: StoredInstance[] = [];
  for (const series of await query(`${dicomweb}/studies/${study}/series?Modality=${modality}`)) {
    const seriesUid = text(series, '0020000E');
    const base = `${dicomweb}/studies/${study}/series/${seriesUid}/instances`;
    for (const instance of await query(base)) {
      const uid = text(instance, '00080018');
      found.push({ series: seriesUid, instance: uid, url: `${base}/${uid}` });
    }
  }
  return found;
}

/** The Part 10 file of an instance, as the archive keeps it (WADO-RS, a multipart of one part). */
export async function retrieve(instance: StoredInstance): Promise<Uint8Array> {
  const response = await fetch(instance.url, {
    headers: { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' },
  });
  if (!response.ok) throw new Error(`${instance.url} answered ${String(response.status)}`);
  const body = Buffer.from(await response.arrayBuffer());
  const boundary = /boundary="?([^";]+)/.exec(response.headers.get('content-type') ?? '')?.[1];
  if (!boundary) throw new Error(`${instance.url} did not answer with a multipart`);
  const start = body.indexOf('\r\n\r\n') + 4;
  const end = body.lastIndexOf(`\r\n--${boundary}--`);
  return body.subarray(start, end);
}
