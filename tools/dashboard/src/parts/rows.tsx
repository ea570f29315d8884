// A table that stays one for who hears it, and on a narrow screen a list of cards for who sees it.
import type { ComponentChildren } from "preact";

export interface Column<T> {
  key: string;
  title: string;
  show: (row: T) => ComponentChildren;
  isNumber?: boolean;
  isShort?: boolean; // its words stay on one line
  canSort?: boolean;
}
export interface Sorting {
  key: string;
  isDown: boolean;
  sortBy: (key: string) => void;
}

interface RowsProps<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowClass?: (row: T) => string;
  sorting?: Sorting;
  isBusy?: boolean;
}

export function Rows<T>(props: RowsProps<T>) {
  const { caption, columns, rows, rowKey, rowClass, sorting, isBusy } = props;
  return (
    <table class="utrecht-table rows" role="table" aria-busy={isBusy ?? false}>
      <caption class="utrecht-table__caption">{caption}</caption>
      <thead class="utrecht-table__header" role="rowgroup">
        <tr role="row">
          {columns.map((column) => <Head key={column.key} column={column} sorting={sorting} />)}
        </tr>
      </thead>
      <tbody class="utrecht-table__body" role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" class={`utrecht-table__row ${rowClass?.(row) ?? ""}`}>
            {columns.map((column, index) => {
              const form = `utrecht-table__cell${column.isNumber ? " number" : ""}`
                + (column.isShort ? " short" : "");
              const shown = column.show(row);
              return index === 0
                ? <th key={column.key} scope="row" role="rowheader" class={form}
                      data-title={column.title}>{shown}</th>
                : <td key={column.key} role="cell" class={form}
                      data-title={column.title}>{shown}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps<T> {
  column: Column<T>;
  sorting: Sorting | undefined;
}

function Head<T>({ column, sorting }: HeadProps<T>) {
  const form = `utrecht-table__header-cell${column.isNumber ? " number" : ""}`;
  if (sorting === undefined || column.canSort !== true) {
    return <th scope="col" role="columnheader" class={form}>{column.title}</th>;
  }
  const isSorted = sorting.key === column.key;
  const order = isSorted ? (sorting.isDown ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" role="columnheader" class={form} aria-sort={order}>
      <button type="button" class="sort" onClick={() => sorting.sortBy(column.key)}>
        {column.title}
        <span aria-hidden="true">{isSorted ? (sorting.isDown ? " ▼" : " ▲") : ""}</span>
      </button>
    </th>
  );
}
