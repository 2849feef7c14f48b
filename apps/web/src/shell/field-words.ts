import type { z } from 'zod';
import type { Problem } from './problem';

/** What to say at each field of a form, by the field's name. */
export type FieldWords<Body> = Readonly<Partial<Record<keyof Body & string, string>>>;

/** The words for those fields that the schema refuses, or that the server refused. */
export const fieldWords = <Body extends object>(
  schema: z.ZodType,
  body: Body,
  words: FieldWords<Body>,
  problem: Problem | null = null,
): FieldWords<Body> => {
  const parsed = schema.safeParse(body);
  const refused = new Set<PropertyKey | undefined>([
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0])),
    ...(problem?.fields ?? []).map((field) => field.path.split('.')[0]),
  ]);
  return Object.fromEntries(Object.entries(words).filter(([name]) => refused.has(name))) as FieldWords<Body>;
};
