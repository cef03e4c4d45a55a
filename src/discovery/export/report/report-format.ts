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
  /** Texts that are named by number below. A node is its kind, a line break and its name. */
  readonly texts: readonly string[];
  readonly people: readonly ReportPerson[];
  readonly holders: readonly ReportHolder[];
  /** Named by number in edges: a relation and the node that it leads to, by turns, up to the relation to the resource. */
  readonly steps: readonly (readonly number[])[];
  /** Named by number in resources, which share them. */
  readonly edges: readonly ReportEdge[];
  readonly questions: readonly ReportQuestion[];
  /**
   * Some of the people, by number: the first who is among them, the first after who is not, and so on.
   */
  readonly audiences: readonly (readonly number[])[];
  /** Lists of texts. */
  readonly open: readonly (readonly number[])[];
  readonly resources: readonly ReportResource[];
  /** Text of why it is not known whether somebody is blocked. */
  readonly standingDoubt: number;
  /** By product: who has a licence, and the audience that may have one. Nothing where it has no licences. */
  readonly licences: readonly (readonly [holder: number, whom: number] | null)[];
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
  /** Bits of products in which it is not known whether the person reaches anything. */
  doubtfulIn: number,
];

/**
 * The account of a person; a group or whatever is made of people and other holders; everybody; everybody of a product;
 * whoever it may be.
 */
export type ReportHolder =
  | readonly [kind: 0, person: number]
  | readonly [kind: 1, node: number, members: readonly number[], parts: readonly number[], relation: number]
  | readonly [kind: 2, node: number, relation: number]
  | readonly [kind: 3, node: number, product: number, relation: number]
  | readonly [kind: 4, node: number];

/** One way from a holder to a resource. Levels are bits: read 1, create 2, write 4, delete 8, admin 16, anything 32. */
export type ReportEdge = readonly [
  holder: number,
  mask: number,
  maybe: number,
  /** What is held, in the words of the product. */
  names: readonly number[],
  steps: number,
  bypass: 0 | 1,
  /** Texts of why it may be more or less. */
  doubts: readonly number[],
  /** Text of why it is of no use, -1 where it is. */
  useless: number,
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
  /** Number of a list in `open`: what leaves open who reaches it. */
  open: number,
  /** Text of why it can only be read, -1 where it can be changed. */
  onlyRead: number,
];

/** Severity is 0 for the worst, to 3. */
export type ReportFinding = readonly [
  severity: number,
  kind: string,
  message: string,
  certain: 0 | 1,
  /** A person or resource that it is about, -1 where it is about neither. */
  person: number,
  resource: number,
];

/** A part that was not read. */
type ReportGap = readonly [product: string, part: string, reason: string, message: string, advice: string];
