import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http, { type IncomingMessage, type RequestOptions, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listenFrom } from '../../../server/ports';
import { webServer } from '../../../server/web';

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

const open: Server[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sts-habitat-web-'));
  for (const name of ['viewer', 'plugin', 'models']) mkdirSync(path.join(folder, name));
  put('viewer/index.html', '<title>viewer</title>');
  put('viewer/app.js', 'viewer()');
  put('plugin/extension.js', 'export default {}');
  put('plugin/mode.js', 'export default {}');
  put('plugin/kernel.wasm', '');
  put('plugin/kernel.wasm.zst', 'zst');
  put('models/demonstration.json', '{}');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done))));
  rmSync(folder, { recursive: true });
});

function put(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

async function listening(server: Server): Promise<number> {
  open.push(server);
  return listenFrom(server, 0, () => undefined);
}

function serve(archive: string, ownArchive: boolean, authorization?: string): Promise<number> {
  return listening(
    webServer({
      viewerFolder: path.join(folder, 'viewer'),
      pluginFolder: path.join(folder, 'plugin'),
      modelsFolder: path.join(folder, 'models'),
      archive: new URL(archive),
      ownArchive,
      authorization,
    }),
  );
}

/** fetch does not let a test choose Host and Origin. */
function ask(port: number, url: string, options: RequestOptions = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, path: url, agent: false, ...options },
      (response: IncomingMessage) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

describe('files', () => {
  const nowhere = 'http://127.0.0.1:9/dicom-web';

  test('routes of the viewer get its page, its files their type', async () => {
    const port = await serve(nowhere, true);
    for (const route of [
      '/',
      '/viewer?StudyInstanceUIDs=1.2',
      '/sts-habitat?StudyInstanceUIDs=1',
    ]) {
      const page = await ask(port, route);
      expect([page.status, page.body]).toEqual([200, '<title>viewer</title>']);
    }
    expect((await ask(port, '/app.js')).headers['content-type']).toMatch(/^text\/javascript/);
    expect((await ask(port, '/absent.js')).status).toBe(404);
  });

  test('plugin files have the types that modules, WebAssembly and compressed tables need', async () => {
    const port = await serve(nowhere, true);
    const type = async (name: string) =>
      (await ask(port, `/plugins/sts-habitat/${name}`)).headers['content-type'];
    expect(await type('mode.js')).toMatch(/^text\/javascript/);
    expect(await type('kernel.wasm')).toBe('application/wasm');
    const zst = await ask(port, '/plugins/sts-habitat/kernel.wasm.zst');
    expect(zst.headers['content-type']).toBe('application/zstd');
    expect(zst.headers['content-encoding']).toBeUndefined();
    expect((await ask(port, '/plugins/sts-habitat/absent.js')).status).toBe(404);
    expect((await ask(port, '/plugins/other/mode.js')).status).toBe(404);
    expect((await ask(port, '/models/demonstration.json')).body).toBe('{}');
  });

  test('the configuration names the plugin and this origin only', async () => {
    const port = await serve(nowhere, true);
    const { body } = await ask(port, '/app-config.js');
    expect(body).toContain('/plugins/sts-habitat/mode.js');
    expect(body).not.toMatch(/https?:/);
  });

  test('a missing plugin file gives a page that says so, not a blank viewer', async () => {
    const port = await serve(nowhere, true);
    rmSync(path.join(folder, 'plugin/mode.js'));
    const page = await ask(port, '/');
    expect(page.status).toBe(503);
    expect(page.body).toMatch(/plugin's mode\.js is not in .*: run npm run build/);
  });

  test('no path leads out of the folders', async () => {
    put('secret.txt', 'secret');
    const port = await serve(nowhere, true);
    for (const prefix of ['/plugins/sts-habitat/', '/models/', '/'])
      for (const up of ['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt'])
        expect((await ask(port, prefix + up)).body).not.toBe('secret');
  });

  test('a page of another site is refused, under its own name and under a borrowed one', async () => {
    const port = await serve(nowhere, true);
    expect((await ask(port, '/', { headers: { host: `rebound.example:${port}` } })).status).toBe(
      403,
    );
    expect((await ask(port, '/', { headers: { origin: 'http://other.example' } })).status).toBe(
      403,
    );
    expect((await ask(port, '/', { headers: { origin: `http://localhost:${port}` } })).status).toBe(
      403,
    );
    const own = { host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect((await ask(port, '/', { headers: own })).status).toBe(200);
  });
});

describe('the archive behind /dicom-web', () => {
  let seen: { method?: string; url?: string; headers: http.IncomingHttpHeaders; body: string }[];

  async function archive(reply: (port: number) => string): Promise<string> {
    seen = [];
    const server = http.createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        seen.push({ ...(method ? { method } : {}), ...(url ? { url } : {}), headers, body });
        response.setHeader('content-type', 'application/dicom+json');
        response.end(reply((server.address() as AddressInfo).port));
      });
    });
    return `http://127.0.0.1:${String(await listening(server))}/pacs/rs`;
  }

  test('the own archive sees the Host of the browser and its answer is passed on unchanged', async () => {
    const port = await serve(await archive(() => '[{"a":1}]'), true);
    const answer = await ask(port, '/dicom-web/studies?limit=1', {
      headers: { host: `localhost:${port}` },
    });
    expect(answer.body).toBe('[{"a":1}]');
    expect(seen[0].url).toBe('/pacs/rs/studies?limit=1');
    expect(seen[0].headers.host).toBe(`localhost:${port}`);
  });

  test('a foreign archive sees its own Host, no cookies, and its addresses lead back here', async () => {
    const url = await archive((own) => `[{"url":"http://127.0.0.1:${own}/pacs/rs/studies/1"}]`);
    const port = await serve(url, false, 'Bearer token');
    const answer = await ask(port, '/dicom-web/studies', {
      headers: { host: `localhost:${port}`, cookie: 'a=b' },
    });
    expect(answer.body).toBe(`[{"url":"http://localhost:${port}/dicom-web/studies/1"}]`);
    expect(seen[0].headers.host).toBe(new URL(url).host);
    expect(seen[0].headers.cookie).toBeUndefined();
    expect(seen[0].headers.authorization).toBe('Bearer token');
  });

  test('a whole object is asked for as it is stored, unless a transfer syntax is named', async () => {
    const port = await serve(await archive(() => '{}'), true);
    const any = 'multipart/related; type="application/dicom"';
    for (const accept of [any, `${any}; transfer-syntax=1.2.840.10008.1.2.1`, 'image/jpeg'])
      await ask(port, '/dicom-web/studies/1/series/2/instances/3', { headers: { accept } });
    expect(seen.map(({ headers }) => headers.accept)).toEqual([
      `${any}; transfer-syntax=*`,
      `${any}; transfer-syntax=1.2.840.10008.1.2.1`,
      'image/jpeg',
    ]);
  });

  test('what is stored arrives whole; nothing can be deleted', async () => {
    const port = await serve(await archive(() => '{}'), true);
    const body = 'x'.repeat(3_000_000);
    await ask(port, '/dicom-web/studies', { method: 'POST' }, body);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/pacs/rs/studies', body });
    expect((await ask(port, '/dicom-web/studies/1', { method: 'DELETE' })).status).toBe(405);
    expect(seen).toHaveLength(1);
  });

  test('an archive that does not answer is reported as such', async () => {
    const port = await serve('http://127.0.0.1:9/dicom-web', true);
    const answer = await ask(port, '/dicom-web/studies');
    expect(answer.status).toBe(502);
    expect(answer.body).toMatch(/^The archive did not answer: /);
  });
});

test('a used port is reported and the next free one taken', async () => {
  const used = await listening(http.createServer());
  const reported: number[] = [];
  const second = http.createServer();
  open.push(second);
  const port = await listenFrom(second, used, (taken) => reported.push(taken));
  expect(reported[0]).toBe(used);
  expect(port).toBeGreaterThan(used);
});
