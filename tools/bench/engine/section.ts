/** What a benchmark of the engine measures, in one shape for the JSON and the page. */

/** Times in milliseconds (or, where the figure says so, megabytes) of several runs, in the order they were made. */
export interface Runs {
  /** Who ran: `waymark`, or the peer with its version. */
  readonly who: string;
  readonly values: readonly number[];
}

/** One figure against its aim. */
export interface Figure {
  /** The line of the table in the design: what is measured. */
  readonly work: string;
  /** The instance, with its sizes. */
  readonly instance: string;
  readonly unit: 'ratio' | 'ms' | 'MB' | 'exponent';
  /** The figure itself: for a ratio, the median over rounds of ours divided by the peer's of the same round. */
  readonly value: number;
  /** At most this; absent where there is no aim. */
  readonly aim?: number;
  readonly ours: Runs;
  readonly peer?: Runs;
  /** Whether all answers of this figure agree (optimum, winners, pairs), and with whom. */
  readonly agreesWith: readonly { readonly who: string; readonly agrees: boolean }[];
  /** What was tried and why it stops there, or what to know in reading it. */
  readonly note?: string;
}

export interface SectionResult {
  readonly figures: readonly Figure[];
  /** Peers that are not on this machine, and what would bring them: said plainly on the page. */
  readonly missing: readonly string[];
}

export interface BenchContext {
  /** Small instances and three rounds: the whole under two minutes. */
  readonly quick: boolean;
  /** Rounds of every contestant in turn: at least five in the full run. */
  readonly rounds: number;
  /** A folder of the run's own for instances and programs; removed afterwards. */
  readonly folder: string;
  readonly log: (text: string) => void;
}

export interface Section {
  readonly heading: string;
  run(context: BenchContext): Promise<SectionResult>;
}
