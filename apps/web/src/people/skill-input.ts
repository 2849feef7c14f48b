import { httpResource } from '@angular/common/http';
import { Component, DestroyRef, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { MatAutocompleteModule, type MatAutocompleteSelectedEvent } from '@angular/material/autocomplete';
import { skillsView } from '@waymark/contracts';
import { kept } from '../shell/kept';

const typingPauseMs = 200;

/** A skill by name, with those offered that the institution knows already. `chosen` is told on Enter, a choice, or leaving it. */
@Component({
  selector: 'wm-skill-input',
  imports: [MatAutocompleteModule],
  template: `
    <input
      class="in"
      type="text"
      maxlength="80"
      autocomplete="off"
      [id]="controlId()"
      [value]="text()"
      [matAutocomplete]="list"
      [attr.aria-describedby]="describedBy() || null"
      (input)="type($event)"
      (keydown.enter)="enter($event)"
      (change)="told($event)"
    />
    <mat-autocomplete #list="matAutocomplete" (optionSelected)="pick($event)">
      @for (skill of offered(); track skill.id) {
        <mat-option [value]="skill.name">
          {{ skill.name }}
          <span class="quiet small" i18n>
            · {skill.people, plural, =1 {1 person} other {{{ skill.people }} people}}</span
          >
        </mat-option>
      }
    </mat-autocomplete>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
  `,
})
export class SkillInput {
  readonly controlId = input.required<string>();
  readonly describedBy = input('');
  readonly value = input('');
  readonly chosen = output<string>();

  protected readonly text = linkedSignal(() => this.value());
  private readonly sought = signal('');
  private typing: ReturnType<typeof setTimeout> | undefined;
  private readonly skills = httpResource(
    () => (this.sought() ? { url: '/api/skills', params: { search: this.sought() } } : undefined),
    { parse: (raw) => skillsView.parse(raw) },
  );
  private readonly newest = kept(this.skills);
  protected readonly offered = computed(() => (this.sought() ? (this.newest()?.skills ?? []) : []));

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.typing));
  }

  /** Empties the box: what was typed has been taken. */
  clear(): void {
    clearTimeout(this.typing);
    this.sought.set('');
    this.text.set('');
  }

  protected type(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    this.text.set(text);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.sought.set(text.trim()), typingPauseMs);
  }

  protected pick(event: MatAutocompleteSelectedEvent): void {
    this.tell(String(event.option.value));
  }

  protected enter(event: Event): void {
    event.preventDefault();
    this.tell(this.text());
  }

  /** Leaving the box after typing; a click on an option is told by itself a moment later. */
  protected told(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    setTimeout(() => {
      if (this.text() === text) this.tell(text);
    }, 200);
  }

  private tell(text: string): void {
    clearTimeout(this.typing);
    this.sought.set('');
    this.text.set(text.trim());
    this.chosen.emit(text.trim());
  }
}
