import type { ReportData, ReportResource } from '../report-format.js';
import { about, counted, element } from './dom.js';
import { levelsOf, ReportEngine, withRest, type Answer, type Way } from './report-engine.js';
import { searchField } from './search.js';
import { table } from './table.js';

const engine = new ReportEngine(JSON.parse(document.getElementById('data')?.textContent ?? '') as ReportData);
const { people, resources, findings, gaps, counts } = engine.data;
const SEVERITIES = ['critical', 'high', 'medium', 'low'];

const answer = put('answer');
put('search').append(
  searchField(
    [
      ...people.map(([name, email, , kind], person) => ({
        label: name,
        detail: [email, kind === 'app' ? 'app' : 'person'].filter(Boolean).join(', '),
        open: () => showPerson(person),
      })),
      ...resources.map((resource) => ({
        label: resource[1],
        detail: [resource[2], resource[0]].filter(Boolean).join(', '),
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
        choices: SEVERITIES,
      },
      { name: 'Kind', value: ([, kind]) => kind, choices: [...new Set(findings.map(([, kind]) => kind))].sort() },
      { name: 'What was found', value: ([, , message]) => message },
      { name: 'Certain', value: ([, , , certain]) => (certain === 1 ? 'yes' : 'no'), choices: ['yes', 'no'] },
    ],
    findings,
  ),
);
put('people').append(
  table(
    'People and apps',
    [
      { name: 'Name', value: ([, name]) => name[0] },
      { name: 'Email', value: ([, person]) => person[1] },
      { name: 'Kind', value: ([, person]) => person[3] },
      { name: 'External', value: ([, person]) => person[4], choices: ['yes', 'no', 'not known'] },
      {
        name: 'Blocked',
        value: ([, person]) => [...new Set(person[6].map(([, text]) => engine.text(text)))].join('; '),
      },
    ],
    people.map((person, index) => [index, person] as const),
    { label: ([, [name]]) => about('Access of', name), act: ([person]) => showPerson(person) },
  ),
);
put('resources').append(
  table(
    'Resources',
    [
      { name: 'Name', value: (resource) => resource[1] },
      { name: 'Key', value: (resource) => resource[2] },
      { name: 'Kind', value: (resource) => resource[0], choices: [...new Set(resources.map(([kind]) => kind))] },
      { name: 'Open questions', value: (resource) => engine.openOn(resource).length },
    ],
    resources,
    { label: (resource) => about('Who reaches', resource[1]), act: showResource },
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

/** Shows an answer, and moves to it. */
function show(title: Node, ...parts: readonly HTMLElement[]): void {
  const heading = element('h3', { tabindex: '-1' }, title);
  answer.replaceChildren(heading, ...parts);
  heading.focus();
}

function showPerson(person: number): void {
  const [name, email, accountId] = people[person] ?? [];
  const held = engine.heldBy(person);
  const rows = resources
    .map((resource): readonly [ReportResource, Answer] => [resource, engine.answer(person, resource, held)])
    .filter(([, { verdict }]) => verdict !== 'no');
  const paths = element('div');

  show(
    about('What', name ?? '', ' reaches'),
    element('p', { class: 'quiet' }, [email, accountId].filter(Boolean).join(' · ')),
    table(
      'Resources that are reached, or of which it is not known',
      [
        { name: 'Resource', value: ([resource]) => resource[1] },
        { name: 'Key', value: ([resource]) => resource[2] },
        { name: 'Kind', value: ([resource]) => resource[0], choices: [...new Set(resources.map(([kind]) => kind))] },
        { name: 'Reached', value: ([, { verdict }]) => verdict, choices: ['yes', 'not known'] },
        { name: 'Levels', value: ([, { mask }]) => (mask === 0 ? '' : levelsOf(mask)) },
      ],
      rows,
      {
        label: ([resource]) => about('Paths to', resource[1]),
        act: ([resource, found], opener) => drawPaths(paths, person, resource, found, opener),
      },
    ),
    paths,
  );
}

function showResource(resource: ReportResource): void {
  const reached = engine.peopleOn(resource);
  const edges = engine.edgesOn(resource);
  const openTo = edges.filter(([holder, mask]) => mask !== 0 && engine.isOpen(holder));
  const paths = element('div');

  show(
    about('Who reaches', resource[1]),
    element('p', { class: 'quiet' }, [resource[0], resource[2]].filter(Boolean).join(' · ')),
    ...openTo.map((edge) =>
      element('p', { class: 'warning' }, about('Open to:', engine.labelOf(edge[0]), ` (${levelsOf(edge[1])})`)),
    ),
    openList(engine.openOn(resource), 'What leaves it open who else does'),
    table(
      'Holders',
      [
        { name: 'Holder', value: (edge) => engine.labelOf(edge[0]) },
        { name: 'Levels', value: (edge) => levelsOf(edge[1]) },
        { name: 'What is held', value: (edge) => engine.text(edge[3]) },
        { name: 'Through', value: (edge) => engine.text(edge[4]).replaceAll('\n', ', ') },
        { name: 'Members', value: (edge) => engine.membersOf(edge[0]).size, show: (edge) => membersText(edge[0]) },
      ],
      edges,
    ),
    table(
      'People who reach it in person, by groups or by roles',
      [
        { name: 'Name', value: ([person]) => people[person]?.[0] ?? '' },
        { name: 'Email', value: ([person]) => people[person]?.[1] ?? '' },
        { name: 'External', value: ([person]) => people[person]?.[4] ?? '', choices: ['yes', 'no', 'not known'] },
        { name: 'Levels', value: ([, mask]) => levelsOf(mask) },
      ],
      [...reached],
      {
        label: ([person]) => about('Paths of', people[person]?.[0] ?? ''),
        act: ([person], opener) =>
          drawPaths(paths, person, resource, engine.answer(person, resource, engine.heldBy(person)), opener),
      },
    ),
    paths,
  );
}

function membersText(holder: number): string {
  return engine.isOpen(holder) ? 'everybody' : counted(engine.membersOf(holder).size);
}

function openList(messages: readonly string[], title: string): HTMLElement {
  if (messages.length === 0) return element('p', {}, 'Nothing is left open: all of it was read.');
  const items = withRest(messages).map((message) => element('li', {}, message));
  return element(
    'details',
    { class: 'open' },
    element('summary', {}, `${title} (${counted(messages.length)})`),
    element('ul', {}, ...items),
  );
}

function drawPaths(
  place: HTMLElement,
  person: number,
  resource: ReportResource,
  { verdict, blocked }: Answer,
  opener: HTMLElement,
): void {
  const name = people[person]?.[0] ?? '';
  const ways = engine.ways(person, resource);
  const open = engine.openOn(resource, person);
  const heading = element('h4', { tabindex: '-1' }, about('Paths from', name, ' to ', element('bdi', {}, resource[1])));
  const back = element('button', { type: 'button' }, 'Back to the table');
  back.addEventListener('click', () => {
    place.replaceChildren();
    opener.focus();
  });

  place.replaceChildren(
    heading,
    element(
      'p',
      {},
      `Reached: ${verdict}.${blocked === undefined ? '' : ` ${blocked}: only what is open to everybody is of use.`}`,
    ),
    element('ul', { class: 'ways' }, ...ways.map((way) => element('li', {}, drawing(way)))),
    ...(open.length === 0 ? [] : [openList(open, 'What is not known')]),
    back,
  );
  heading.focus();
}

/** A path as boxes in a row: a list, so that it is read in its order. */
function drawing(way: Way): HTMLElement {
  const notes = [way.bypass ? 'as an administrator' : '', way.certain ? '' : 'not certain'].filter(Boolean).join(', ');
  return element(
    'div',
    {},
    element('ol', { class: 'path' }, ...way.places.map((text) => element('li', {}, text))),
    element('p', { class: 'quiet' }, [way.levels, way.names, notes].filter(Boolean).join(' · ')),
  );
}
