import fc from 'fast-check';

/**
 * The same cases each time, so that a change is judged by what it changes. Others, or more of them:
 *
 *     PROPERTY_SEED=$RANDOM npx vitest run
 */
const { PROPERTY_SEED = '20261122' } = process.env;

fc.configureGlobal({ seed: Number(PROPERTY_SEED) });
