import type { OrgDirectoryId } from '../../model/ids.js';

/** Stands for every directory the key may manage. Documented for reads; what a write does with it is not known. */
export const ALL_DIRECTORIES = '-';

/** One directory of the organization, or {@link ALL_DIRECTORIES}. */
export type OrgDirectoryScope = OrgDirectoryId | typeof ALL_DIRECTORIES;
