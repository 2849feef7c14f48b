import { httpResource } from '@angular/common/http';
import { Component, DestroyRef, computed, inject, input, linkedSignal, model, signal } from '@angular/core';
import { MatAutocompleteModule, type MatAutocompleteSelectedEvent } from '@angular/material/autocomplete';
import { peoplePage, type PersonRow } from '@waymark/contracts';
import { kept } from '../shell/kept';

export interface Picked {
  id: string;
  name: string;
}
const typingPauseMs = 200;

/** Choosing a person by part of a name. What is typed counts only once a person was chosen. */
@Component({
  selector: 'wm-person-picker',
  imports: [MatAutocompleteModule],
  template: `
    <input
      class="in"
      type="text"
      autocomplete="off"
      [id]="controlId()"
      [value]="text()"
      [matAutocomplete]="list"
      [attr.aria-describedby]="describedBy() || null"
      (input)="type($event)"
      (blur)="settle()"
    />
    <mat-autocomplete #list="matAutocomplete" [displayWith]="nameOf" (optionSelected)="choose($event)">
      @for (person of found(); track person.id) {
        <mat-option [value]="person">
          {{ person.name }}
          @if (person.unit) {
            <span class="quiet small"> · {{ person.unit }}</span>
          }
        </mat-option>
      }
    </mat-autocomplete>
    <p class="vh" role="status">{{ said() }}</p>
  `,
})
export class PersonPicker {
  readonly picked = model<Picked | null>(null);
  readonly controlId = input.required<string>();
  readonly describedBy = input('');
  /** Not offered: nobody is their own manager. */
  readonly except = input<string | null>(null);

  protected readonly text = linkedSignal(() => this.picked()?.name ?? '');
  private readonly sought = signal('');
  private typing: ReturnType<typeof setTimeout> | undefined;

  private readonly people = httpResource(
    () => (this.sought() ? { url: '/api/people', params: { search: this.sought(), pageSize: 8 } } : undefined),
    { parse: (raw) => peoplePage.parse(raw) },
  );
  private readonly newest = kept(this.people);
  protected readonly found = computed<PersonRow[]>(() =>
    this.sought() ? (this.newest()?.rows ?? []).filter((person) => person.id !== this.except()) : [],
  );
  protected readonly said = computed(() => {
    if (!this.sought() || this.people.isLoading()) return '';
    return this.found().length ? '' : $localize`Nobody found with “${this.sought()}:text:” in the name`;
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.typing));
  }

  protected readonly nameOf = (person: Picked | string | null): string =>
    typeof person === 'string' ? person : (person?.name ?? '');

  protected type(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    this.text.set(text);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.sought.set(text.trim()), typingPauseMs);
  }

  protected choose(event: MatAutocompleteSelectedEvent): void {
    const { id, name } = event.option.value as Picked;
    this.picked.set({ id, name });
    this.text.set(name);
    this.sought.set('');
  }

  /** Emptied means nobody; anything else that was not chosen falls back to who was. */
  protected settle(): void {
    if (this.text().trim() === '') this.picked.set(null);
    // After a click on an option, which blurs first.
    setTimeout(() => this.text.set(this.picked()?.name ?? ''), 200);
  }
}
