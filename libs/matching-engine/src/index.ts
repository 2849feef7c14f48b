export { assign, assignTable, resultOf } from './assign.ts';
export { AssignRefused, type AssignRefusal, type InputPosition } from './assign-refused.ts';
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
} from './assign-types.ts';
export { ENGINE_VERSION } from './engine-version.ts';
export { compressInstance, hashInstance, type Instance, tableOf } from './instance.ts';
export { type SetAside, setPinsAside } from './pins.ts';
export { solve, type Solution } from './solve.ts';
export { type Faults, verify } from './verify.ts';
