/**
 * Specific Character Set (0008,0005) with code extensions (PS3.5 6.1.2.5), as Japanese, Korean and
 * Chinese scanners write it. dcmjs decodes one character set and refuses two, so the second one is
 * kept: the three multi-byte sets hold ASCII, and TextDecoder knows all three.
 */

const MULTI_BYTE = ['ISO 2022 IR 87', 'ISO 2022 IR 149', 'ISO 2022 IR 58'];
// eslint-disable-next-line no-control-regex -- ISO 2022 designations start with the escape character.
const DESIGNATION = /\u001b[$(-/][$(-/]?[@-Z]/g;

export interface OneCharacterSet {
  readonly buffer: ArrayBuffer;
  /** Decoded texts still hold escape sequences. */
  readonly escapes: boolean;
}

/** Returns the same buffer when one character set is given, which is nearly always. */
export function keepOneCharacterSet(bytes: ArrayBuffer): OneCharacterSet {
  // File Meta Information and (0008,0005) lie at the start: no need to look further.
  const head = new TextDecoder('latin1').decode(
    new Uint8Array(bytes, 0, Math.min(2048, bytes.byteLength)),
  );
  // eslint-disable-next-line no-control-regex -- the tag (0008,0005) in little endian.
  const match = /\x08\x00\x05\x00(?:CS[\s\S]{2}|[\s\S]{4})([A-Z0-9_ ]*(?:\\[A-Z0-9_ ]+)+)/.exec(
    head,
  );
  if (!match) return { buffer: bytes, escapes: false };
  const terms = match[1].split('\\').map((term) => term.trim());
  const kept = MULTI_BYTE.find((term) => terms.includes(term));
  if (!kept) return { buffer: bytes, escapes: false };
  const copy = bytes.slice(0);
  const start = match.index + match[0].length - match[1].length;
  new Uint8Array(copy).set(new TextEncoder().encode(kept.padEnd(match[1].length)), start);
  return { buffer: copy, escapes: true };
}

export function withoutEscapes(text: string): string {
  return text.replace(DESIGNATION, '');
}
