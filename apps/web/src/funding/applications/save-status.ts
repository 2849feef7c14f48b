import { Component, computed, inject } from '@angular/core';
import { Icon, type IconName } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { DraftStore } from './draft-store';

/** Where what was typed is: "Saved at 10:42; version 14". */
@Component({
  selector: 'wm-save-status',
  imports: [Icon],
  template: `
    <span class="sv" [class.due]="due()"><wm-icon [name]="icon()" />{{ words() }}</span>
    <span class="vh" role="status">{{ said() }}</span>
  `,
  styles: `
    .sv {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      font-variant-numeric: tabular-nums;
    }
    .due {
      color: var(--wm-due);
    }
  `,
})
export class SaveStatus {
  private readonly store = inject(DraftStore);
  private readonly dates = inject(Dates);
  protected readonly due = computed(() => ['unreachable', 'conflict', 'refused'].includes(this.store.state()));
  protected readonly icon = computed<IconName>(() => {
    if (this.store.state() === 'unreachable') return 'offline';
    return this.due() ? 'warning' : 'tick-circle';
  });
  protected readonly words = computed(() => {
    const saved = this.store.saved();
    if (!saved) return '';
    const version = saved.draftVersion;
    const time = this.dates.time(saved.savedAt);
    switch (this.store.state()) {
      case 'saved':
      case 'waiting':
        return $localize`Saved at ${time}:time:; version ${version}:version:`;
      case 'saving':
        return $localize`Saving; version ${version}:version: is safe`;
      case 'unreachable':
        return this.store.notKept()
          ? $localize`Not saved yet: leave this page open. Version ${version}:version: is safe`
          : $localize`Kept on this device; version ${version}:version: was saved at ${time}:time:`;
      case 'conflict':
        return $localize`Two versions; choose below`;
      case 'refused':
        return $localize`Kept on this device, not saved`;
    }
  });
  /** Only what changes what the person would do is said aloud. */
  protected readonly said = computed(() => {
    switch (this.store.state()) {
      case 'unreachable':
        return $localize`Not connected. What you type is kept on this device.`;
      case 'conflict':
        return $localize`This was changed somewhere else too.`;
      default:
        return '';
    }
  });
}
