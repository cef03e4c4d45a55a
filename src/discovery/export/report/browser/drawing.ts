import { badge, element, named } from './dom.js';
import type { Way } from './report-engine.js';

/** A way as boxes with arrows between them: a list, so that it is read in its order. */
export function drawing(person: readonly [kind: string, name: string], way: Way): HTMLElement {
  const { places, levels, names, bypass, certain, blocked } = way;
  const isOff = blocked !== undefined || !certain;
  return element(
    'div',
    { class: isOff ? 'way off' : 'way' },
    element(
      'ol',
      { class: 'path' },
      element('li', {}, box(...person)),
      ...places.map(({ relation, kind, name }) =>
        element('li', {}, element('span', { class: 'relation' }, relation), ' ', box(kind, name)),
      ),
    ),
    element(
      'p',
      { class: 'levels' },
      ...levels.map((level) => badge(level)),
      ...(bypass ? [badge('as an administrator', 'warn')] : []),
      ...(certain ? [] : [badge('not certain', 'warn')]),
      ...(blocked === undefined ? [] : [badge('of no use', 'bad')]),
      element('span', { class: 'quiet' }, [names.join(', '), blocked].filter(Boolean).join(' · ')),
    ),
  );
}

function box(kind: string, name: string): HTMLElement {
  return element('span', { class: 'box' }, ...(kind === '' ? [] : [element('small', {}, kind), ' ']), named(name));
}
