import { Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icons';

export type ChipTone = 'draft' | 'wait' | 'ok' | 'due' | 'bad' | 'done';

const iconOfTone: Record<ChipTone, IconName> = {
  draft: 'pencil',
  wait: 'hourglass',
  ok: 'tick',
  due: 'clock',
  bad: 'octagon',
  done: 'tick-circle',
};

/** A status: icon, word and tint together, never colour alone. */
@Component({
  selector: 'wm-chip',
  imports: [Icon],
  template: `<span [class]="'chip chip--' + tone()"><wm-icon [name]="shown()" /><ng-content /></span>`,
})
export class Chip {
  readonly tone = input<ChipTone>('draft');
  readonly icon = input<IconName>();
  protected readonly shown = computed(() => this.icon() ?? iconOfTone[this.tone()]);
}
