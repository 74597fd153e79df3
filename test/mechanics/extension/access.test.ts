import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loginRenewal } from '../../../extension/src/host/renewLogin';
import { storeRefusal } from '../../../extension/src/host/storeRefusal';

const OLD = { Authorization: 'Bearer old' };
const NEW = { Authorization: 'Bearer new' };
const waiting = { pause: () => Promise.resolve(), patienceMs: 1000 };

describe('a login that the archive refuses', () => {
  test('is asked for once, however many requests were refused', async () => {
    let headers = OLD;
    let asked = 0;
    const renew = loginRenewal(
      {
        getAuthorizationHeader: () => headers,
        handleUnauthenticated: () => {
          asked++;
          headers = NEW;
        },
      },
      waiting,
    );
    expect(await Promise.all([renew(OLD), renew(OLD)])).toEqual([NEW, NEW]);
    expect(asked).toBe(1);
  });

  test('that the viewer has renewed already is taken as it is', async () => {
    const renew = loginRenewal(
      {
        getAuthorizationHeader: () => NEW,
        handleUnauthenticated: () => {
          throw new Error('asked');
        },
      },
      waiting,
    );
    expect(await renew(OLD)).toEqual(NEW);
  });

  test('that nobody renews is given up', async () => {
    const renew = loginRenewal({ getAuthorizationHeader: () => OLD }, waiting);
    expect(await renew(OLD)).toBeNull();
  });

  test('that is a cookie is not asked for: only the user can sign in', async () => {
    let asked = 0;
    const renew = loginRenewal(
      { getAuthorizationHeader: () => undefined, handleUnauthenticated: () => asked++ },
      waiting,
    );
    expect([await renew({}), asked]).toEqual([null, 0]);
  });
});

describe('whether an archive takes objects', () => {
  /** Asks an archive that answers so; what it was asked is looked at too. */
  async function ask(
    answer: (request: IncomingMessage) => number,
    access: { supportsStow?: boolean; headers?: Record<string, string> } = {},
  ): Promise<{ sentence: string | null; bodies: string[] }> {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push(`${request.method ?? ''} ${Buffer.concat(chunks).toString()}`);
        response.writeHead(answer(request)).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const root = `http://127.0.0.1:${port}/dicom-web`;
    try {
      const sentence = await storeRefusal({ root, headers: {}, ...access }, async () => NEW);
      return { sentence, bodies };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test.each([403, 404, 405, 501])('status %i is a no', async (status) => {
    const { sentence } = await ask(() => status);
    expect(sentence).toMatch(/^Results cannot be stored here: .*download them instead.*\.$/);
  });

  test.each([200, 202, 204, 400, 409, 411, 415, 422, 500, 503])(
    'status %i is not a no: storing tells',
    async (status) => {
      expect((await ask(() => status)).sentence).toBeNull();
    },
  );

  test('is asked with a request that holds nothing to store', async () => {
    const { bodies } = await ask(() => 400);
    expect(bodies).toEqual(['POST --sts-habitat-asks--\r\n']);
  });

  test('needs no question where the site says no', async () => {
    const { sentence, bodies } = await ask(() => 200, { supportsStow: false });
    expect(sentence).toMatch(/supportsStow/);
    expect(bodies).toEqual([]);
  });

  test('is asked with a new login when the old one has run out', async () => {
    const { sentence } = await ask(
      ({ headers }) => (headers.authorization === NEW.Authorization ? 405 : 401),
      { headers: OLD },
    );
    expect(sentence).toMatch(/read-only/);
  });

  test('is not known without a network', async () => {
    const access = { root: 'http://127.0.0.1:1/dicom-web', headers: {} };
    expect(await storeRefusal(access, async () => null)).toBeNull();
  });
});
