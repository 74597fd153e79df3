import type { Vec3 } from '../src/volume/volume';
import { crossing, gradientNoise } from './noise';
import { stream } from './random';
import type { TumourShape } from './tumourShape';

const { exp, floor, max, min } = Math;

/** Signal of habitats 1 to 3 (low/low, high/high, medium/medium) and their share of the tumour. */
export interface HabitatSettings {
  /** Fractions of habitats 1, 2, 3; they sum to 1. */
  readonly fractions: Vec3;
  readonly t2: Vec3;
  readonly ce: Vec3;
  /** Relative SD of the signal inside a habitat. */
  readonly texture: number;
  /**
   * Length scale of the habitats, mm. A continuous field is cut into three, so habitat 3 lies as a
   * shell between 1 and 2, about a quarter of this thick: keep it above the slices' thickness.
   */
  readonly patchMm: number;
}

export interface TumourTissue {
  /** 1, 2 or 3. */
  readonly habitatAt: (p: Vec3, inside: number) => 1 | 2 | 3;
  /** Signal at a point `inside` mm below the surface. */
  readonly signalAt: (p: Vec3, inside: number, out: { t2: number; ce: number }) => void;
}

/**
 * One latent field says how viable the tumour is: enhancing rim and nodules, patches, fibrous septa.
 * Its quantiles give the habitats, a staircase with narrow soft steps over the same thresholds gives
 * the signal. What is finer than a slice is texture of the signal, not another habitat
 * (docs/decisions/0020-simulated-habitats.md).
 * @param samples points inside the tumour, each with its depth, over which the fractions hold.
 */
export function tumourTissue(
  seed: number,
  shape: TumourShape,
  settings: HabitatSettings,
  samples: readonly { readonly p: Vec3; readonly inside: number }[],
): TumourTissue {
  const random = stream(seed, 'tumour tissue');
  const patches = gradientNoise(random);
  const septa = gradientNoise(random);
  const texture = gradientNoise(random);
  const s = settings.patchMm;
  const radius = shape.diameterMm / 2;
  const nodules = Array.from({ length: 5 }, () => ({
    p: shape.centre.map((c, i) => c + radius * random.between(-0.8, 0.8) * (i === 2 ? 1.1 : 0.8)),
    size: radius * random.between(0.16, 0.34),
    height: random.between(0.5, 1) * (random.uniform() < 0.7 ? 1 : -1),
  }));

  const latent = ([u, v, w]: Vec3, inside: number): number => {
    const qu = u + 0.35 * s * septa(u / s, v / s, w / s);
    const qv = v + 0.35 * s * septa(u / s + 40, v / s, w / s);
    let value =
      1.25 * patches(qu / s, qv / s, w / (1.3 * s)) +
      0.3 * patches((2.3 * qu) / s, (2.3 * qv) / s + 17, (1.9 * w) / s);
    value += 0.4 * exp(-inside / (0.16 * radius));
    for (const n of nodules) {
      const d2 = (u - n.p[0]) ** 2 + (v - n.p[1]) ** 2 + (w - n.p[2]) ** 2;
      if (d2 < 9 * n.size * n.size) value += n.height * exp(-d2 / (n.size * n.size));
    }
    const septum = crossing(septa(qu / s + 9, qv / s, w / (1.4 * s)), 0.13);
    return value - 0.25 * septum * max(0, 0.5 + 1.5 * septa(u / s, v / s + 77, w / s));
  };

  const values = Float64Array.from(samples, ({ p, inside }) => latent(p, inside)).sort();
  const quantile = (share: number) =>
    share <= 0
      ? -Infinity
      : share >= 1
        ? Infinity
        : values[min(values.length - 1, floor(share * values.length))];
  const [low, high] = settings.fractions;
  const lowEnd = quantile(low);
  const highStart = quantile(1 - high);
  const spread = quantile(0.9) - quantile(0.1);
  const width = 0.02 * (Number.isFinite(spread) ? spread : 1);

  return {
    habitatAt: (p, inside) => {
      const value = latent(p, inside);
      return value < lowEnd ? 1 : value >= highStart ? 2 : 3;
    },
    signalAt: (p, inside, out) => {
      const value = latent(p, inside);
      const aboveLow = logistic((value - lowEnd) / width);
      const aboveHigh = logistic((value - highStart) / width);
      const { t2, ce } = settings;
      const [u, v, w] = p;
      const shared = texture(u / 3.1, v / 3.1, w / 4);
      const ownT2 = texture(u / 5.5 + 70, v / 5.5, w / 6) + 0.7 * texture(u / 1.9, v / 1.9, w / 3);
      const ownCe =
        texture(u / 6.5, v / 6.5 + 70, w / 7) + 0.7 * texture(u / 2.1, v / 2.1 + 30, w / 3);
      // Gradient noise has an SD of about 0.3.
      const scale = settings.texture / 0.3;
      out.t2 =
        (t2[0] + aboveLow * (t2[2] - t2[0]) + aboveHigh * (t2[1] - t2[2])) *
        (1 + scale * (0.4 * shared + 0.6 * ownT2));
      out.ce =
        (ce[0] + aboveLow * (ce[2] - ce[0]) + aboveHigh * (ce[1] - ce[2])) *
        (1 + scale * (0.4 * shared + 0.6 * ownCe));
    },
  };
}

function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}
