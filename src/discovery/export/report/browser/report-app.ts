import type { ReportData, ReportResource } from '../report-format.js';
import { badge, button, counted, element, folded, named } from './dom.js';
import { drawing } from './drawing.js';
import { type Answer, type Held, type HolderOn, levelsOf, type PersonOn, ReportEngine } from './report-engine.js';
import { searchField } from './search.js';
import { type Column, table } from './table.js';

const engine = new ReportEngine(JSON.parse(document.getElementById('data')?.textContent ?? '') as ReportData);
const { people, resources, findings, gaps, counts } = engine.data;
const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const KINDS = [...new Set(resources.map(([kind]) => kind))];
const OUTSIDE = ['yes', 'no', 'not known'];
const COLOURS = new Map([
  ['critical', 'bad'],
  ['high', 'bad'],
  ['medium', 'warn'],
  ['not known', 'warn'],
  ['yes', 'good'],
]);

const answer = put('answer');
put('search').append(
  searchField(
    [
      ...people.map(([label, email, id, kind], person) => ({
        label,
        kind: kind === 'app' ? 'app' : 'person',
        detail: email,
        id,
        open: () => showPerson(person),
      })),
      ...resources.map((resource) => ({
        label: resource[1],
        kind: resource[0],
        detail: resource[2],
        id: '',
        open: () => showResource(resource),
      })),
    ],
    'Search a person or a resource',
  ),
);
put('findings').append(
  table(
    'Findings',
    [
      {
        name: 'Severity',
        value: ([severity]) => severity,
        show: ([severity]) => SEVERITIES[severity] ?? '',
        cell: ([severity]) => coloured(SEVERITIES[severity] ?? ''),
        choices: SEVERITIES,
      },
      { name: 'Kind', value: ([, kind]) => kind, choices: [...new Set(findings.map(([, kind]) => kind))].sort() },
      { name: 'What was found', value: ([, , message]) => message },
      { name: 'Certain', value: ([, , , certain]) => (certain === 1 ? 'yes' : 'no'), choices: ['yes', 'no'] },
    ],
    findings,
    {
      column: 2,
      label: ([, , , , person, resource]) => (person < 0 && resource < 0 ? undefined : ''),
      act: ([, , , , person, resource]) => {
        const found = resources[resource];
        if (person >= 0) showPerson(person);
        else if (found !== undefined) showResource(found);
      },
    },
  ),
);
put('people').append(
  table(
    'People and apps',
    [
      { name: 'Name', value: ([, name]) => name[0] },
      { name: 'Email', value: ([, person]) => person[1] },
      { name: 'Kind', value: ([, person]) => person[3] },
      { name: 'External', value: ([, person]) => person[4], choices: OUTSIDE },
      {
        name: 'Blocked',
        value: ([, person]) => [...new Set(engine.texts(person[6].map(([, text]) => text)))].join('; '),
      },
    ],
    people.map((person, index) => [index, person] as const),
    { column: 0, label: ([, [name]]) => `Access of ${name}`, act: ([person]) => showPerson(person) },
  ),
);
put('resources').append(
  table(
    'Resources',
    [
      { name: 'Name', value: (resource) => resource[1] },
      { name: 'Key', value: (resource) => resource[2] },
      { name: 'Kind', value: (resource) => resource[0], choices: KINDS },
      { name: 'Open questions', value: (resource) => engine.openOn(resource).length },
    ],
    resources,
    { column: 0, label: (resource) => `Who reaches ${resource[1]}`, act: showResource },
  ),
);
put('gaps').append(
  table(
    'What was not read',
    [
      { name: 'Product', value: (gap) => gap[0] },
      { name: 'Part', value: (gap) => gap[1] },
      { name: 'Reason', value: (gap) => gap[2], choices: [...new Set(gaps.map((gap) => gap[2]))].sort() },
      { name: 'What happened', value: (gap) => gap[3] },
      { name: 'What to do', value: (gap) => gap[4] },
    ],
    gaps,
  ),
);
put('counts').append(
  table(
    'What was read',
    [
      { name: 'Kind', value: ([label]) => label },
      { name: 'Number', value: ([, count]) => count, show: ([, count]) => counted(count) },
    ],
    counts.filter(([, count]) => count > 0),
  ),
);

function put(id: string): HTMLElement {
  const place = document.getElementById(id);
  if (place === null) throw new Error(`There is no #${id}`);
  return place;
}

