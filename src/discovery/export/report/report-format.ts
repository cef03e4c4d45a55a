/**
 * What the report carries and its script reads: numbers instead of repeated texts, so that an organization of thousands
 * stays a file of a few megabytes. It is no published format, and changes with the script.
 */
export interface ReportData {
  readonly title: string;
  /** ISO 8601 instants. */
  readonly readFrom: string;
  readonly readUntil: string;
  /** In the order of the bits of `knownIn`. */
  readonly products: readonly string[];
  /** Texts that are named by number below. */
  readonly texts: readonly string[];
  readonly people: readonly ReportPerson[];
  readonly holders: readonly ReportHolder[];
  /** Named by number in resources, which share them. */
  readonly edges: readonly ReportEdge[];
  readonly questions: readonly ReportQuestion[];
  /** Some of the people, by number: whom a question concerns. */
  readonly audiences: readonly (readonly number[])[];
  readonly resources: readonly ReportResource[];
  readonly findings: readonly ReportFinding[];
  readonly gaps: readonly ReportGap[];
  readonly counts: readonly (readonly [label: string, count: number])[];
}

/** `blocked` has the number of a product and a text for each product in which the person reaches nothing. */
export type ReportPerson = readonly [
  name: string,
  email: string,
  accountId: string,
  kind: string,
  external: string,
  knownIn: number,
  blocked: readonly (readonly [product: number, because: number])[],
];

/** The account of a person; a group or whatever is made of people and other holders; everybody; everybody of a product. */
export type ReportHolder =
  | readonly [kind: 0, person: number]
  | readonly [kind: 1, label: number, members: readonly number[], parts: readonly number[]]
  | readonly [kind: 2, label: number]
  | readonly [kind: 3, label: number, product: number];

/** Levels are bits: read 1, create 2, write 4, delete 8, admin 16, anything at all 32. */
export type ReportEdge = readonly [
  holder: number,
  mask: number,
  maybe: number,
  /** What is held, in the words of the product. */
  names: number,
  /** Places between the holder and the resource, one a line. */
  via: number,
  bypass: 0 | 1,
];

/** Something that was not read. `whom` is the audience for which it leaves the answer open, -1 everybody. */
export type ReportQuestion = readonly [message: number, mask: number, whenBlocked: 0 | 1, whom: number];

/** Something that can be reached. */
export type ReportResource = readonly [
  kind: string,
  name: string,
  key: string,
  product: number,
  edges: readonly number[],
  questions: readonly number[],
];

/** Severity is 0 for the worst, to 3. */
type ReportFinding = readonly [severity: number, kind: string, message: string, certain: 0 | 1];

/** A part that was not read. */
type ReportGap = readonly [product: string, part: string, reason: string, message: string, advice: string];
