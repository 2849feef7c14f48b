import { Component, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icons';

export interface TimelineEntry {
  what: string;
  /** Who and when, or what it waits for. */
  who: string;
  state: 'done' | 'now' | 'next' | 'bad';
}

const iconOfState: Partial<Record<TimelineEntry['state'], IconName>> = { done: 'tick', now: 'clock', bad: 'octagon' };

/** What has happened, what is now, what comes next. */
@Component({
  selector: 'wm-timeline',
  imports: [Icon],
  template: `
    <ol class="tl">
      @for (entry of entries(); track $index) {
        <li [attr.aria-current]="entry.state === 'now' ? 'step' : null">
          <span [class]="'tl__dot tl__dot--' + entry.state">
            @if (icon(entry); as name) {
              <wm-icon [name]="name" />
            }
          </span>
          <p class="tl__what">
            @if (entry.state === 'next') {
              <span class="vh" i18n>To come: </span>
            }
            {{ entry.what }}
          </p>
          <p class="tl__who">{{ entry.who }}</p>
        </li>
      }
    </ol>
  `,
})
export class Timeline {
  readonly entries = input.required<readonly TimelineEntry[]>();

  protected icon(entry: TimelineEntry): IconName | undefined {
    return iconOfState[entry.state];
  }
}
