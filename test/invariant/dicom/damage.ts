import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { DicomDataset } from '../../../src/dicom/series';

/** A whole number from 0 to `below` - 1. */
export type Pick = (below: number) => number;

export function pickerOf(seed: number): Pick {
  const generator = xoroshiro128plus(seed);
  return (below) => uniformInt(generator, 0, below - 1);
}

/** One to four places of a file changed, left out, doubled, or set to a number that means much. */
export function damagedBytes(file: Uint8Array, pick: Pick): ArrayBuffer {
  let bytes = Array.from(file);
  for (let n = 1 + pick(4); n > 0; n--) {
    const at = pick(bytes.length);
    const length = 1 + pick(8);
    switch (pick(5)) {
      case 0:
        bytes[at] = pick(256);
        break;
      case 1:
        bytes.splice(at, length);
        break;
      case 2:
        bytes.splice(at, 0, ...bytes.slice(at, at + length));
        break;
      case 3:
        bytes.fill([0, 0xff, 0x20, 0x5c][pick(4)], at, at + length);
        break;
      default:
        bytes = bytes.slice(0, Math.max(1, at));
    }
  }
  return Uint8Array.from(bytes).buffer;
}

const ABSURD: readonly unknown[] = [
  ...[null, '', 'x', '1\\2', -1, 0, 1, 2, 0.5, 65535, 1e9, NaN, Infinity, '1e308', 'NaN'],
  ...[[], ['1', ''], [NaN, NaN, NaN], [0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0], [{}], {}],
  ...[[new Uint8Array()], new Uint8Array(3), [null], true],
];

/** One to three attributes, at any depth, emptied, made absurd, doubled or exchanged for another's value. */
export function damagedDataset(whole: DicomDataset, pick: Pick): DicomDataset {
  const copy = deepCopy(whole) as Record<string, unknown>;
  for (let n = 1 + pick(3); n > 0; n--) {
    const places = placesIn(copy);
    const { holder, key } = places[pick(places.length)];
    const other = places[pick(places.length)];
    switch (pick(4)) {
      case 0:
        Reflect.deleteProperty(holder, key);
        break;
      case 1:
        holder[key] = deepCopy(other.holder[other.key]);
        break;
      case 2: {
        const value = holder[key];
        holder[key] = Array.isArray(value)
          ? [...(value as unknown[]), ...(value as unknown[])]
          : [value, value];
        break;
      }
      default:
        holder[key] = ABSURD[pick(ABSURD.length)];
    }
  }
  return copy;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(dataset: Record<string, unknown>, depth = 0): Place[] {
  return Object.keys(dataset).flatMap((key) => {
    const value = dataset[key];
    const items = Array.isArray(value) && depth < 6 ? value.filter(isDataset) : [];
    return [{ holder: dataset, key }, ...items.flatMap((item) => placesIn(item, depth + 1))];
  });
}

function isDataset(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

function deepCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (!isDataset(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deepCopy(item)]));
}
