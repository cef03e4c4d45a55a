import { badge, counted, element, freshId, named } from './dom.js';

/** Something that can be found. */
export interface Findable {
  readonly label: string;
  readonly kind: string;
  readonly detail: string;
  /** Found by it too, and not shown. */
  readonly id: string;
  readonly open: () => void;
}

const SHOWN = 20;

/** A field that suggests what matches, as the combobox pattern has it: arrows move, Enter opens, Escape closes. */
export function searchField(items: readonly Findable[], label: string): HTMLElement {
  const texts = items.map((item) => folded(`${item.label} ${item.detail} ${item.id} ${item.kind}`));
  const [listId, inputId] = [freshId(), freshId()];
  const input = element('input', {
    id: inputId,
    role: 'combobox',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': listId,
  });
  const list = element('ul', { id: listId, role: 'listbox', 'aria-label': label, hidden: '' });
  const status = element('p', { role: 'status', class: 'quiet' });
  let found: readonly Findable[] = [];
  let active = -1;

  function find(): void {
    const needle = folded(input.value.trim());
    const matches = needle === '' ? [] : items.filter((_, index) => texts[index]?.includes(needle) === true);
    const early = matches.filter((item) => folded(item.label).startsWith(needle));
    found = [...new Set([...early, ...matches])].slice(0, SHOWN);
    const more = matches.length > SHOWN ? `, the first ${String(SHOWN)} are shown` : '';
    status.textContent = needle === '' ? '' : `${counted(matches.length)} found${more}`;
    active = -1;
    draw();
  }

  function draw(): void {
    list.replaceChildren(
      ...found.map((item, index) => {
        const option = element(
          'li',
          { role: 'option', id: `${listId}-${String(index)}`, 'aria-selected': String(index === active) },
          element('b', {}, named(item.label)),
          ' ',
          element('span', {}, named(item.detail)),
          ' ',
          badge(item.kind),
        );
        option.addEventListener('mousedown', (event) => {
          event.preventDefault();
          open(index);
        });
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${listId}-${String(active)}`);
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  function open(index: number): void {
    const item = found[index];
    if (item === undefined) return;
    close();
    input.value = item.label;
    status.textContent = '';
    item.open();
  }

  function close(): void {
    found = [];
    active = -1;
    draw();
  }

  input.addEventListener('input', find);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const { length } = found;
    if (event.key === 'ArrowDown' && length === 0) find();
    else if (event.key === 'ArrowDown') active = (active + 1) % length;
    else if (event.key === 'ArrowUp' && length > 0) active = (Math.max(active, 0) + length - 1) % length;
    else if (event.key === 'Enter') open(Math.max(active, 0));
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    if (found.length > 0) draw();
  });
  return element('div', { class: 'search' }, element('label', { for: inputId }, label), input, list, status);
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
