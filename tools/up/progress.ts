/** Says what is being done and how long it took, since the beginning. */
export class Progress {
  private readonly from = performance.now();

  elapsedSeconds(): string {
    return ((performance.now() - this.from) / 1000).toFixed(1);
  }

  say(line: string): void {
    console.log(`${this.elapsedSeconds().padStart(6)} s  ${line}`);
  }

  /** Announces a step and, while it lasts, says every ten seconds that it is still at it. */
  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.say(`${what}…`);
    const still = setInterval(() => this.say(`${what}… (still at it)`), 10_000);
    try {
      return await work();
    } finally {
      clearInterval(still);
    }
  }
}
