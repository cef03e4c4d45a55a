export type { Tagged } from 'type-fest';
