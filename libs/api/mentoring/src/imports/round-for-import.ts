import { Refused, type Tx } from '@waymark/api-platform';
import type { RoundStatus } from '@waymark/contracts';
import { Round } from '../entities';

/** People join a round until it is matched. */
const joinable: readonly RoundStatus[] = ['draft', 'open'];

/** The round, locked, while people may still join it; else refused with `status-refused`. */
export const lockRoundForImport = async (tx: Tx, roundId: string): Promise<Round> => {
  const round = await tx.lock(Round, roundId);
  if (!joinable.includes(round.status))
    throw new Refused('status-refused', { facts: { from: round.status, to: 'open' } });
  return round;
};
