import type { Services } from '../host';

type Headers = Readonly<Record<string, string>>;
type Authentication = Services['userAuthenticationService'];

export interface Waiting {
  readonly pause: (ms: number) => Promise<void>;
  readonly patienceMs: number;
}

const PAUSE_MS = 250;
const WAITING: Waiting = {
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  // Silent renewals take a second or two; a sign-in page takes the tab with it.
  patienceMs: 10_000,
};

/**
 * Other authentication headers than those that the archive has refused: what the viewer has by now, or
 * gets when it is told. OHIF has no call that only renews a token: `handleUnauthenticated` does whatever
 * the site's login does, which with OpenID Connect is to go to the sign-in page (the browser asks first
 * when a result is unsaved). Asked for once, however many requests were refused at the same time.
 */
export function loginRenewal(
  service: Authentication,
  waiting: Waiting = WAITING,
): (refused: Headers) => Promise<Headers | null> {
  let underWay: Promise<Headers | null> | null = null;
  return (refused) => {
    const now = present(service);
    if (!sameHeaders(now, refused)) return Promise.resolve(now);
    // Without headers the login is a cookie's, and only the user can sign in again.
    if (Object.keys(refused).length === 0) return Promise.resolve(null);
    underWay ??= renewed(service, refused, waiting).finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

async function renewed(
  service: Authentication,
  refused: Headers,
  { pause, patienceMs }: Waiting,
): Promise<Headers | null> {
  await service.handleUnauthenticated?.();
  for (let waited = 0; waited <= patienceMs; waited += PAUSE_MS) {
    const now = present(service);
    if (!sameHeaders(now, refused)) return now;
    await pause(PAUSE_MS);
  }
  return null;
}

function present(service: Authentication): Headers {
  return { ...service.getAuthorizationHeader() };
}

function sameHeaders(a: Headers, b: Headers): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
