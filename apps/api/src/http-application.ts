import fastifyCookie from '@fastify/cookie';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { answerProblem, type Clock, Refused } from '@waymark/api-platform';
import { importFileBytesMax } from '@waymark/contracts';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { randomBytes } from 'node:crypto';
import { ApiModule } from './api-module';
import type { Config } from './config';
import { jsonLogger, requestLogger } from './request-log';
import { serveWeb } from './serve-web';

/** Letters and digits that people can read to each other, as `WM-7F3K-20B9`. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const newCorrelationId = (): string => {
  const letters = [...randomBytes(8)].map((byte) => alphabet[byte % 32]).join('');
  return `WM-${letters.slice(0, 4)}-${letters.slice(4)}`;
};

const bodyLimit = 1024 * 1024;
/** Base64 and the rest of the JSON around a file. */
const fileBodyLimit = Math.ceil(importFileBytesMax / 3) * 4 + 64 * 1024;

/** The whole API on Fastify, and the built web where a folder is given; not yet listening. */
export const createHttpApplication = async (config: Config, clock: Clock): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    loggerInstance: requestLogger(config.logLevel),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newCorrelationId,
    requestIdHeader: false,
    bodyLimit,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      answerProblem(error, request, reply);
    },
    // In-flight requests end before a stop; new ones are turned away.
    forceCloseConnections: 'idle',
    trustProxy: config.publicUrl.startsWith('https:'),
  });
  const fastify = adapter.getInstance();
  // A staff file, a receipt or an attachment is taken as it streams in; nothing else comes so.
  fastify.addContentTypeParser('application/octet-stream', (request, payload, done) => {
    const { url } = request.routeOptions;
    const taken = request.method === 'POST' && (url === '/api/people/staff-imports' || url === '/api/funding/files');
    if (taken) done(null, payload);
    else done(new Refused('unsupported-media-type'));
  });
  fastify.addHook('onRoute', (route) => {
    if (route.url === '/api/mentoring/imports' && route.method === 'POST') route.bodyLimit = fileBodyLimit;
  });
  fastify.addHook('onSend', async (_request, reply) => {
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': reply.getHeader('referrer-policy') ?? 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      // What is published is for other sites too: its routes say so themselves.
      'cross-origin-resource-policy': reply.getHeader('cross-origin-resource-policy') ?? 'same-origin',
      ...(config.publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never its address: searches and links hold names and secrets.
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  const application = await NestFactory.create<NestFastifyApplication>(ApiModule.with(config, clock), adapter, {
    logger: jsonLogger('api'),
    abortOnError: false,
  });
  application.setGlobalPrefix('api');
  await application.register(fastifyCookie);
  if (config.webRoot) await serveWeb(application, config.webRoot);
  return application;
};
