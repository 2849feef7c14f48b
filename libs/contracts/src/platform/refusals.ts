/** Every refusal by name, with its HTTP status. The web has words for each; nothing else is refused. */
export const refusalStatus = {
  // requests
  'malformed-request': 400,
  'invalid-input': 422,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'origin-refused': 403,
  'not-allowed': 403,
  'not-found': 404,
  'too-many-attempts': 429,
  'changed-meanwhile': 409,
  'idempotency-key-reused': 422,
  'status-refused': 409,
  unexpected: 500,
  'not-ready': 503,
  // session
  'link-expired': 410,
  'set-up-done': 409,
  'set-up-code-wrong': 403,
  'demonstration-only': 404,
  // people
  'email-taken': 409,
  'name-taken': 409,
  'grant-to-self': 403,
  'last-administrator': 409,
  'grade-in-use': 409,
  'manager-cycle': 409,
  // imports
  'file-empty': 422,
  'file-not-csv': 422,
  'file-too-many-rows': 422,
  'file-too-many-columns': 422,
  'columns-repeated': 422,
  'mapping-incomplete': 422,
  'mapping-repeated': 422,
  'grades-unordered': 422,
  'nothing-to-apply': 409,
  'import-busy': 409,
  // rounds, runs, proposals
  'rules-empty': 422,
  'grade-range-reversed': 422,
  'round-empty': 409,
  'run-in-progress': 409,
  'run-not-finished': 409,
  'proposal-answered': 409,
  'proposal-expired': 409,
  'mentor-full': 409,
  'too-many-open-proposals': 409,
  'own-agreement': 409,
} as const;

export type Refusal = keyof typeof refusalStatus;
export const refusals = Object.keys(refusalStatus) as [Refusal, ...Refusal[]];
