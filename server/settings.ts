import path from 'node:path';
import { fileURLToPath } from 'node:url';
import viewer from './viewer.json';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where things are and what the user asked for. Every folder is absolute. */
export interface ServerSettings {
  readonly root: string;
  /** Another than the pinned one has to lie in `.data/viewer/` already. */
  readonly viewerVersion: string;
  readonly viewerFolder: string;
  readonly pluginFolder: string;
  readonly modelsFolder: string;
  readonly archiveFolder: string;
  readonly lockFile: string;
  /** First port that is tried; 0 lets the system choose. */
  readonly port: number;
  /** An archive that exists already; without it an own Orthanc is started. */
  readonly dicomwebUrl: URL | undefined;
  /** Authorization header for that archive; the same variable as for the command line. */
  readonly authorization: string | undefined;
  /** Load and analyse the simulated studies when the archive is empty. */
  readonly demo: boolean;
}

const DEFAULT_PORT = 8480;

/** Throws an Error with one sentence when a variable cannot be used. */
export function readSettings(environment: NodeJS.ProcessEnv): ServerSettings {
  const data = path.resolve(root, environment['STS_DATA_DIR'] || '.data');
  const viewerVersion = environment['STS_VIEWER_VERSION'] || viewer.version;
  return {
    root,
    viewerVersion,
    viewerFolder: path.join(root, '.data/viewer', viewerVersion),
    pluginFolder: path.join(root, 'dist/plugin'),
    modelsFolder: path.join(root, 'models'),
    archiveFolder: path.join(data, 'orthanc'),
    lockFile: path.join(data, 'running.json'),
    port: portOf(environment['STS_PORT']),
    dicomwebUrl: archiveUrlOf(environment['STS_DICOMWEB_URL']),
    authorization: environment['STS_DICOMWEB_AUTHORIZATION'] || undefined,
    demo: environment['STS_DEMO'] !== '0',
  };
}

function portOf(text: string | undefined): number {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`STS_PORT is "${text}": give a port number from 0 (any free one) to 65535.`);
  return port;
}

function archiveUrlOf(text: string | undefined): URL | undefined {
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new Error(
      `STS_DICOMWEB_URL is "${text}": give the DICOMweb root of the archive, such as http://host:8042/dicom-web.`,
    );
  if (url.username || url.password)
    throw new Error(
      'STS_DICOMWEB_URL holds a password: put "Basic ..." or "Bearer ..." into STS_DICOMWEB_AUTHORIZATION instead.',
    );
  return url;
}
