import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Scripts and styles of our own with this answer's nonce, and nothing else from anywhere. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // `blob:`: a picture of somebody's own device before it is sent, or fetched by a route that asked who may.
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');

/** Serves the built web: hashed files for ever, and the page itself, with a fresh nonce, for every other address. */
export const serveWeb = async (application: NestFastifyApplication, webRoot: string): Promise<void> => {
  const root = resolve(webRoot);
  const page = await readFile(join(root, 'index.html'), 'utf8');
  const fastify = application.getHttpAdapter().getInstance();
  await fastify.register(fastifyStatic, {
    root,
    index: false,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = /-[\w-]{8}\.(js|css)(\.br|\.gz)?$/.test(path);
      void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  fastify.get('/*', (request, reply) => {
    const wantsPage = (request.headers.accept ?? '').includes('text/html') && !request.url.startsWith('/api');
    if (!wantsPage) return reply.callNotFound();
    const nonce = randomBytes(18).toString('base64');
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy(nonce),
        'cache-control': 'no-cache',
        'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      })
      .send(page.replaceAll('__CSP_NONCE__', nonce));
  });
};
