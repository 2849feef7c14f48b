/** A list as a file to keep: see tableAnswer. */
export interface Table {
  headings: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}
