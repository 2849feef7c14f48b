import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problemView } from '@waymark/contracts';
import { z, type ZodType } from 'zod';

type ComponentSchemas = NonNullable<OpenAPIObject['components']>['schemas'];

/** The API as an OpenAPI 3.1 document, from the same schemas that check requests and answers. */
export const openApiDocument = (application: INestApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Waymark')
    .setDescription(
      'Commands carry an Idempotency-Key header and come from our own origin. Every refusal is application/problem+json with a name (RFC 9457).',
    )
    .setVersion('1')
    .addCookieAuth('__Host-waymark')
    .build();
  const document = SwaggerModule.createDocument(application, config, {
    standardSchemaConverter: (schema, { schemaType }) => ({
      schema: z.toJSONSchema(schema as ZodType, { io: schemaType, target: 'openapi-3.0', unrepresentable: 'throw' }),
    }),
  });
  document.components ??= {};
  document.components.schemas = {
    ...document.components.schemas,
    Problem: z.toJSONSchema(problemView, { target: 'openapi-3.0' }) as NonNullable<ComponentSchemas>[string],
  };
  document.components.responses = {
    Problem: {
      description: 'Refused, by name',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations as Record<string, { responses?: Record<string, unknown> }>)) {
      if (operation.responses) operation.responses['default'] = { $ref: '#/components/responses/Problem' };
    }
  }
  return document;
};
