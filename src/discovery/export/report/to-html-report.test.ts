import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { AccessGraph } from '../../graph/access-graph.js';
import { sampleSnapshot } from '../sample-snapshot.fixture.js';
import { account, snapshotOf } from '../snapshot-of.fixture.js';
import type { ReportData } from './report-format.js';
import { toHtmlReport } from './to-html-report.js';

/** What stands between two texts. */
function between(html: string, start: string, end: string): string {
  const from = html.indexOf(start) + start.length;
  return html.slice(from, html.indexOf(end, from));
}

const dataOf = (html: string) =>
  JSON.parse(between(html, '<script type="application/json" id="data">', '</script>')) as ReportData;

describe('the HTML report', () => {
  test('allows its own script and style, by their hashes, and nothing else', () => {
    const html = toHtmlReport(sampleSnapshot());

    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(between(html, 'http-equiv="Content-Security-Policy" content="', '"')).toBe(
      `default-src 'none'; script-src ${hash(between(html, '<script>', '</script>'))}; ` +
        `style-src ${hash(between(html, '<style>', '</style>'))}; base-uri 'none'; form-action 'none'`,
    );
  });

  test('refers to nothing outside of it', () => {
    const html = toHtmlReport(sampleSnapshot());

    expect(html.replace(/<script type="application\/json".*?<\/script>/s, '')).not.toMatch(
      /https?:|\/\/[a-z]|<link|<img|url\(|\ssrc=|@import/,
    );
  });

  test('holds no character of a name that could end the script it stands in', () => {
    const name = '</script><!-- <script> \u2028 &amp; "\'';
    const html = toHtmlReport(snapshotOf([{ type: 'jira.user', id: account('a'), displayName: name, active: true }]), {
      title: name,
    });

    const data = between(html, '<script type="application/json" id="data">', '</script>');
    expect(data).not.toMatch(/[<>&\u2028]/);
    expect(dataOf(html).people[0]?.[0]).toBe(name);
    expect(html).toContain('<title>&#60;/script&#62;&#60;!-- &#60;script&#62; \u2028 &#38;amp; &#34;&#39;</title>');
  });

  test('shows the characters by which a name reads as another, and turns nothing beside it', () => {
    const name = 'Rosa\u202E nimda\u2069';
    const html = toHtmlReport(snapshotOf([{ type: 'jira.user', id: account('a'), displayName: name, active: true }]), {
      title: name,
    });

    expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(dataOf(html).people[0]?.[0]).toBe('Rosa[U+202E] nimda[U+2069]');
    expect(html).toContain('<title>Rosa[U+202E] nimda[U+2069]</title>');
  });

  test('is made from a graph that is there already', () => {
    const snapshot = sampleSnapshot();

    expect(toHtmlReport(AccessGraph.from(snapshot))).toBe(toHtmlReport(snapshot));
  });

  test('has the findings that are asked for, and every gap', () => {
    const { findings, gaps } = dataOf(toHtmlReport(sampleSnapshot(), { kinds: ['public-access'] }));

    expect(new Set(findings.map(([, kind]) => kind))).toEqual(new Set(['public-access']));
    expect(gaps.map(([, part]) => part)).toEqual(['project roles of Tide', 'groups']);
  });
});
