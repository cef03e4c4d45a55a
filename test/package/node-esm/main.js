import * as sdk from 'atlassian-provisioner';
import * as testing from 'atlassian-provisioner/testing';
import { scenario } from './scenario.cjs';

await scenario(sdk, testing);
