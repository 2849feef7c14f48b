import type { CallView } from '@waymark/contracts';

/** The one thing to do with a call now: a deed of this page, a page to go to, or nothing but to wait. */
export type NextStep =
  | { kind: 'publish' | 'start-scoring' | 'archive' }
  | { kind: 'edit' | 'endorsements' | 'panel' | 'moderation' | 'allocation' | 'reopen' }
  | { kind: 'wait' };

export const nextStepOf = ({ moment, may, hindered }: Pick<CallView, 'moment' | 'may' | 'hindered'>): NextStep => {
  const inTheWay = hindered[0]?.by;
  switch (moment) {
    case 'draft':
      if (may.publish) return { kind: 'publish' };
      return { kind: may.change ? 'edit' : 'wait' };
    case 'closed':
      if (may.startScoring) return { kind: 'start-scoring' };
      if (inTheWay === 'endorsements-pending' || inTheWay === 'unendorsed-undecided') return { kind: 'endorsements' };
      return { kind: inTheWay === 'call-empty' && may.reopen ? 'reopen' : 'wait' };
    case 'scoring':
      return { kind: 'panel' };
    case 'moderation':
      return { kind: 'allocation' };
    case 'decided':
      return { kind: may.archive ? 'archive' : 'wait' };
    default:
      return { kind: 'wait' };
  }
};
