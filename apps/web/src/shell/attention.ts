import { Component, ElementRef, computed, inject, input } from '@angular/core';
import { Icon } from '@waymark/ui';
import { focusOnceDrawn } from './focus-once-drawn';

/**
 * What has to be put right before a form can be sent: a list that leads to the fields. The ids of the controls are the
 * fields' names behind `prefix`. `focus()` is called after a try that failed.
 */
@Component({
  selector: 'wm-attention',
  imports: [Icon],
  template: `
    @if (lines().length) {
      <div class="msg msg--bad" role="alert" tabindex="-1">
        <wm-icon name="warning" />
        <div>
          <h2 i18n>
            {lines().length, plural,
              =1 {One thing needs your attention}
              other {{{ lines().length }} things need your attention}
            }
          </h2>
          <ul class="bul">
            @for (line of lines(); track line.id) {
              <li>
                <a href="#" (click)="lead($event, line.id)">{{ line.words }}</a>
              </li>
            }
          </ul>
        </div>
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
    }
  `,
})
export class Attention {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly focusLater = focusOnceDrawn();
  readonly words = input.required<Readonly<Record<string, string | undefined>>>();
  readonly prefix = input('');

  protected readonly lines = computed(() =>
    Object.entries(this.words()).map(([name, words]) => ({ id: this.prefix() + name, words })),
  );

  focus(): void {
    this.focusLater(() => this.host.nativeElement.querySelector<HTMLElement>('[tabindex]'));
  }

  protected lead(event: Event, id: string): void {
    event.preventDefault();
    document.getElementById(id)?.focus();
  }
}
