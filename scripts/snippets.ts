import { readFileSync } from 'node:fs';

/** A code block of a Markdown page that shows a region of a file. */
export interface Snippet {
  readonly page: string;
  /** `examples/quick-start.ts#life`. */
  readonly source: string;
  readonly shown: string;
}

const MARKED_BLOCK = /<!-- (?<source>[\w/.-]+#[\w-]+) -->\n\n```\w+\n(?<shown>[^]*?)```/g;

/** The marked code blocks of a page. */
export function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(MARKED_BLOCK)].map(({ groups = {} }) => ({
    page,
    source: groups.source ?? '',
    shown: groups.shown ?? '',
  }));
}

/** The text of a region: between `// #region name` and the next `// #endregion`. Throws when there is none. */
export function regionOf(source: string): string {
  const [file = '', name = ''] = source.split('#');
  const lines = readFileSync(file, 'utf8').split('\n');
  const start = lines.indexOf(`// #region ${name}`);
  const end = lines.indexOf('// #endregion', start);
  if (start === -1 || end === -1) throw new Error(`${file} has no region "${name}"`);
  return `${lines.slice(start + 1, end).join('\n')}\n`;
}

/** The page with every marked block as its region has it. */
export function withSnippets(page: string): string {
  return readFileSync(page, 'utf8').replace(
    MARKED_BLOCK,
    (_block, source: string) => `<!-- ${source} -->\n\n\`\`\`ts\n${regionOf(source)}\`\`\``,
  );
}
