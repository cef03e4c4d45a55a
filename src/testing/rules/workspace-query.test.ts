import { expect, test } from 'vitest';
import { parseWorkspaceQuery, type QueryableWorkspace } from './workspace-query.js';

const confluence: QueryableWorkspace = {
  id: 'ari:cloud:confluence::site/1',
  fields: new Map([
    ['attributes.typeKey', 'confluence'],
    ['attributes.type', 'Confluence'],
    ['attributes.name', 'acme'],
    ['attributes.hostUrl', 'https://acme.atlassian.net'],
  ]),
  features: ['analytics'],
  policies: [],
};
const isConfluence = { field: { name: 'attributes.typeKey', values: ['jira-software', 'confluence'] } };
const isJira = { field: { name: 'attributes.typeKey', values: ['jira-software'] } };

test.each([
  ['nothing', undefined, true],
  ['null', null, true],
  ['an empty object', {}, true],
  ['a field with one of its values', isConfluence, true],
  ['a field with another value', isJira, false],
  ['a field whose value differs in case', { field: { name: 'attributes.type', values: ['confluence'] } }, true],
  ['a field without values, which filters nothing', { field: { name: 'attributes.type' } }, true],
  ['all of several', { and: [isConfluence, { searchWorkspaces: 'ACME' }] }, true],
  ['all of several, one of which fails', { and: [isConfluence, isJira] }, false],
  ['none of several', { nor: [isJira] }, true],
  ['none of several, one of which holds', { nor: [isJira, isConfluence] }, false],
  ['a part of the address', { searchWorkspaces: 'acme.atlassian' }, true],
  ['text that is nowhere', { searchWorkspaces: 'harbor' }, false],
  ['a feature', { features: ['analytics'] }, true],
  ['a policy it does not have', { policies: ['ip'] }, false],
  ['a tree', { and: [{ nor: [isJira] }, { and: [isConfluence] }] }, true],
])('%s', (_what, query, expected) => {
  expect(parseWorkspaceQuery(query)?.(confluence)).toBe(expected);
});

test.each([
  ['text', 'confluence'],
  ['an unknown operator', { or: [] }],
  ['two operators', { and: [], nor: [] }],
  ['an operator without its list', { and: isJira }],
  ['an unknown field', { field: { name: 'attributes.secret', values: ['x'] } }],
  ['a fault deep in the tree', { and: [{ nor: [{ or: [] }] }] }],
  ['a tree without end', Array.from({ length: 12 }).reduce<unknown>((inner) => ({ and: [inner] }), isJira)],
])('%s is malformed', (_what, query) => {
  expect(parseWorkspaceQuery(query)).toBeUndefined();
});