function coloured(word: string): HTMLElement {
  return badge(word, COLOURS.get(word));
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

/** Shows an answer, and moves to it. */
function show(words: readonly [string, string, string], ...parts: readonly HTMLElement[]): void {
  const [before, name, after] = words;
  const heading = element('h3', { tabindex: '-1' }, before, named(name), after);
  answer.replaceChildren(heading, ...parts);
  answer.hidden = false;
  heading.focus();
}

function showPerson(person: number): void {
  const [name = '', email = '', accountId = '', kind = '', external, , blocked = []] = people[person] ?? [];
  const held = engine.heldBy(person);
  const rows = resources
    .map((resource): readonly [ReportResource, Answer] => [resource, engine.answer(person, resource, held)])
    .filter(([, { verdict }]) => verdict !== 'no');
  const paths = element('div');

  show(
    ['What ', name, ' reaches'],
    details(email, accountId, kind, external === 'yes' ? 'external' : ''),
    ...blocked.map(([product, because]) => notice(`${engine.data.products[product] ?? ''}: ${engine.text(because)}`)),
    table(
      'Resources that are reached, or of which it is not known',
      [
        { name: 'Resource', value: ([resource]) => resource[1] },
        { name: 'Key', value: ([resource]) => resource[2] },
        { name: 'Kind', value: ([resource]) => resource[0], choices: KINDS },
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
        act: ([resource, found], opener) => drawPaths(paths, person, resource, held, found, opener),
      },
    ),
    paths,
  );
}

function showResource(resource: ReportResource): void {
  const [kind, name, key, , , , , onlyRead] = resource;
  const holders = engine.holdersOn(resource);
  const open = engine.openOn(resource);
  const paths = element('div');
  const labelOf = ({ holder }: HolderOn) => titled(engine.nodeOf(holder));

  show(
    ['Who reaches ', name, ''],
    details(kind, key),
    ...(onlyRead < 0 ? [] : [notice(engine.text(onlyRead))]),
    ...holders
      .filter(({ holder }) => engine.isOpen(holder))
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
        { name: 'What is held', value: ({ names }) => engine.texts(names).join(', ') },
        { name: 'Through', value: (on) => engine.through(on).map(titled).join(', ') },
        {
          name: 'People',
          value: ({ holder }) => engine.memberCount(holder) ?? -1,
          show: ({ holder }) => membersText(holder),
        },
      ],
      holders,
    ),
    table(
      'People who hold something in person, by groups or by roles',
      [
        { name: 'Name', value: ({ person }) => people[person]?.[0] ?? '' },
        { name: 'Email', value: ({ person }) => people[person]?.[1] ?? '' },
        { name: 'External', value: ({ person }) => people[person]?.[4] ?? '', choices: OUTSIDE },
        levels<PersonOn>(({ mask }) => mask),
        {
          name: 'In force',
          value: ({ inForce }) => inForce,
          cell: ({ inForce }) => coloured(inForce),
          choices: OUTSIDE,
        },
      ],
      engine.peopleOn(resource),
      {
        column: 0,
        label: ({ person }) => `Paths of ${people[person]?.[0] ?? ''}`,
        act: ({ person }, opener) => {
          const held = engine.heldBy(person);
          drawPaths(paths, person, resource, held, engine.answer(person, resource, held), opener);
        },
      },
    ),
    paths,
  );
}

function titled([kind, name]: readonly [kind: string, name: string]): string {
  return kind === '' ? name : `${name} (${kind})`;
}

function membersText(holder: number): string {
  const count = engine.memberCount(holder);
  if (count !== undefined) return counted(count);
  return engine.isOpen(holder) ? 'everybody' : 'not known';
}

function drawPaths(
  place: HTMLElement,
  person: number,
  resource: ReportResource,
  held: Held,
  { verdict, blocked, open }: Answer,
  opener: HTMLElement,
): void {
  const [name = '', , , kind] = people[person] ?? [];
  const ways = engine.ways(person, resource, held);
  const licence = engine.licence(person, resource, held);
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
    ...(open.length === 0 ? [] : [folded('What is not known', [...new Set(engine.texts(open))])]),
    element(
      'p',
      { class: 'tools' },
      back,
      button(element('span', {}, 'All that ', named(name), ' reaches'), () => showPerson(person)),
      button(element('span', {}, 'All who reach ', named(resource[1])), () => showResource(resource)),
    ),
  );
  heading.focus();
}

/** What is of use first, then what may be. */
function rank({ blocked, certain }: ReturnType<typeof engine.ways>[number]): number {
  if (blocked !== undefined) return 2;
  return certain ? 0 : 1;
}
