import { button, counted, element, freshId, labelled } from './dom.js';

/** A column. What is sorted by a number is shown by `show`. */
export interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | number;
  readonly show?: (row: Row) => string;
  /** The values that the column has, to choose one of them. */
  readonly choices?: readonly string[];
}

/** What can be done with a row. */
export interface RowAction<Row> {
  readonly label: (row: Row) => Node;
  readonly act: (row: Row, opener: HTMLElement) => void;
}

const PAGE = 50;

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

  const body = element('tbody');
  const status = element('span', { role: 'status' });
  const headings = columns.map((column) => {
    const heading = element('th', { scope: 'col' });
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

  function draw(): void {
    const from = page * PAGE;
    const visible = shown.slice(from, from + PAGE);
    body.replaceChildren(
      ...visible.map((row) => {
        const cells = columns.map((column, index) =>
          element(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row' } : {}, text(row, column)),
        );
        if (action !== undefined) {
          const opener = button(action.label(row), () => action.act(row, opener));
          cells.push(element('td', {}, opener));
        }
        return element('tr', {}, ...cells);
      }),
    );
    status.textContent =
      shown.length === 0
        ? 'None'
        : `${counted(from + 1)}–${counted(from + visible.length)} of ${counted(shown.length)}`;
    previous.disabled = page === 0;
    next.disabled = from + PAGE >= shown.length;
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
  const actionHeading = action === undefined ? [] : [element('td')];
  const id = freshId();

  draw();
  return element(
    'div',
    { class: 'table' },
    element('div', { class: 'tools' }, labelled('Filter', filter), ...choosers),
    element(
      'div',
      { class: 'scroll', role: 'region', 'aria-labelledby': id, tabindex: '0' },
      element(
        'table',
        {},
        element('caption', { id }, caption),
        element('thead', {}, element('tr', {}, ...headings, ...actionHeading)),
        body,
      ),
    ),
    element('div', { class: 'tools' }, previous, next, status),
  );
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : COLLATOR.compare(String(a), String(b));
}
