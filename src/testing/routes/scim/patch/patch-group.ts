import type { JsonValue } from '../../../../model/json.js';
import type { FakeState } from '../../../state/fake-state.js';
import type { ScimGroupRow } from '../../../state/scim-rows.js';
import type { ScimSwitches } from '../../../switches/scim-switches.js';
import { readMemberIds } from '../read-group.js';
import { isObject } from '../read-user.js';
import { refuseScim } from '../scim-response.js';
import { parsePath, type PatchPath } from './patch-path.js';
import type { PatchOperation } from './read-operations.js';

type Switches = Pick<
  ScimSwitches,
  'groupRename' | 'readOnlyPatch' | 'unknownPatchPath' | 'emptyPatchArrays' | 'unknownGroupMember'
>;

/** What a PATCH makes of a group. */
export interface GroupChanges {
  /** Users who are to be in (`true`) or out (`false`), as the last operation about each has it. */
  readonly members: ReadonlyMap<string, boolean>;
  /** `null` clears it; `undefined` leaves it. */
  readonly externalId: string | null | undefined;
}

/** Works out what a PATCH makes of a group, and refuses it whole when a part of it cannot be. Changes nothing. */
export function patchGroup(
  state: FakeState,
  group: ScimGroupRow,
  operations: readonly PatchOperation[],
  switches: Switches,
): GroupChanges {
  const draft = new GroupDraft(state, group, switches);
  for (const { op, path, value } of operations) {
    if (path !== undefined) draft.apply(op, path, value);
    else if (isObject(value)) for (const [key, part] of Object.entries(value)) draft.apply(op, key, part);
    else refuseScim(400, 'Invalid payload: an operation without a path needs an object.', 'invalidValue');
  }
  return draft;
}

class GroupDraft implements GroupChanges {
  readonly members = new Map<string, boolean>();
  externalId: string | null | undefined;
  readonly #state: FakeState;
  readonly #group: ScimGroupRow;
  readonly #switches: Switches;

  constructor(state: FakeState, group: ScimGroupRow, switches: Switches) {
    this.#state = state;
    this.#group = group;
    this.#switches = switches;
  }

  apply(op: PatchOperation['op'], text: string, value: JsonValue | undefined): void {
    const path = parsePath(text);
    switch (path?.attribute.toLowerCase()) {
      case 'members':
        this.#applyMembers(op, text, path, value);
        break;
      case 'displayname':
        this.#rename(op, value);
        break;
      case 'externalid':
        this.externalId = op === 'remove' ? null : requireString(value, 'externalId');
        break;
      case 'id':
      case 'meta':
      case 'schemas':
        if (this.#switches.readOnlyPatch === 400) refuseScim(400, `${text} is read-only.`, 'mutability');
        break;
      default:
        if (path === undefined || this.#switches.unknownPatchPath === 400)
          refuseScim(400, `Invalid path: ${text}`, 'invalidPath');
    }
  }

  #applyMembers(
    op: PatchOperation['op'],
    text: string,
    path: PatchPath | undefined,
    value: JsonValue | undefined,
  ): void {
    const filter = path?.filter;
    if (filter !== undefined) {
      const [{ attribute, value: id } = { attribute: '', value: false }, ...others] = filter;
      const isRemoval = op === 'remove' && path?.part === undefined && others.length === 0;
      if (!isRemoval || attribute.toLowerCase() !== 'value' || typeof id !== 'string')
        return refuseScim(400, `Invalid path: ${text}`, 'invalidPath');
      this.members.set(id, false);
      return;
    }
    if (path?.part !== undefined) return refuseScim(400, `Invalid path: ${text}`, 'invalidPath');
    if (Array.isArray(value) && value.length === 0 && this.#switches.emptyPatchArrays === 400)
      return refuseScim(400, `${text} must not be empty.`, 'invalidValue');

    const named = value === undefined || value === null ? undefined : readMemberIds(value);
    if (op === 'remove') {
      for (const id of named ?? this.#all()) this.members.set(id, false);
      return;
    }
    if (op === 'replace') for (const id of this.#all()) this.members.set(id, false);
    for (const id of named ?? []) if (this.#exists(id)) this.members.set(id, true);
  }

  /** Who is in the group at this point of the PATCH. */
  #all(): string[] {
    const before = this.#state.scimMembers.membersOf(this.#group.id);
    return [...new Set([...before, ...this.members.keys()])];
  }

  #exists(id: string): boolean {
    if (this.#state.scimUsers.get(id)?.directoryId === this.#group.directoryId) return true;
    const { unknownGroupMember } = this.#switches;
    if (unknownGroupMember === 'ignored') return false;
    return refuseScim(
      unknownGroupMember,
      `Resource User ${id} not found.`,
      unknownGroupMember === 400 ? 'invalidValue' : undefined,
    );
  }

  #rename(op: PatchOperation['op'], value: JsonValue | undefined): void {
    if (op !== 'remove' && value === this.#group.displayName) return;
    if (this.#switches.groupRename === 400) refuseScim(400, 'displayName is immutable.', 'mutability');
  }
}

function requireString(value: JsonValue | undefined, name: string): string {
  return typeof value === 'string' ? value : refuseScim(400, `${name} must be a string.`, 'invalidValue');
}
