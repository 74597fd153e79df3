import { existsSync } from 'node:fs';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { appConfig, DICOMWEB_PATH, MODELS_PATH, PLUGIN_FILES, PLUGIN_PATH } from './appConfig';
import { dicomwebProxy, type Handler } from './dicomwebProxy';
import { isForeign, SECURITY_HEADERS } from './security';
import type { ServerSettings } from './settings';

export interface WebSettings extends Pick<
  ServerSettings,
  'viewerFolder' | 'pluginFolder' | 'modelsFolder' | 'authorization'
> {
  readonly archive: URL;
  /** The archive is the Orthanc that we started. */
  readonly ownArchive: boolean;
}

/** Viewer, plugin, models and archive under one origin. The server does not listen yet. */
export function webServer(settings: WebSettings): Server {
  const viewer = sirv(settings.viewerFolder, { etag: true, maxAge: 0, single: true });
  const plugin = folder(settings.pluginFolder, PLUGIN_PATH);
  const models = folder(settings.modelsFolder, MODELS_PATH);
  const archive = dicomwebProxy({ ...settings, prefix: DICOMWEB_PATH });

  return http.createServer((request, response) => {
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
    const pathname = (request.url ?? '/').split('?', 1)[0];
    if (isForeign(request)) text(response, 403, 'This viewer answers to its own pages only.');
    else if (pathname === DICOMWEB_PATH || pathname.startsWith(`${DICOMWEB_PATH}/`))
      archive(request, response);
    else if (pathname === '/app-config.js') script(response, appConfig());
    else if (pathname.startsWith(PLUGIN_PATH)) plugin(request, response);
    else if (pathname.startsWith(MODELS_PATH)) models(request, response);
    else if (pathname.startsWith('/plugins/')) text(response, 404, 'No such plugin.');
    else if (path.extname(pathname) === '' || pathname === '/index.html') page(request, response);
    else viewer(request, response, () => text(response, 404, 'No such file.'));
  });

  // A plugin that answers 404 leaves the viewer blank without a word, so the page is not served.
  function page(request: IncomingMessage, response: ServerResponse): void {
    const missing = missingFile(settings);
    if (missing) text(response, 503, missing);
    else viewer(request, response, () => text(response, 404, 'No such page.'));
  }
}

/** What keeps the viewer from starting, as a sentence. */
export function missingFile(
  settings: Pick<WebSettings, 'viewerFolder' | 'pluginFolder'>,
): string | undefined {
  if (!existsSync(path.join(settings.viewerFolder, 'index.html')))
    return `The viewer is not in ${settings.viewerFolder}: run npm start, which fetches it.`;
  const missing = PLUGIN_FILES.filter(
    (name) => !existsSync(path.join(settings.pluginFolder, name)),
  );
  if (missing.length > 0)
    return `The plugin's ${missing.join(' and ')} is not in ${settings.pluginFolder}: run npm run build, then reload this page.`;
  return undefined;
}

/** Files that may change while we run, such as a plugin that is built again. */
function folder(directory: string, prefix: string): Handler {
  const files = sirv(directory, {
    dev: true,
    setHeaders: (response, pathname) => {
      response.setHeader('Cache-Control', 'no-cache');
      if (pathname.endsWith('.zst')) response.setHeader('Content-Type', 'application/zstd');
    },
  });
  return (request, response) => {
    request.url = (request.url ?? '').slice(prefix.length - 1);
    files(request, response, () => text(response, 404, `No such file in ${prefix}.`));
  };
}

function script(response: ServerResponse, body: string): void {
  response.writeHead(200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-cache',
  });
  response.end(body);
}

function text(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}
