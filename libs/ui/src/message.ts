import { Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icons';

export type MessageTone = 'bad' | 'due' | 'wait' | 'ok';

const iconOfTone: Record<MessageTone, IconName> = { bad: 'octagon', due: 'warning', wait: 'lock', ok: 'tick-circle' };

/** What happened, why, and what would help. `bad` interrupts a screen reader; the others wait their turn. */
@Component({
  selector: 'wm-message',
  imports: [Icon],
  template: `
    <div [class]="'msg msg--' + tone()" [attr.role]="tone() === 'bad' ? 'alert' : 'status'">
      <wm-icon [name]="shown()" />
      <div>
        @if (heading()) {
          <h2>{{ heading() }}</h2>
        }
        <ng-content />
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
  `,
})
export class Message {
  readonly tone = input<MessageTone>('wait');
  readonly heading = input('');
  readonly icon = input<IconName>();
  protected readonly shown = computed(() => this.icon() ?? iconOfTone[this.tone()]);
}
