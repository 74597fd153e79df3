import { useId, type ReactNode } from 'react';
import { DataTable, type TableData } from './DataTable';

export interface ChartFigureProps {
  readonly title: string;
  /** One or two sentences that say what the picture shows. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly table: TableData;
  readonly children: ReactNode;
}

/** A chart with its title, its description and the same numbers as a table. */
export function ChartFigure(props: ChartFigureProps) {
  const id = useId();
  return (
    <figure className="sts-chart">
      <figcaption>{props.title}</figcaption>
      <svg
        viewBox={`0 0 ${props.width} ${props.height}`}
        role="img"
        aria-labelledby={`${id}-title ${id}-description`}
        fontSize={12}
        fill="currentColor"
      >
        <title id={`${id}-title`}>{props.title}</title>
        <desc id={`${id}-description`}>{props.description}</desc>
        {props.children}
      </svg>
      <details>
        <summary>Show as table</summary>
        <DataTable caption={props.title} {...props.table} />
      </details>
    </figure>
  );
}
