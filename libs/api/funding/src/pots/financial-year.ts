/** A financial year by the calendar year in which it begins: 2026 is `2026/27`. */
export const financialYearWords = (year: number): string => `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
