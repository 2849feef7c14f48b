import { Component, computed, input } from '@angular/core';
import { Icon } from '@waymark/ui';

export type ImportStep = 'file' | 'columns' | 'check' | 'loaded';

const steps: readonly { step: ImportStep; text: string }[] = [
  { step: 'file', text: $localize`File` },
  { step: 'columns', text: $localize`Columns` },
  { step: 'check', text: $localize`Check` },
  { step: 'loaded', text: $localize`Load` },
];

/** Where one is on the way from a file to people. */
@Component({
  selector: 'wm-import-steps',
  imports: [Icon],
  template: `
    <ol class="steps" i18n-aria-label aria-label="Steps of loading a file">
      @for (each of shown(); track each.text) {
        <li [class.now]="each.state === 'now'" [attr.aria-current]="each.state === 'now' ? 'step' : null">
          @if (each.state === 'done') {
            <wm-icon name="tick" /><span class="vh" i18n>Done: </span>
          } @else {
            <b>{{ each.number }}</b>
          }
          {{ each.text }}
        </li>
      }
    </ol>
  `,
  styles: `
    :host {
      display: block;
    }
    .steps {
      display: grid;
      grid-template-columns: repeat(4, 1fr);
      gap: 4px;
    }
    li {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 6px;
      min-height: 44px;
      background: var(--wm-surface);
      color: var(--wm-ink-2);
      font-size: 0.875rem;
      box-shadow: inset 0 0 0 1px var(--wm-line);
      border-radius: 4px;
    }
    .now {
      background: var(--wm-blaze);
      color: var(--wm-on-blaze);
      font-weight: 700;
      box-shadow: none;
      border-radius: 2px 0 0 2px;
      clip-path: polygon(0 0, calc(100% - 11px) 0, 100% 50%, calc(100% - 11px) 100%, 0 100%);
    }
    wm-icon {
      color: var(--wm-ok);
    }
    @media (max-width: 599px) {
      b {
        display: none;
      }
      li {
        gap: 2px;
      }
    }
  `,
})
export class ImportSteps {
  readonly step = input.required<ImportStep>();
  /** The last step is over as well. */
  readonly over = input(false);
  protected readonly shown = computed(() => {
    const at = steps.findIndex((each) => each.step === this.step());
    return steps.map(({ text }, index) => ({
      text,
      number: index + 1,
      state: index < at || (this.over() && index === at) ? 'done' : index === at ? 'now' : 'next',
    }));
  });
}
