import { Injectable } from '@nestjs/common';
import { Reads } from '@waymark/api-platform';
import type { CallTerms } from '@waymark/contracts';

/** Terms of so many calls are kept; an institution has a few open at a time. */
const keptMost = 200;

/** Terms are never changed, so what was read once is kept: by institution, call and number. */
@Injectable()
export class TermsKept {
  private readonly kept = new Map<string, CallTerms>();

  constructor(private readonly reads: Reads) {}

  async of(institutionId: string, callId: string, number: number): Promise<CallTerms> {
    const key = `${institutionId} ${callId} ${number}`;
    const known = this.kept.get(key);
    if (known) return known;
    const [row] = await this.reads.rows<{ terms: CallTerms }>(
      { institutionId },
      {
        name: 'terms-of-call',
        text: `select terms from call_terms where institution_id = $1 and call_id = $2 and number = $3`,
        values: [institutionId, callId, number],
      },
    );
    if (!row) throw new Error('a call without its terms');
    const [oldest] = this.kept.keys();
    if (this.kept.size >= keptMost && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, row.terms);
    return row.terms;
  }
}
