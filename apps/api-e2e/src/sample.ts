/** As much of JSON Schema as our OpenAPI document uses. */
export interface JsonSchema {
  type?: string | string[];
  nullable?: boolean;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number | boolean;
  default?: unknown;
}

/** Stands for every identifier that is asked for and of which nothing is known. */
export const sampleId = '00000000-0000-7000-8000-000000000000';

/**
 * The smallest value that a schema takes: required fields alone, null where it may be, first of an enumeration, the
 * shortest text. Patterns are met by 'x' repeated, or by the caller's own value for that field.
 */
export const sampleOf = (schema: JsonSchema, known: Readonly<Record<string, unknown>> = {}, name = ''): unknown => {
  if (name in known) return known[name];
  if (schema.nullable) return null;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const empty = choices.find(({ type }) => type === 'null');
    return empty ? null : sampleOf(choices[0] ?? {}, known, name);
  }
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, known, name)));
  const type = Array.isArray(schema.type) ? (schema.type.includes('null') ? 'null' : schema.type[0]) : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, sampleOf(schema.properties?.[key] ?? {}, known, key)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, known, name));
    case 'integer':
    case 'number':
      return Math.max(
        (schema.minimum ?? 0) + (schema.exclusiveMinimum === true ? 1 : 0),
        typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + 1 : 0,
      );
    case 'boolean':
      return false;
    case 'string':
      return textFor(schema);
    default:
      return null;
  }
};

const textFor = ({ format, minLength }: JsonSchema): string => {
  if (format === 'uuid') return sampleId;
  if (format === 'email') return 'somebody@college.example';
  if (format === 'date') return '2027-03-01';
  if (format === 'date-time') return '2027-03-01T09:00:00.000Z';
  return 'x'.repeat(Math.max(1, minLength ?? 1));
};
