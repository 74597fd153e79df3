/** PyRadiomics' image types and the names of the images that each of them gives. */

export const IMAGE_TYPES = [
  'Original',
  'Wavelet',
  'LoG',
  'Square',
  'SquareRoot',
  'Logarithm',
  'Exponential',
  'Gradient',
  'LBP2D',
  'LBP3D',
] as const;

export type ImageType = (typeof IMAGE_TYPES)[number];

export function isImageType(name: string): name is ImageType {
  return IMAGE_TYPES.some((type) => type === name);
}

/** Width of a Gaussian, and the text that the image's name is made of: "2.0" or "2". */
export interface Sigma {
  readonly mm: number;
  readonly text: string;
}

/** The settings that decide which images there are. */
export interface ImageNameSettings {
  readonly sigma: readonly Sigma[];
  readonly start_level: number;
  readonly level: number;
  readonly force2D: boolean;
  readonly lbp3DLevels: number;
}

/** Names in the order of a PyRadiomics result. */
export function imageNames(type: ImageType, settings: ImageNameSettings): string[] {
  switch (type) {
    case 'Wavelet':
      return waveletNames(settings);
    case 'LoG':
      return settings.sigma.map(logName);
    case 'LBP2D':
      return ['lbp-2D'];
    case 'LBP3D':
      return [
        ...Array.from({ length: settings.lbp3DLevels }, (_, i) => `lbp-3D-m${i + 1}`),
        'lbp-3D-k',
      ];
    default:
      return [type.toLowerCase()];
  }
}

export function logName({ text }: Sigma): string {
  return `log-sigma-${text.replace('.', '-')}-mm-3D`;
}

/** First letter: x axis. The approximation (L only) of the last level comes last. */
function waveletNames({ level, force2D }: ImageNameSettings): string[] {
  const axes = force2D ? 2 : 3;
  const bands = Array.from({ length: 2 ** axes - 1 }, (_, i) =>
    (i + 1).toString(2).padStart(axes, '0').replaceAll('0', 'L').replaceAll('1', 'H'),
  );
  const prefix = (l: number): string => (l === 1 ? 'wavelet' : `wavelet${l}`);
  const details = Array.from({ length: level }, (_, i) =>
    bands.map((band) => `${prefix(i + 1)}-${band}`),
  ).flat();
  return [...details, `${prefix(level)}-${'L'.repeat(axes)}`];
}
