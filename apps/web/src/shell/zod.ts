/**
 * What `zod` means in the web's build (see `paths` in tsconfig.json): the parts that the contracts use, by name, so
 * that the bundler leaves out zod's fifty languages and converters, 45 kB compressed of every first visit. A part that
 * is missing here does not compile: add it below.
 */
export * as z from './zod-parts';
