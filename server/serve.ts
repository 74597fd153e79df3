import type { Server } from 'node:http';
import { findOrthanc } from './findOrthanc';
import { lockDataFolder } from './lock';
import { startOrthanc, type Archive } from './orthanc';
import { listenFrom } from './ports';
import type { ServerSettings } from './settings';
import { missingFile, webServer } from './web';

export interface Served {
  /** `http://localhost:PORT` */
  readonly url: string;
  /** DICOMweb root of the archive. */
  readonly archive: URL;
  readonly ownArchive: boolean;
  /** Settles, with what happened, when the own archive ends before `stop`. */
  readonly failed: Promise<string>;
}

/** What was started, in the order in which it was started; `stop` undoes it backwards. */
export class Started {
  private readonly undo: (() => Promise<void> | void)[] = [];

  add(undo: () => Promise<void> | void): void {
    this.undo.push(undo);
  }

  async stop(): Promise<void> {
    for (let undo = this.undo.pop(); undo; undo = this.undo.pop()) await undo();
  }
}

const NO_ORTHANC =
  'Orthanc with its DICOMweb plugin was not found. On Debian: apt-get install orthanc orthanc-dicomweb. ' +
  'Elsewhere: install Orthanc from its own site and set STS_ORTHANC to the program, ' +
  'or use an archive that runs already: STS_DICOMWEB_URL=http://host:port/dicom-web npm start.';

/** Starts archive and web server. On an error, what was started until then is in `started`. */
export async function serve(
  settings: ServerSettings,
  started: Started,
  say: (line: string) => void,
): Promise<Served> {
  const missing = missingFile(settings);
  if (missing) say(`! ${missing}`);
  const lock = await lockDataFolder(settings.lockFile);
  started.add(() => lock.release());

  const own = settings.dicomwebUrl ? undefined : await startArchive(settings, started);
  const archive = settings.dicomwebUrl ?? own?.dicomwebUrl;
  if (!archive) throw new Error(NO_ORTHANC);
  const ownArchive = own !== undefined;
  const web = webServer({ ...settings, archive, ownArchive });
  const port = await listenFrom(web, settings.port, (used) => {
    say(`Port ${String(used)} is used by another program; trying ${String(used + 1)}.`);
  });
  started.add(() => close(web));
  const url = `http://localhost:${String(port)}`;
  lock.write({ url, ...(own ? { archivePid: own.pid } : {}) });
  return { url, archive, ownArchive, failed: own?.ended ?? new Promise(() => undefined) };
}

async function startArchive(
  settings: ServerSettings,
  started: Started,
): Promise<Archive | undefined> {
  const orthanc = findOrthanc(process.env);
  if (!orthanc) return undefined;
  const archive = await startOrthanc(orthanc, settings.archiveFolder);
  started.add(() => archive.stop());
  await archive.ready;
  return archive;
}

function close(web: Server): Promise<void> {
  web.closeAllConnections();
  return new Promise((resolve) => {
    web.close(() => {
      resolve();
    });
  });
}
