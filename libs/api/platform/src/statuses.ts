import { Refused } from './refused';

/** From each status, the statuses it may move to. Data, checked when it is made. */
export type StatusTable<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/** Moves along the table or refuses with `status-refused`, naming both ends. */
export const move = <Status extends string>(table: StatusTable<Status>, from: Status, to: Status): Status => {
  if (!table[from].includes(to)) throw new Refused('status-refused', { facts: { from, to } });
  return to;
};
