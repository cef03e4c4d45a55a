import {
  isProvisionerError,
  ProvisionerError,
  scimUserId,
  type ErrorCode,
  type ScimUserId,
} from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const id: ScimUserId = scimUserId('user-1');
const error: unknown = new ProvisionerError('not_found', `scim.users.get failed with 404 for ${id}`);
if (!isProvisionerError(error, 'not_found')) throw new Error('isProvisionerError does not narrow');
const code: ErrorCode = error.code;
console.log(code, new FakeAtlassian());
