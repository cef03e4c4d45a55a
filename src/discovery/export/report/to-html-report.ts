import { createHash } from 'node:crypto';
import { type AccessGraph, graphOf } from '../../graph/access-graph.js';
import type { FindingOptions } from '../../graph/findings/finding.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { REPORT_SCRIPT, REPORT_STYLE } from './report-assets.js';
import { reportData } from './report-data.js';

/** How a report is made. */
export interface HtmlReportOptions extends FindingOptions {
  /** `Access report` by default. */
  readonly title?: string;
}

/**
 * Makes an access report: one HTML file that needs nothing else. It opens from a disk, asks no network for anything, and its
 * content security policy forbids that it could.
 *
 * It searches people and resources, draws the paths between them, and lists findings, people, resources and gaps in tables
 * that sort and filter. Its answers are those of the {@link AccessGraph}: what was not read is "not known".
 *
 * Characters in names that turn the direction of the text are shown as their numbers, `[U+202E]`.
 *
 * It holds names and email addresses of everybody in the snapshot: keep it where they may be.
 */
export function toHtmlReport(source: AccessSnapshot | AccessGraph, options: HtmlReportOptions = {}): string {
  const { title = 'Access report', ...findingOptions } = options;
  const graph = graphOf(source);
  const data = reportData(graph, title, findingOptions);
  const { readFrom, readUntil } = data;
  const policy = `default-src 'none'; script-src ${sourceOf(REPORT_SCRIPT)}; style-src ${sourceOf(REPORT_STYLE)}; base-uri 'none'; form-action 'none'`;

  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${escaped(title)}</h1>
<p class="quiet">Read from ${minuteOf(readFrom)} to ${minuteOf(readUntil)}. What could not be read is “not known”, and never a no.</p>
<noscript><p>This report needs JavaScript, which it has within itself.</p></noscript>
<nav aria-label="Parts of the report"><ul>${PARTS.map((part) => `<li><a href="#${part}-part">${NAMES[part]} <b>${data[part].length.toLocaleString('en')}</b></a></li>`).join('')}</ul></nav>
</header>
<main id="main" tabindex="-1">
${section('search', 'Who reaches what', '<div id="answer" hidden></div>')}
${PARTS.map((part) => section(part, NAMES[part])).join('\n')}
${section('counts', 'Numbers')}
</main>
<script type="application/json" id="data">${inScript(data)}</script>
<script>${REPORT_SCRIPT}</script>
</body>
</html>
`;
}

const PARTS = ['findings', 'people', 'resources', 'gaps'] as const;
const NAMES = { findings: 'Findings', people: 'People', resources: 'Resources', gaps: 'Gaps' };

function section(id: string, name: string, more = ''): string {
  return `<section id="${id}-part" aria-labelledby="${id}-name"><h2 id="${id}-name">${name}</h2><div id="${id}"></div>${more}</section>`;
}

/** An instant as people read it, or as it is where it is none. */
function minuteOf(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? escaped(instant) : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function escaped(text: string): string {
  return shown(text).replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** JSON in which no character means anything to HTML, so that no name can end the script it stands in. */
function inScript(value: unknown): string {
  return shown(JSON.stringify(value)).replaceAll(/[<>&\u2028\u2029]/g, (character) => `\\u${hexOf(character)}`);
}

/**
 * A text with the characters that turn the direction of what follows made visible, as `[U+202E]`: a name with one could read
 * as another, and turn what stands beside it.
 */
function shown(text: string): string {
  return text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, (character) => `[U+${hexOf(character).toUpperCase()}]`);
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
