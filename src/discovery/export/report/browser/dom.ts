/** Makes an element. Text is only ever set as text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A name, kept apart: one that is written from the right moves no word beside it. */
export function named(name: string): HTMLElement {
  return element('bdi', {}, name);
}

/** A button that acts. */
export function button(
  label: Node | string,
  act: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** A labelled field. */
export function labelled(label: string, field: HTMLElement): HTMLLabelElement {
  return element('label', {}, `${label} `, field);
}

/** A word that stands out. The kind chooses the colour, and says nothing that the word does not. */
export function badge(text: string, kind = ''): HTMLElement {
  return element('span', { class: `badge ${kind}` }, text);
}

const COLOURS = new Map([
  ['critical', 'bad'],
  ['high', 'bad'],
  ['medium', 'warn'],
  ['not known', 'warn'],
  ['yes', 'good'],
]);

/** A verdict or a severity, in the colour that goes with it. */
export function coloured(word: string): HTMLElement {
  return badge(word, COLOURS.get(word));
}

let ids = 0;

/** An id that nothing else on the page has. */
export function freshId(): string {
  ids += 1;
  return `r${String(ids)}`;
}

/** A number as people write it. */
export function counted(count: number): string {
  return count.toLocaleString('en');
}

/** Longer lists are cut, for nobody reads them and a page with them is slow. */
const SHOWN = 100;

/** A list that opens, with its length. */
export function folded(title: string, texts: readonly string[]): HTMLElement {
  const more = texts.length - SHOWN;
  return element(
    'details',
    {},
    element('summary', {}, `${title} (${counted(texts.length)})`),
    element('ul', {}, ...texts.slice(0, SHOWN).map((text) => element('li', {}, text))),
    ...(more > 0 ? [element('p', {}, `… and ${counted(more)} more`)] : []),
  );
}
