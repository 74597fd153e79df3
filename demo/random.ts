import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const { PI, cos, imul, log, sin, sqrt } = Math;

/**
 * Random numbers of the simulator: the same seed gives the same study in every JavaScript engine
 * that computes log, sin and cos alike. Independent parts draw from `stream(seed, name)`, so that
 * a change of one part (more noise, another tumour) leaves the others as they were.
 */
export interface RandomStream {
  /** In [0, 1). */
  readonly uniform: () => number;
  /** In [from, to). */
  readonly between: (from: number, to: number) => number;
  /** Mean 0, SD 1. */
  readonly normal: () => number;
  /** 32 random bits as a signed integer. */
  readonly bits: () => number;
}

export function stream(seed: number, name: string): RandomStream {
  const generator = xoroshiro128plus(seed ^ hash32(name));
  // Close seeds start close: the first outputs are thrown away.
  for (let i = 0; i < 16; i++) generator.next();

  const bits = () => generator.next();
  const uniform = () => (generator.next() >>> 0) / 4294967296;
  let spare: number | null = null;
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    // Box and Muller 1958; 1 - u is never 0.
    const radius = sqrt(-2 * log(1 - uniform()));
    const angle = 2 * PI * uniform();
    spare = radius * sin(angle);
    return radius * cos(angle);
  };
  return { bits, uniform, normal, between: (from, to) => from + (to - from) * uniform() };
}

/** FNV-1a. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash | 0;
}
