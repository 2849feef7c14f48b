import { Component, booleanAttribute, computed, input, output } from '@angular/core';
import { wordsOf } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { figure } from '../../shell/words';
import { cleanText } from './draft-fields';
import { describedBy } from './draft-text';

/** Longer text of a draft, with its words counted. */
@Component({
  selector: 'wm-draft-words',
  imports: [Field],
  template: `
    <wm-field [for]="for()" [label]="label()" [hint]="hint()" [error]="error()">
      <textarea
        #box
        class="in"
        maxlength="20000"
        [id]="for()"
        [rows]="rows()"
        [value]="value()"
        [attr.aria-required]="required() ? true : null"
        [attr.aria-invalid]="error() ? true : null"
        [attr.aria-describedby]="describedBy()"
        (input)="typed.emit(clean(box.value))"
      ></textarea>
      @if (most(); as most) {
        <p class="hint row row--between num" [id]="for() + '-count'">
          <span i18n>{{ shown(words()) }} of {{ shown(most) }} words</span>
          @if (left() >= 0) {
            <span i18n>{{ shown(left()) }} left</span>
          } @else {
            <b class="over" i18n>{{ shown(-left()) }} too many</b>
          }
        </p>
      }
    </wm-field>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .over {
      color: var(--wm-bad);
    }
  `,
})
export class DraftWords {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly value = input.required<string>();
  /** At most so many words; null: as many as there is room for. */
  readonly most = input<number | null>(null);
  readonly rows = input(8);
  readonly required = input(false, { transform: booleanAttribute });
  readonly error = input<string | null>(null);
  readonly typed = output<string>();

  protected readonly clean = cleanText;
  protected readonly shown = figure;
  protected readonly words = computed(() => wordsOf(this.value()));
  protected readonly left = computed(() => (this.most() ?? 0) - this.words());
  protected readonly describedBy = computed(() =>
    describedBy(this.for(), this.hint(), this.error(), this.most() === null ? '' : `${this.for()}-count`),
  );
}
