import { Component, booleanAttribute, computed, input, output } from '@angular/core';
import { ProblemPanel, type ProblemWords } from '@waymark/ui';
import { problemFrom } from './problem';
import { refusalWords } from './refusal-words';

/**
 * Whatever went wrong, in its words: `[error]` takes a resource's error or a deed's problem, `heading` says what could
 * not be loaded when the fault is ours. Shows nothing without an error.
 */
@Component({
  selector: 'wm-trouble',
  imports: [ProblemPanel],
  template: `
    @if (problem(); as shown) {
      <wm-problem [problem]="shown" [words]="words()" [compact]="compact()" (retry)="retry.emit()">
        <ng-content />
      </wm-problem>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host:empty {
      display: none;
    }
  `,
})
export class Trouble {
  readonly error = input.required<unknown>();
  readonly heading = input('');
  readonly compact = input(false, { transform: booleanAttribute });
  readonly retry = output();

  protected readonly problem = computed(() => (this.error() ? problemFrom(this.error()) : null));
  protected readonly words = computed<ProblemWords>(() => {
    const problem = this.problem();
    if (!problem) return { title: '', text: '', help: '' };
    const words = refusalWords(problem);
    return problem.refusal === 'unexpected' && this.heading() ? { ...words, title: this.heading() } : words;
  });
}
