import type { ShareRow } from '@waymark/contracts';

/** Tenths of a percent, cut: 423 is 42.3%. Null is of nothing. */
export const percentOf = (tenths: number | null): string =>
  tenths === null ? '–' : `${Math.trunc(tenths / 10)}.${tenths % 10}%`;

/** “Life sciences; Arts and digital*”: the star says that several are shown together. */
export const shareName = ({ groups }: Pick<ShareRow, 'groups'>, by: 'unit' | 'grade'): string => {
  const names = groups.map((each) => each ?? (by === 'unit' ? $localize`No department` : $localize`No grade`));
  return names.join('; ') + (groups.length > 1 ? '*' : '');
};

/** A row’s bar and mark in words. */
export const shareWords = ({ moneyShare, staffShare }: Pick<ShareRow, 'moneyShare' | 'staffShare'>): string => {
  const [money, staff] = [percentOf(moneyShare), percentOf(staffShare)];
  if (moneyShare === null) return $localize`No money is awarded; ${staff}:staff: of technicians`;
  return staffShare === null
    ? $localize`${money}:money: of the money`
    : $localize`${money}:money: of the money, ${staff}:staff: of technicians`;
};
