import { useId } from 'react';
import { css, HABITAT_COLOURS, UNASSIGNED_COLOUR } from './habitatColours';

const WIDTH = 320;
const HEIGHT = 22;
/** Narrower parts carry no number: it would not fit. */
const NARROWEST_WITH_NUMBER = 16;
const GAP = 1.5;

export interface CompositionBarProps {
  readonly habitats: readonly { readonly name: string; readonly fraction: number }[];
}

/** Shares of the tumour, left to right in the order of the numbers; the rest belongs to no habitat. */
export function CompositionBar({ habitats }: CompositionBarProps) {
  const id = useId();
  const parts = layOut(habitats.map(({ fraction }) => fraction));
  return (
    <svg
      className="sts-composition"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
    >
      <title id={`${id}-title`}>Composition of the tumour</title>
      <desc id={`${id}-description`}>{describe(habitats)}</desc>
      {parts.map(({ x, width, index }) => {
        const colour = HABITAT_COLOURS[index] ?? UNASSIGNED_COLOUR;
        return (
          <g key={index}>
            <rect
              x={x}
              width={Math.max(0, width - GAP)}
              height={HEIGHT}
              rx={2}
              fill={css(colour)}
            />
            {width >= NARROWEST_WITH_NUMBER && index < habitats.length && (
              <text x={x + (width - GAP) / 2} y={HEIGHT / 2} fill={colour.ink}>
                {index + 1}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface Part {
  readonly index: number;
  readonly x: number;
  readonly width: number;
}

function layOut(fractions: readonly number[]): readonly Part[] {
  const assigned = fractions.reduce((sum, fraction) => sum + fraction, 0);
  const parts: Part[] = [];
  let x = 0;
  for (const [index, fraction] of [...fractions, Math.max(0, 1 - assigned)].entries()) {
    const width = fraction * WIDTH;
    if (width > 0) parts.push({ index, x, width });
    x += width;
  }
  return parts;
}

function describe(habitats: CompositionBarProps['habitats']): string {
  return habitats
    .map(({ name, fraction }, index) => `Habitat ${index + 1}, ${name}: ${percent(fraction)}`)
    .join('; ');
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}
