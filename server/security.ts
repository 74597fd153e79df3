import type { IncomingMessage } from 'node:http';

/**
 * Everything comes from this origin, and the browser enforces it. 'unsafe-inline' is for the
 * inline scripts of the viewer's index.html and for its styles. 'unsafe-eval' is for the viewer
 * too: OHIF 3.13.2 refuses to load any SEG without it; our own files need 'wasm-unsafe-eval' only.
 * Workers of the viewer start from blob URLs.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', CONTENT_SECURITY_POLICY],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

/**
 * A page of another site must not reach the archive through the visitor's browser: neither under a
 * name that it points at this machine (DNS rebinding, seen in Host) nor with a request of its own
 * (seen in Origin). Following a link to here is allowed.
 */
export function isForeign(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  if (!isLoopback(`http://${host ?? ''}`)) return true;
  return origin !== undefined && origin !== `http://${host ?? ''}`;
}

function isLoopback(url: string): boolean {
  const name = URL.canParse(url) ? new URL(url).hostname : '';
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]';
}
