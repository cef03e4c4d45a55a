import { describe, expect, test } from 'vitest';
import { scimSelection } from './scim-attributes.js';

describe('scimSelection', () => {
  test('asks for nothing when nothing is selected', () => {
    const query = scimSelection({ attributes: [], excludedAttributes: undefined }, 'atlassian');

    expect(query).toEqual({});
  });

  test('adds what every user is read with, and the extension with the account id', () => {
    const query = scimSelection({ attributes: ['emails', 'userName'] }, 'atlassian');

    expect(query).toEqual({ attributes: 'emails,userName,active,urn:scim:schemas:extension:atlassian-external:1.0' });
  });

  test("asks another server for nothing of Atlassian's", () => {
    const query = scimSelection({ attributes: ['emails'] }, 'rfc7644');

    expect(query).toEqual({ attributes: 'emails,userName,active' });
  });

  test('passes exclusions on', () => {
    const query = scimSelection({ excludedAttributes: ['timezone', 'emails.type'] }, 'atlassian');

    expect(query).toEqual({ excludedAttributes: 'timezone,emails.type' });
  });

  test.each([
    ['both at once', { attributes: ['emails'], excludedAttributes: ['title'] }],
    ['leaving out active, which would read as active', { excludedAttributes: ['Active'] }],
    ['leaving out the id', { excludedAttributes: ['id'] }],
  ])('refuses %s', (_case, selection) => {
    const select = (): unknown => scimSelection(selection, 'atlassian');

    expect(select).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });
});
