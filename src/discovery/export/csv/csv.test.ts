import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitrarySnapshot } from '../arbitrary-snapshot.fixture.js';
import { sampleSnapshot } from '../sample-snapshot.fixture.js';
import { account, snapshotOf } from '../snapshot-of.fixture.js';
import { snapshotJsonSchema } from '../snapshot-json.js';
import { CSV_TABLES, csvColumns, partOf, type CsvTable } from './csv-tables.js';
import { toCsv } from './csv.js';

/** Reads CSV as RFC 4180 has it, quoted or not: independent of the code that writes it. `undefined` is an empty cell. */
function readCsv(text: string): (string | undefined)[][] {
  const rows: (string | undefined)[][] = [];
  let row: (string | undefined)[] = [];
  let at = 0;
  while (at < text.length) {
    let cell: string | undefined;
    if (text[at] === '"') {
      cell = '';
      for (at += 1; !(text[at] === '"' && text[at + 1] !== '"'); at += 1) {
        if (at >= text.length) throw new Error('A quote is open.');
        if (text[at] === '"') at += 1;
        cell += text[at]!;
      }
      at += 1;
    } else {
      const end = /[,\r\n"]/g;
      end.lastIndex = at;
      const stop = end.exec(text)?.index ?? text.length;
      cell = stop === at ? undefined : text.slice(at, stop);
      at = stop;
    }
    row.push(cell);
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw new Error(`Neither a comma nor CRLF at ${String(at)}`);
  }
  return rows;
}

const undefused = (cell: string | undefined) => (cell?.startsWith("'") === true ? cell.slice(1) : cell);

/** The items of a joined list. */
function splitList(cell: string | undefined): string[] | undefined {
  if (cell === undefined || cell === '') return cell === '' ? [] : undefined;
  return cell.match(/(?:\\.|[^;\\])+/gsu)!.map((item) => (item === '\\-' ? '' : item.replaceAll(/\\(.)/gsu, '$1')));
}

const write = (snapshot: ReturnType<typeof sampleSnapshot>, table: CsvTable) => [...toCsv(snapshot, table)].join('');

function cellOf(row: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row);
}

describe('CSV', () => {
  test('has the names of the columns first, and a row for each entity', () => {
    expect(write(sampleSnapshot(), 'jira.project').split('\r\n')).toEqual([
      'id,key,name,projectType,style,simplified,private,leadId,category,description,url,archived,permissionSchemeId',
      `10001,BERTH,Berth plan,software,classic,,false,712020:rosa,,${'x'.repeat(300)},,false,1`,
      '10002,TIDE,Tide,,next-gen,,true,,,,,,',
      '',
    ]);
  });

  test('has a row for each item of a list within an entity', () => {
    expect(write(sampleSnapshot(), 'jira.projectRole.actors').split('\r\n')).toEqual([
      'of,principal.type,principal.id,principal.parameter,principal.kind,displayName',
      '10001/10010,group,g-crew,,,berth-crew',
      '10001/10010,account,557058:bot,,,',
      '',
    ]);
  });

  test.each(['=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1', "'=1"])(
    'does not let a spreadsheet calculate %j',
    (displayName) => {
      const snapshot = snapshotOf([{ type: 'jira.user', id: account('a'), displayName, active: true }]);

      const [, row] = readCsv(write(snapshot, 'jira.user'));

      expect(row?.[3]).toBe(`'${displayName}`);
    },
  );

  test.each(['x;=1+cmd', 'x\t=1+cmd'])('lets no cell start within %j, whatever separates the cells', (displayName) => {
    const snapshot = snapshotOf([{ type: 'jira.user', id: account('a'), displayName, active: true }]);

    expect(write(snapshot, 'jira.user')).toContain(`a,,,"${displayName}",,true`);
  });

  test('tells an absent attribute from an empty one, and an empty list from an absent one', () => {
    const snapshot = snapshotOf([
      { type: 'jira.group', id: 'a' as never, name: '', memberIds: [] },
      { type: 'jira.group', id: 'b' as never, name: 'x' },
    ]);

    expect(write(snapshot, 'jira.group')).toBe('id,name,managedBy,usageType,memberIds\r\na,"",,,""\r\nb,x,,,\r\n');
  });

  test('gives every attribute back, whatever it holds', () => {
    fc.assert(
      fc.property(arbitrarySnapshot(), (snapshot) => {
        for (const [type, entities] of Object.entries({ ...snapshot.entities, gap: snapshot.gaps })) {
          const [columns, ...rows] = readCsv(write(snapshot, type as CsvTable));

          expect(rows).toHaveLength(entities.length);
          for (const [index, row] of rows.entries())
            for (const [position, column] of columns!.entries()) {
              const wanted = cellOf(entities[index], column!);
              const cell = Array.isArray(wanted) ? splitList(undefused(row[position])) : undefused(row[position]);
              const plain = typeof wanted === 'number' || typeof wanted === 'boolean' ? String(wanted) : wanted;
              expect(typeof wanted === 'number' ? row[position] : cell).toEqual(plain);
            }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the tables', () => {
  interface Schema {
    readonly $ref?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly type?: string;
    readonly $defs?: Readonly<Record<string, Schema>>;
  }
  const root = snapshotJsonSchema() as unknown as Schema;

  /** Paths of what a schema holds, and of the lists of objects in it. */
  function pathsOf(schema: Schema, path: string, lists: string[]): string[] {
    if (schema.$ref !== undefined) return pathsOf(root.$defs![schema.$ref.split('/').at(-1)!]!, path, lists);
    const options = schema.oneOf ?? schema.anyOf;
    if (options !== undefined) return options.flatMap((option) => pathsOf(option, path, lists));
    if (schema.properties !== undefined)
      return Object.entries(schema.properties).flatMap(([name, property]) =>
        pathsOf(property, path === '' ? name : `${path}.${name}`, lists),
      );
    if (schema.items !== undefined && pathsOf(schema.items, '', []).some((inner) => inner !== '')) {
      lists.push(path);
      return [];
    }
    return [path];
  }

  const tables = { ...root.properties!.entities!.properties!, gap: root.properties!.gaps! };

  test('have a column for each attribute of each kind', () => {
    for (const [type, list] of Object.entries(tables)) {
      const paths = new Set(pathsOf(list.items!, '', []));
      paths.delete('type');

      expect({ type, columns: new Set(csvColumns(type as CsvTable)) }).toEqual({ type, columns: paths });
    }
  });

  test('are one for each list within an entity', () => {
    const parts = Object.entries(tables).flatMap(([type, list]) => {
      const lists: string[] = [];
      pathsOf(list.items!, '', lists);
      return lists.map((name) => `${type}.${name}`);
    });

    expect(CSV_TABLES.filter((table) => partOf(table) !== undefined).toSorted()).toEqual(parts.toSorted());
  });
});
