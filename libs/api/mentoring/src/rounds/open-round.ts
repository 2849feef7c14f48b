import { move, Refused, type Tx } from '@waymark/api-platform';
import { Round } from '../entities';
import { changeableRound, roundTable } from '../statuses';

/** Locks a round whose people or rules are about to change; refused while it is matching and once it is released. */
export const lockChangeable = async (tx: Tx, roundId: string, version?: number): Promise<Round> => {
  const round = version === undefined ? await tx.lock(Round, roundId) : await tx.lockAt(Round, roundId, version);
  if (round.status === 'matching') throw new Refused('run-in-progress');
  if (!changeableRound.includes(round.status)) {
    throw new Refused('status-refused', { facts: { from: round.status, to: round.status } });
  }
  return round;
};

/** A draft opens as soon as there are people in it. */
export const openWithPeople = async (tx: Tx, round: Round): Promise<void> => {
  await tx.update(Round, round, {
    status: round.status === 'draft' ? move(roundTable, 'draft', 'open') : round.status,
  });
};
