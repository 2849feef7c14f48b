import { Component, input, output } from '@angular/core';
import { Icon } from '@waymark/ui';
import { gradeStepsWords } from './grade-words';
import { RulesDraft } from './rules-draft';

/** Who is never put together: what always holds, locked, and what the round sets. */
@Component({
  selector: 'wm-never-together',
  imports: [Icon],
  templateUrl: './never-together.html',
  styleUrl: './never-together.css',
})
export class NeverTogether {
  readonly draft = input.required<RulesDraft>();
  readonly errors = input.required<ReadonlyMap<string, string>>();
  readonly may = input.required<boolean>();
  readonly changed = output<Partial<RulesDraft>>();
  protected readonly stepsWords = gradeStepsWords;
  protected readonly steps = Array.from({ length: 21 }, (_, at) => 10 - at);
}
