import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { auditHead, headComparison, type HeadComparison } from '@waymark/contracts';
import { Field, Message } from '@waymark/ui';
import { firstValueFrom } from 'rxjs';
import { Deed } from '../shell/deed';
import { Trouble } from '../shell/trouble';
import { comparisonWords } from './chain-words';

/** A head that an auditor downloaded or noted earlier, pasted and compared with the chain as it is now. */
@Component({
  selector: 'wm-compare-head',
  imports: [Field, Message, Trouble],
  template: `
    <form class="stack narrow" (submit)="compare($event)">
      <wm-field
        for="held-head"
        i18n-label
        label="The head you hold"
        i18n-hint
        hint="Paste the whole file that you downloaded, or one line of the file that is kept outside the database."
        [error]="error()"
      >
        <textarea
          #box
          id="held-head"
          class="in"
          rows="4"
          spellcheck="false"
          autocomplete="off"
          [attr.aria-invalid]="error() ? true : null"
          aria-describedby="held-head-hint held-head-error"
          (input)="typed.set(box.value)"
        ></textarea>
      </wm-field>
      <div>
        <button type="submit" class="btn btn--line" [disabled]="comparing.busy()" i18n>Compare</button>
      </div>
      <wm-trouble [error]="comparing.problem()" compact />
      @if (result(); as words) {
        <wm-message [tone]="words.tone" [heading]="words.title">
          <p>{{ words.text }}</p>
        </wm-message>
      }
    </form>
  `,
  styles: `
    :host {
      display: block;
    }
    textarea {
      font-family: var(--wm-font-mono);
      height: auto;
    }
  `,
})
export class CompareHead {
  private readonly http = inject(HttpClient);
  protected readonly typed = signal('');
  private readonly tried = signal(false);
  private readonly outcome = signal<HeadComparison['outcome'] | null>(null);
  protected readonly comparing = new Deed();
  private readonly head = computed(() => {
    try {
      const parsed = auditHead.safeParse(JSON.parse(this.typed()));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  });
  protected readonly error = computed(() =>
    this.tried() && !this.head() ? $localize`This is no head: it should hold a number and a hash.` : null,
  );
  protected readonly result = computed(() => {
    const outcome = this.outcome();
    return outcome && comparisonWords[outcome];
  });

  protected async compare(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    this.outcome.set(null);
    const head = this.head();
    if (!head) return document.getElementById('held-head')?.focus();
    await this.comparing.run(async () => {
      const params = { number: head.number, hash: head.hash };
      const answer = await firstValueFrom(this.http.get('/api/audit/chain/comparison', { params }));
      this.outcome.set(headComparison.parse(answer).outcome);
    });
  }
}
