import { readdirSync, writeFileSync } from 'node:fs';
import { withSnippets } from './snippets.js';

const pages = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
for (const page of pages) writeFileSync(page, withSnippets(page));
