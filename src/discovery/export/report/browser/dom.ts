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

/** Words about something by its name, which is kept apart: one that is written from the right moves no word beside it. */
export function about(words: string, name: string, ...more: readonly (Node | string)[]): HTMLSpanElement {
  return element('span', {}, `${words} `, element('bdi', {}, name), ...more);
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
