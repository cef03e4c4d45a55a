import type { ReportData } from '../report-format.js';
import { Answers } from './answers.js';
import { coloured, counted } from './dom.js';
import { ReportEngine, VERDICTS } from './report-engine.js';
import { searchField } from './search.js';
import { table } from './table.js';

const engine = new ReportEngine(JSON.parse(document.getElementById('data')?.textContent ?? '') as ReportData);
const { people, resources, findings, gaps, counts } = engine.data;
const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const answers = new Answers(engine, put('answer'));

put('search').append(
  searchField(
    [
      ...people.map(([label, email, id, kind], person) => ({
        label,
        kind: kind === 'app' ? 'app' : 'person',
        detail: email,
        id,
        open: () => answers.person(person),
      })),
      ...resources.map((resource) => ({
        label: resource[1],
        kind: resource[0],
        detail: resource[2],
        id: '',
        open: () => answers.resource(resource),
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
        if (person >= 0) answers.person(person);
        else if (found !== undefined) answers.resource(found);
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
      { name: 'External', value: ([, person]) => person[4], choices: VERDICTS },
      {
        name: 'Blocked',
        value: ([, person]) => [...new Set(engine.texts(person[6].map(([, text]) => text)))].join('; '),
      },
    ],
    people.map((person, index) => [index, person] as const),
    { column: 0, label: ([, [name]]) => `Access of ${name}`, act: ([person]) => answers.person(person) },
  ),
);
put('resources').append(
  table(
    'Resources',
    [
      { name: 'Name', value: (resource) => resource[1] },
      { name: 'Key', value: (resource) => resource[2] },
      { name: 'Kind', value: (resource) => resource[0], choices: engine.kinds },
      { name: 'Open questions', value: (resource) => engine.openOn(resource).length },
    ],
    resources,
    { column: 0, label: (resource) => `Who reaches ${resource[1]}`, act: (resource) => answers.resource(resource) },
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
