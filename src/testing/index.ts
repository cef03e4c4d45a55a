export { FakeAtlassian, type FakeSnapshot, type RunningFake } from './fake-atlassian.js';
export type { FakeAtlassianOptions, FakeConnection, InProcessConnection } from './fake-options.js';
export type { FakeFault, FaultTarget, ScriptedFault } from './faults/fault.js';
export { DOCUMENTED_RATE_LIMITS, type FakeRateLimit } from './faults/rate-limits.js';
export type { LoggedRequest, RequestLog } from './requests/request-log.js';
export { DEFAULT_SWITCHES, type FakeSwitches } from './switches/fake-switches.js';
export type { FakeClock } from './state/fake-clock.js';
export type { FakeLags } from './state/visible-state.js';
export { generateOrganization, type GeneratedOrganization, type GenerateOptions } from './generate-organization.js';
