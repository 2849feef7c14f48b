import { Refused, type Tx } from '@waymark/api-platform';
import { Round } from '../entities';
import { joinableRound } from '../statuses';

/** The round, locked, while people may join it; else refused with `status-refused`. */
export const lockRoundForImport = async (tx: Tx, roundId: string): Promise<Round> => {
  const round = await tx.lock(Round, roundId);
  if (!joinableRound.includes(round.status))
    throw new Refused('status-refused', { facts: { from: round.status, to: 'open' } });
  return round;
};
