/**
 * Names the rules by which results are computed. It goes up whenever the same input and seed could give other bytes,
 * so that a kept run can say which engine made it.
 */
export const ENGINE_VERSION = 'waymark-engine/2';
