// Node strips types but knows no path mapping, and this tool must start at once without a build: hence a relative path.
// eslint-disable-next-line @nx/enforce-module-boundaries
export * from '../../libs/matching-engine/src/index.ts';
