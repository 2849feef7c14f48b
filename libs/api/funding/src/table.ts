/** A list as a file to keep: see tableAnswer. */
export interface Table {
  headings: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Pence as a number of pounds for a sheet, exact to the penny. */
export const pounds = (pence: number): number => pence / 100;
