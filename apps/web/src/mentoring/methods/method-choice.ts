import { Component, input, output } from '@angular/core';
import { MatchingMethod, matchingMethods } from '@waymark/contracts';
import { methodWords } from './method-words';

let asked = 0;

/** The methods of matching, each with what it puts first and for whom that is good; one is chosen. */
@Component({
  selector: 'wm-method-choice',
  template: `
    <fieldset class="stack-2">
      <legend class="lab">{{ legend() }}</legend>
      @for (each of methods; track each) {
        <label class="check">
          <input
            type="radio"
            [name]="name"
            [value]="each"
            [checked]="each === chosen()"
            [disabled]="disabled()"
            (change)="chose.emit(each)"
          />
          <span>
            <b>{{ words[each].name }}</b>
            <span class="hint">{{ words[each].says }} {{ words[each].goodFor }}</span>
          </span>
        </label>
      }
    </fieldset>
  `,
  styles: `
    :host {
      display: block;
    }
    .check {
      align-items: start;
    }
    .check input {
      flex: none;
    }
    b {
      font-weight: var(--wm-medium);
    }
    .hint {
      display: block;
    }
  `,
})
export class MethodChoice {
  readonly legend = input.required<string>();
  readonly chosen = input.required<MatchingMethod>();
  readonly disabled = input(false);
  readonly chose = output<MatchingMethod>();
  protected readonly methods = matchingMethods;
  protected readonly words = methodWords;
  protected readonly name = `method-${(asked += 1)}`;
}
