/** Prints ratios measured in one run on one machine. Absolute times say more about the machine than about the code. */
import { importTime } from './import-time.js';
import { printRatios } from './ratio.js';

printRatios([await importTime()]);
