export { assign, assignTable, resultOf } from './assign/assign.ts';
export { AssignRefused, type AssignRefusal, type InputPosition } from './assign/assign-refused.ts';
export {
  type AllowedPair,
  ASSIGN_ORDERS,
  type AssignCertificate,
  type AssignedPair,
  type AssignInput,
  type AssignMentee,
  type AssignMentor,
  type AssignOrder,
  type AssignResult,
  type AssignTable,
  type LeftOutReason,
  LISTED_AT_MOST,
  MAX_PEOPLE,
  MAX_PLACES,
  MAX_SCORE,
  type Shortfall,
  type Underfilled,
  type Unlock,
} from './assign/assign-types.ts';
export { type EnginePosition, EngineRefused } from './engine-refused.ts';
export { ENGINE_VERSION } from './engine-version.ts';
export { compressInstance, hashInstance, type Instance, tableOf } from './assign/instance.ts';
export { type SetAside, setPinsAside } from './assign/pins.ts';
export { solve, type Solution } from './assign/solve.ts';
export { type Faults, verify } from './assign/verify.ts';
