import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Chip, Icon } from '@waymark/ui';
import type { DueShown } from './due-chip';
import type { TaskWords } from './task-words';

export interface TaskShown {
  key: string;
  words: TaskWords;
  due: DueShown | null;
  /** The next step: the only one with the blaze and the filled button. */
  next: boolean;
}

@Component({
  // A list item of its list, so that the list keeps its meaning.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'li[wmTask]',
  imports: [Chip, Icon, RouterLink],
  template: `
    <span class="task__ic"><wm-icon [name]="task().words.icon" /></span>
    <div>
      <h3 class="task__what">{{ task().words.what }}</h3>
      <p class="task__why">{{ task().words.why }}</p>
    </div>
    <span class="task__due">
      @if (task().due; as due) {
        <wm-chip [tone]="due.tone">{{ due.words }}</wm-chip>
      }
    </span>
    <a
      class="btn"
      [class.btn--main]="task().next"
      [class.btn--line]="!task().next"
      [routerLink]="task().words.link"
      [queryParams]="task().words.query"
      [attr.aria-label]="task().words.action + ': ' + task().words.what"
      >{{ task().words.action }}</a
    >
  `,
  host: { class: 'task', '[class.task--next]': 'task().next' },
})
export class TaskRow {
  readonly task = input.required<TaskShown>({ alias: 'wmTask' });
}
