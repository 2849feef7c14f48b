import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { refusalStatus, type ProblemView, type Refusal } from '@waymark/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from './refused';

const ofFastify: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};

const ofStatus: Readonly<Record<number, Refusal>> = {
  400: 'malformed-request',
  404: 'not-found',
  405: 'not-found',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

const refusedFrom = (error: unknown): Refused => {
  if (error instanceof Refused) return error;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (typeof code === 'string' && ofFastify[code]) return new Refused(ofFastify[code]);
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const refusal = typeof status === 'number' ? ofStatus[status] : undefined;
  return new Refused(refusal ?? 'unexpected');
};

/** RFC 9457 body of a refusal. Of an unexpected error nothing is told but the number under which the log has it. */
export const problemOf = (error: unknown, correlationId: string): ProblemView => {
  const refused = refusedFrom(error);
  return {
    type: `urn:waymark:refusal:${refused.refusal}`,
    title: refused.refusal,
    status: refusalStatus[refused.refusal],
    refusal: refused.refusal,
    correlationId,
    ...refused.about,
  };
};

/** The one place where everything that goes wrong becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export const answerProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = problemOf(error, request.id);
  // The message of a database error can hold what people typed, so its class and code are logged, not its text.
  if (problem.status >= 500) {
    const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
    const at = stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 12);
    request.log.error({ refusal: problem.refusal, error: name, code, at }, 'unexpected error');
  }
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem));
};
