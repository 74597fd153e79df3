import type { ReactNode } from 'react';

export interface TableData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A table whose rows begin with their heading. */
export function DataTable({ caption, columns, rows }: TableData & { readonly caption: string }) {
  return (
    <TableFrame caption={caption} columns={columns}>
      {rows.map(([head, ...cells], row) => (
        <tr key={row}>
          <th scope="row">{head}</th>
          {cells.map((cell, column) => (
            <td key={column}>{cell}</td>
          ))}
        </tr>
      ))}
    </TableFrame>
  );
}

export interface TableFrameProps {
  readonly caption: string;
  readonly columns: readonly string[];
  /** Rows. */
  readonly children: ReactNode;
}

/** Caption and column headings; scrolls sideways where the page is narrow. */
export function TableFrame({ caption, columns, children }: TableFrameProps) {
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
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
