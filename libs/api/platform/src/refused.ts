import { refusalStatus, type ProblemView, type Refusal } from '@waymark/contracts';

/** A refusal by name: what was asked cannot be done, and the person is told why. Rolls the transaction back. */
export class Refused extends Error {
  readonly status: number;

  constructor(
    readonly refusal: Refusal,
    readonly about: Pick<ProblemView, 'fields' | 'facts'> = {},
  ) {
    super(refusal);
    this.name = 'Refused';
    this.status = refusalStatus[refusal];
  }
}
