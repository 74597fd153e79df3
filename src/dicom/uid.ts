import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { SEGMENT_REGIONS } from './outputTypes';
import type { ObjectUids, SegmentRegion, Tracking } from './outputTypes';

/** UUID-derived UIDs: 2.25. and a 128-bit number in decimal (PS3.5 B.2; ITU-T X.667). */

const UID_PATTERN = /^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/;

export function isUid(text: string): boolean {
  return text.length <= 64 && UID_PATTERN.test(text);
}

/** A new UID from a random (version 4) UUID. */
export function newUid(): string {
  return fromUuidBytes(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/** The same UID for the same parts, every time; different parts give different UIDs. */
export function derivedUid(...parts: readonly string[]): string {
  // A length before each part: ('ab', 'c') and ('a', 'bc') must differ.
  const text = parts.map((part) => `${part.length}:${part}`).join('');
  return fromUuidBytes(sha256(utf8ToBytes(text)).slice(0, 16), 8);
}

export const TRACKING_IDS: Readonly<Record<SegmentRegion | 'prognosis', string>> = {
  tumour: 'STS-Tumour',
  habitat1: 'STS-Habitat-1',
  habitat2: 'STS-Habitat-2',
  habitat3: 'STS-Habitat-3',
  peritumour: 'STS-Peritumoral-Ring',
  prognosis: 'STS-Prognosis',
};

/** All UIDs of one result. `uid` makes them one after the other; tests pass their own. */
export function newObjectUids(uid: () => string = newUid): ObjectUids {
  const track = (name: keyof typeof TRACKING_IDS): Tracking => ({
    id: TRACKING_IDS[name],
    uid: uid(),
  });
  const [tumour, habitat1, habitat2, habitat3, peritumour] = SEGMENT_REGIONS.map(track);
  return {
    segSeries: uid(),
    segInstance: uid(),
    dimensionOrganization: uid(),
    srSeries: uid(),
    srInstance: uid(),
    tracking: { tumour, habitat1, habitat2, habitat3, peritumour, prognosis: track('prognosis') },
  };
}

function fromUuidBytes(bytes: Uint8Array, version: number): string {
  const uuid = Uint8Array.from(bytes);
  uuid[6] = (uuid[6] & 0x0f) | (version << 4);
  uuid[8] = (uuid[8] & 0x3f) | 0x80;
  const value = uuid.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return `2.25.${value}`;
}
