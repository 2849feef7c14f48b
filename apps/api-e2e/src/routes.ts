import { RequestMethod, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCESS, type Access, ANSWER, type Answer } from '@waymark/api-platform';

/** A route as its decorators state it. */
export interface Route {
  method: string;
  /** Below `/api`, as `people/:id`. */
  path: string;
  access: Access | undefined;
  answer: Answer | undefined;
  /** Bodies, queries and paths that the handler takes, and whether each names its schema. */
  inputs: { kind: 'body' | 'query' | 'param'; checked: boolean }[];
}

/** Nest's numbers for what a parameter is. */
const kinds: Readonly<Record<string, 'body' | 'query' | 'param'>> = { '3': 'body', '4': 'query', '5': 'param' };

/** Every route of the running application. */
export const routesOf = (application: NestFastifyApplication): Route[] => {
  const routes: Route[] = [];
  for (const module of application.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type<object> | null;
      if (!controller) continue;
      const base = String(Reflect.getMetadata('path', controller));
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = (controller.prototype as Record<string, object>)[name];
        const method = handler && (Reflect.getMetadata('method', handler) as RequestMethod | undefined);
        if (!handler || method === undefined) continue;
        const args = (Reflect.getMetadata('__routeArguments__', controller, name) ?? {}) as Record<
          string,
          { schema?: unknown }
        >;
        routes.push({
          method: RequestMethod[method],
          path: `${base}/${String(Reflect.getMetadata('path', handler))}`.split('/').filter(Boolean).join('/'),
          access: Reflect.getMetadata(ACCESS, handler) as Access | undefined,
          answer: Reflect.getMetadata(ANSWER, handler) as Answer | undefined,
          inputs: Object.entries(args).flatMap(([key, { schema }]) => {
            const kind = kinds[key.split(':')[0] ?? ''];
            return kind ? [{ kind, checked: schema !== undefined }] : [];
          }),
        });
      }
    }
  }
  return routes;
};
