import { useId, type ReactNode } from 'react';

export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface ChartFigureProps {
  readonly title: string;
  /** One or two sentences that say what the picture shows. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly table: ChartTable;
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

export function DataTable({ caption, columns, rows }: ChartTable & { readonly caption: string }) {
  return (
    <div className="sts-table">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{head}</th>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
