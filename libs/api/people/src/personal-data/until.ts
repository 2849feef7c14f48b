import { type PersonalTable, Refused, type RetentionSetting, type Tx } from '@waymark/api-platform';

export type RetentionDays = Readonly<Record<RetentionSetting, number>>;

const settings: readonly RetentionSetting[] = [
  'mail_kept_days',
  'import_files_kept_days',
  'commands_kept_days',
  'sessions_kept_days',
  'jobs_kept_days',
  'leavers_kept_days',
];

export const retentionSql = `select json_build_object(${settings.map((name) => `'${name}', ${name}`).join(', ')}) as days
  from institution where id = $1`;

export const retentionIn = async (tx: Tx): Promise<RetentionDays> => {
  const [row] = await tx.query<{ days: RetentionDays }>(retentionSql, [tx.scope.institutionId]);
  if (!row) throw new Refused('not-found');
  return row.days;
};

/** Until when a table's rows are kept, in words, with the institution's own figure in the place of `{days}`. */
export const untilOf = ({ kept }: PersonalTable, days: RetentionDays): string =>
  kept.setting ? kept.until.replaceAll('{days}', inWords(days[kept.setting])) : kept.until;

/** `730` as `2 years`: whole years and months as people say them. */
export const inWords = (days: number): string => {
  const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
  if (days >= 365 && days % 365 === 0) return counted(days / 365, 'year');
  return counted(days, 'day');
};
