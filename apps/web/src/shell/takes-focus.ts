import { Directive, DestroyRef, ElementRef, EnvironmentInjector, afterNextRender, inject, input } from '@angular/core';

/**
 * A heading of a form that opens in a page: it takes focus when it is drawn, since the button that opened it is gone or
 * stands elsewhere. When the form closes, focus goes to what `wmTakesFocus` names by its id, unless it went somewhere by then.
 */
@Directive({ selector: '[wmTakesFocus]', host: { tabindex: '-1' } })
export class TakesFocus {
  readonly wmTakesFocus = input.required<string>();

  constructor() {
    const heading = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const injector = inject(EnvironmentInjector);
    afterNextRender({ read: () => heading.focus() });
    inject(DestroyRef).onDestroy(() => {
      const id = this.wmTakesFocus();
      afterNextRender(
        {
          read: () => {
            const at = document.activeElement;
            if (at === null || at === document.body) document.getElementById(id)?.focus();
          },
        },
        { injector },
      );
    });
  }
}
