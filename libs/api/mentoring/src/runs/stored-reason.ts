import type { LeftOutReason, Shortfall } from '@waymark/matching-engine';
import type { StoredLeftOutReason, StoredShort } from '../entities';

/** Why somebody is left out, as a run keeps it: enrolments instead of names, the points lacked where there are any. */
export const storedReason = (reason: LeftOutReason): StoredLeftOutReason => {
  switch (reason.kind) {
    case 'asks-for-no-mentor':
    case 'no-allowed-mentor':
      return { kind: 'no-mentor-allowed' };
    case 'mentors-have-no-places':
      return { kind: 'no-places' };
    case 'competition':
      return {
        kind: 'competition',
        people: reason.menteeCount,
        places: reason.placeCount,
        enrolmentIds: [...reason.mentors],
        ...short(reason),
      };
    case 'below-floor':
      return { kind: 'below-floor', with: reason.mentor };
    case 'lower-total':
      return { kind: 'fewer-points', ...short(reason) };
  }
};

const short = ({ pointsShort, mentor }: Shortfall): StoredShort =>
  pointsShort === undefined || mentor === undefined ? {} : { pointsShort, with: mentor };

/** The reason without what could tell an answer about identity: points lacked, and with whom they are fewest. */
export const withoutPoints = (reason: StoredLeftOutReason): StoredLeftOutReason => {
  switch (reason.kind) {
    case 'no-mentor-allowed':
    case 'no-places':
      return reason;
    case 'competition': {
      const { kind, people, places, enrolmentIds } = reason;
      return { kind, people, places, enrolmentIds };
    }
    case 'below-floor':
    case 'fewer-points':
    case 'others-preferred':
      return { kind: reason.kind };
  }
};
