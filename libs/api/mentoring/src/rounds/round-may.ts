import type { Permission, RoundStatus, RoundView } from '@waymark/contracts';
import { changeableRound, joinableRound, roundTable } from '../statuses';

/** What somebody may do with a round now, by role and status. */
export const roundMay = (
  permissions: ReadonlySet<Permission>,
  round: { status: RoundStatus; mentees: number; mentors: number; finishedRuns: number },
): RoundView['may'] => {
  const runs = permissions.has('rounds.run');
  const changeable = changeableRound.includes(round.status);
  return {
    change: runs && changeable,
    choose: runs && changeable && round.mentees > 0 && round.mentors > 0,
    load: joinableRound.includes(round.status) && permissions.has('imports.run'),
    run: runs && changeable && round.status !== 'draft' && round.mentees > 0 && round.mentors > 0,
    release: runs && roundTable[round.status].includes('released') && round.finishedRuns > 0,
    cancel: runs && roundTable[round.status].includes('cancelled'),
    close: runs && roundTable[round.status].includes('closed'),
  };
};
