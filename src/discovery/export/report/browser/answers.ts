import type { ReportResource } from '../report-format.js';
import { badge, button, coloured, counted, element, folded, named } from './dom.js';
import { drawing } from './drawing.js';
import {
  type Answer,
  type Held,
  type HolderOn,
  levelsOf,
  type PersonOn,
  type ReportEngine,
  VERDICTS,
  type Way,
} from './report-engine.js';
import { type Column, table } from './table.js';

/** The answers of the report: what a person reaches, who reaches a resource, and the paths between them. */
export class Answers {
  readonly #engine: ReportEngine;
  readonly #place: HTMLElement;

  /** `place` is where an answer is shown. */
  constructor(engine: ReportEngine, place: HTMLElement) {
    this.#engine = engine;
    this.#place = place;
  }

  /** Shows what a person reaches. */
  person(person: number): void {
    const [name = '', email = '', accountId = '', kind = '', external, , blocked = []] =
      this.#engine.data.people[person] ?? [];
    const held = this.#engine.heldBy(person);
    const rows = this.#engine.data.resources
      .map((resource): readonly [ReportResource, Answer] => [resource, this.#engine.answer(person, resource, held)])
      .filter(([, { verdict }]) => verdict !== 'no');
    const paths = element('div');

    this.#show(
      ['What ', name, ' reaches'],
      details(email, accountId, kind, external === 'yes' ? 'external' : ''),
      ...blocked.map(([product, because]) =>
        notice(`${this.#engine.data.products[product] ?? ''}: ${this.#engine.text(because)}`),
      ),
      table(
        'Resources that are reached, or of which it is not known',
        [
          { name: 'Resource', value: ([resource]) => resource[1] },
          { name: 'Key', value: ([resource]) => resource[2] },
          { name: 'Kind', value: ([resource]) => resource[0], choices: this.#engine.kinds },
          {
            name: 'Reached',
            value: ([, { verdict }]) => verdict,
            cell: ([, { verdict }]) => coloured(verdict),
            choices: ['yes', 'not known'],
          },
          levels<(typeof rows)[number]>(([, { certain }]) => certain),
        ],
        rows,
        {
          column: 0,
          label: ([resource]) => `Paths to ${resource[1]}`,
          act: ([resource, found], opener) => this.#drawPaths(paths, person, resource, held, found, opener),
        },
      ),
      paths,
    );
  }

  /** Shows who reaches a resource. */
  resource(resource: ReportResource): void {
    const [kind, name, key, , , , , onlyRead] = resource;
    const holders = this.#engine.holdersOn(resource);
    const open = this.#engine.openOn(resource);
    const paths = element('div');
    const labelOf = ({ holder }: HolderOn) => titled(this.#engine.nodeOf(holder));

    this.#show(
      ['Who reaches ', name, ''],
      details(kind, key),
      ...(onlyRead < 0 ? [] : [notice(this.#engine.text(onlyRead))]),
      ...holders
        .filter(({ holder }) => this.#engine.isOpen(holder))
        .map((on) =>
          notice('Open to: ', named(labelOf(on)), ` (${on.mask === 0 ? 'not certain' : levelsOf(on.mask).join(', ')})`),
        ),
      open.length === 0
        ? element('p', {}, 'Nothing is left open: all of it was read.')
        : folded('What leaves it open who else does', open),
      table(
        'Holders',
        [
          { name: 'Holder', value: labelOf },
          levels<HolderOn>(({ mask }) => mask),
          {
            name: 'Certain',
            value: ({ maybe, mask }) => ((maybe & ~mask) === 0 ? 'yes' : mask === 0 ? 'no' : 'in part'),
            choices: ['yes', 'in part', 'no'],
          },
          { name: 'What is held', value: ({ names }) => this.#engine.texts(names).join(', ') },
          { name: 'Through', value: (on) => this.#engine.through(on).map(titled).join(', ') },
          {
            name: 'People',
            value: ({ holder }) => this.#engine.memberCount(holder) ?? -1,
            show: ({ holder }) => this.#membersText(holder),
          },
        ],
        holders,
      ),
      table(
        'People who hold something in person, by groups or by roles',
        [
          { name: 'Name', value: ({ person }) => this.#engine.data.people[person]?.[0] ?? '' },
          { name: 'Email', value: ({ person }) => this.#engine.data.people[person]?.[1] ?? '' },
          { name: 'External', value: ({ person }) => this.#engine.data.people[person]?.[4] ?? '', choices: VERDICTS },
          levels<PersonOn>(({ mask }) => mask),
          {
            name: 'In force',
            value: ({ inForce }) => inForce,
            cell: ({ inForce }) => coloured(inForce),
            choices: VERDICTS,
          },
        ],
        this.#engine.peopleOn(resource),
        {
          column: 0,
          label: ({ person }) => `Paths of ${this.#engine.data.people[person]?.[0] ?? ''}`,
          act: ({ person }, opener) => {
            const held = this.#engine.heldBy(person);
            this.#drawPaths(paths, person, resource, held, this.#engine.answer(person, resource, held), opener);
          },
        },
      ),
      paths,
    );
  }

  /** Shows an answer, and moves to it. */
  #show(words: readonly [string, string, string], ...parts: readonly HTMLElement[]): void {
    const [before, name, after] = words;
    const heading = element('h3', { tabindex: '-1' }, before, named(name), after);
    this.#place.replaceChildren(heading, ...parts);
    this.#place.hidden = false;
    heading.focus();
  }

  #drawPaths(
    place: HTMLElement,
    person: number,
    resource: ReportResource,
    held: Held,
    { verdict, blocked, open }: Answer,
    opener: HTMLElement,
  ): void {
    const [name = '', , , kind] = this.#engine.data.people[person] ?? [];
    const ways = this.#engine.ways(person, resource, held);
    const licence = this.#engine.licence(person, resource, held);
    const heading = element('h4', { tabindex: '-1' }, 'Paths from ', named(name), ' to ', named(resource[1]));
    const back = button('Back to the table', () => {
      place.replaceChildren();
      opener.focus();
    });

    place.replaceChildren(
      heading,
      element(
        'p',
        {},
        'Reached: ',
        coloured(verdict),
        ...(licence === undefined ? [] : [' Licence: ', coloured(licence)]),
      ),
      ...(blocked === undefined ? [] : [notice(`${blocked}: only what is open to everybody is of use.`)]),
      element(
        'ul',
        { class: 'ways' },
        ...ways
          .sort((a, b) => rank(a) - rank(b))
          .map((way) => element('li', {}, drawing([kind === 'app' ? 'app' : 'person', name], way))),
      ),
      ...(open.length === 0 ? [] : [folded('What is not known', [...new Set(this.#engine.texts(open))])]),
      element(
        'p',
        { class: 'tools' },
        back,
        button(element('span', {}, 'All that ', named(name), ' reaches'), () => this.person(person)),
        button(element('span', {}, 'All who reach ', named(resource[1])), () => this.resource(resource)),
      ),
    );
    heading.focus();
  }

  #membersText(holder: number): string {
    const count = this.#engine.memberCount(holder);
    if (count !== undefined) return counted(count);
    return this.#engine.isOpen(holder) ? 'everybody' : 'not known';
  }
}

function levelBadges(mask: number): HTMLElement {
  return element('span', { class: 'levels' }, ...levelsOf(mask).map((level) => badge(level)));
}

function levels<Row>(maskOf: (row: Row) => number): Column<Row> {
  return {
    name: 'Levels',
    value: (row) => levelsOf(maskOf(row)).join(', '),
    cell: (row) => levelBadges(maskOf(row)),
  };
}

function details(...texts: readonly string[]): HTMLElement {
  const parts = texts.filter(Boolean).flatMap((text, index) => [...(index > 0 ? [' · '] : []), named(text)]);
  return element('p', { class: 'quiet' }, ...parts);
}

function notice(...parts: readonly (Node | string)[]): HTMLElement {
  return element('p', { class: 'notice' }, ...parts);
}

function titled([kind, name]: readonly [kind: string, name: string]): string {
  return kind === '' ? name : `${name} (${kind})`;
}

/** What is of use first, then what may be. */
function rank({ blocked, certain }: Way): number {
  if (blocked !== undefined) return 2;
  return certain ? 0 : 1;
}
