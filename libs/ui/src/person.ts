import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';

/** First letters of the first and the last name. */
export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/u);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words[words.length - 1] ?? '') : '';
  return (Array.from(first)[0] ?? '').concat(Array.from(last)[0] ?? '').toLocaleUpperCase('en-GB');
};

/** A person: initials, name, one fact; never a photograph. */
@Component({
  selector: 'wm-person',
  imports: [RouterLink],
  template: `
    <span class="person">
      <span class="av" [class.av--sm]="size() === 'sm'" aria-hidden="true">{{ initials() }}</span>
      <span>
        @if (link(); as to) {
          <a class="rowlink" [routerLink]="to">{{ name() }}</a>
        } @else {
          <b>{{ name() }}</b>
        }
        @if (fact(); as shown) {
          <span>{{ shown }}</span>
        }
      </span>
    </span>
  `,
})
export class Person {
  readonly name = input.required<string>();
  readonly fact = input<string | null>(null);
  readonly size = input<'sm' | 'md'>('md');
  /** Where the name leads: what `routerLink` takes, or null for plain text. */
  readonly link = input<string | readonly unknown[] | null>(null);
  protected readonly initials = computed(() => initialsOf(this.name()));
}
