import { button, counted, element, freshId, labelled } from './dom.js';

/** A column. What is sorted by a number is shown by `show`, and what is more than its text by `cell`. */
export interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | number;
  readonly show?: (row: Row) => string;
  readonly cell?: (row: Row) => Node;
  /** The values that the column has, to choose one of them. */
  readonly choices?: readonly string[];
}

/** What opens from a row, by a button that is the text of one of its cells. */
export interface RowAction<Row> {
  readonly column: number;
  /** What it does, with the text of the cell in it; empty where that says enough. A row without one has no button. */
  readonly label: (row: Row) => string | undefined;
  readonly act: (row: Row, opener: HTMLElement) => void;
}

const PAGE = 50;
/** What goes on paper at most, of one table. */
const PRINTED = 1000;

/** A table that is sorted, filtered and shown page by page: never more than one page is in the document. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  action?: RowAction<Row>,
): HTMLElement {
  const text = (row: Row, column: Column<Row>): string => column.show?.(row) ?? String(column.value(row));
  const chosen = new Map<Column<Row>, string>();
  let needle = '';
  let sorted: { column: Column<Row>; down: boolean } | undefined;
  let page = 0;
  let shown: readonly Row[] = rows;

  const body = element('tbody', { role: 'rowgroup' });
  const status = element('span', { role: 'status', class: 'quiet' });
  const headings = columns.map((column) => {
    const heading = element('th', { scope: 'col', role: 'columnheader' });
    heading.append(
      button(column.name, () => {
        sorted = { column, down: sorted?.column === column && !sorted.down };
        for (const other of headings) other.removeAttribute('aria-sort');
        heading.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
        select();
      }),
    );
    return heading;
  });
  const previous = button('Previous', () => turn(-1));
  const next = button('Next', () => turn(1));

  function select(): void {
    shown = rows.filter(
      (row) =>
        [...chosen].every(([column, value]) => text(row, column) === value) &&
        (needle === '' || columns.some((column) => text(row, column).toLowerCase().includes(needle))),
    );
    if (sorted !== undefined) {
      const { column, down } = sorted;
      shown = [...shown].sort((a, b) => compare(column.value(a), column.value(b)) * (down ? -1 : 1));
    }
    page = 0;
    draw();
  }

  function turn(by: number): void {
    page += by;
    draw();
  }

  function cellOf(row: Row, column: Column<Row>, index: number): HTMLElement {
    const cell = element(
      index === 0 ? 'th' : 'td',
      { 'data-name': column.name, ...(index === 0 ? { scope: 'row', role: 'rowheader' } : { role: 'cell' }) },
      column.cell?.(row) ?? text(row, column),
    );
    const label = action?.column === index ? action.label(row) : undefined;
    if (label === undefined) return cell;
    const opener = button(text(row, column), () => action?.act(row, opener), {
      class: 'link',
      ...(label !== '' && { 'aria-label': label }),
    });
    cell.replaceChildren(opener);
    return cell;
  }

  function draw(from = page * PAGE, count = PAGE): void {
    const visible = shown.slice(from, from + count);
    body.replaceChildren(
      ...visible.map((row) =>
        element('tr', { role: 'row' }, ...columns.map((column, index) => cellOf(row, column, index))),
      ),
    );
    status.textContent =
      shown.length === 0
        ? 'None'
        : `${counted(from + 1)}–${counted(from + visible.length)} of ${counted(shown.length)}`;
    previous.hidden = next.hidden = shown.length <= PAGE;
    previous.disabled = page === 0;
    next.disabled = from + count >= shown.length;
  }

  const filter = element('input', { type: 'search', autocomplete: 'off' });
  filter.addEventListener('input', () => {
    needle = filter.value.trim().toLowerCase();
    select();
  });
  const choosers = columns.flatMap((column) => {
    if (column.choices === undefined) return [];
    const chooser = element(
      'select',
      {},
      ...['', ...column.choices].map((choice) => new Option(choice === '' ? 'all' : choice, choice)),
    );
    chooser.addEventListener('change', () => {
      if (chooser.value === '') chosen.delete(column);
      else chosen.set(column, chooser.value);
      select();
    });
    return [labelled(column.name, chooser)];
  });
  const id = freshId();

  draw();
  const whole = element(
    'div',
    { class: 'table' },
    element('p', { class: 'caption', id }, caption),
    element('div', { class: 'tools' }, labelled('Filter', filter), ...choosers),
    element(
      'div',
      { class: 'scroll', role: 'region', 'aria-labelledby': id, tabindex: '0' },
      element(
        'table',
        { role: 'table', 'aria-labelledby': id },
        element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...headings)),
        body,
      ),
    ),
    element('div', { class: 'pages' }, previous, next, status),
  );
  const onPaper = (draws: () => void) => () => {
    if (whole.isConnected && shown.length > PAGE) draws();
  };
  addEventListener(
    'beforeprint',
    onPaper(() => draw(0, PRINTED)),
  );
  addEventListener(
    'afterprint',
    onPaper(() => draw()),
  );
  return whole;
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : COLLATOR.compare(String(a), String(b));
}
