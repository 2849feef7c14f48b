import { httpResource } from '@angular/common/http';
import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { addPot, costCodes, type PotView, potView } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { fieldWords } from '../../shell/field-words';
import { Trouble } from '../../shell/trouble';
import { yearWords } from './pot-words';

/** A pot begins with its name, its year and its cost code; money comes afterwards. Name and code can be changed later. */
@Component({
  selector: 'wm-pot-form',
  imports: [Field, RouterLink, Trouble],
  template: `
    <section class="card" aria-labelledby="add-h">
      <form class="stack" novalidate (submit)="save($event)">
        <h2 #heading id="add-h" tabindex="-1">
          @if (pot()) {
            <ng-container i18n>Change name or cost code</ng-container>
          } @else {
            <ng-container i18n>Make a pot</ng-container>
          }
        </h2>
        @if (codes.error()) {
          <wm-trouble
            [error]="codes.error()"
            i18n-heading
            heading="We could not load the cost codes"
            (retry)="codes.reload()"
          />
        } @else if (codes.hasValue() && choices().length === 0) {
          <p i18n>A pot has a cost code. <a routerLink="/funding/cost-codes">Add the first one</a>, then come back.</p>
        } @else {
          <div class="fields">
            <wm-field
              for="name"
              i18n-label
              label="Name"
              i18n-hint
              hint="What it is for, as “Conference fund”."
              [error]="errors().name"
            >
              <input
                #name
                class="in"
                id="name"
                maxlength="120"
                autocomplete="off"
                [value]="typed().name"
                [attr.aria-invalid]="errors().name ? true : null"
                [attr.aria-describedby]="errors().name ? 'name-hint name-error' : 'name-hint'"
                (input)="change({ name: name.value })"
              />
            </wm-field>
            @if (!pot()) {
              <wm-field
                for="financialYear"
                i18n-label
                label="Financial year"
                i18n-hint
                hint="By the year in which it begins."
              >
                <select
                  #year
                  class="in"
                  id="financialYear"
                  aria-describedby="financialYear-hint"
                  (change)="change({ financialYear: +year.value })"
                >
                  @for (each of years; track each) {
                    <option [value]="each" [selected]="each === typed().financialYear">{{ yearWords(each) }}</option>
                  }
                </select>
              </wm-field>
            }
            <wm-field for="costCodeId" i18n-label label="Cost code" [error]="errors().costCodeId">
              <select
                #code
                class="in"
                id="costCodeId"
                [attr.aria-invalid]="errors().costCodeId ? true : null"
                [attr.aria-describedby]="errors().costCodeId ? 'costCodeId-error' : null"
                (change)="change({ costCodeId: code.value })"
              >
                <option value="" [selected]="!typed().costCodeId" i18n>Choose one</option>
                @for (each of choices(); track each.id) {
                  <option [value]="each.id" [selected]="each.id === typed().costCodeId">
                    {{ each.code }} · {{ each.name }}
                  </option>
                }
              </select>
            </wm-field>
          </div>
        }
        <wm-trouble [error]="deed.problem()" compact />
        <div class="row">
          <button type="submit" class="btn btn--main" [disabled]="deed.busy() || choices().length === 0">
            @if (pot()) {
              <ng-container i18n>Save</ng-container>
            } @else {
              <ng-container i18n>Make the pot</ng-container>
            }
          </button>
          <button type="button" class="btn btn--line" [disabled]="deed.busy()" (click)="closed.emit()" i18n>
            Not now
          </button>
        </div>
      </form>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
      gap: var(--wm-4);
      align-items: start;
    }
  `,
})
export class PotForm {
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  /** The pot to change; without it a new one is made. */
  readonly pot = input<PotView>();
  readonly changed = output<PotView>();
  /** The server would not: what is shown of the pot may have changed meanwhile. */
  readonly refused = output();
  readonly closed = output();
  protected readonly deed = new Deed();
  protected readonly yearWords = yearWords;
  private readonly thisYear = new Date().getFullYear();
  protected readonly years = [-1, 0, 1, 2].map((ahead) => this.thisYear + ahead);
  protected readonly codes = httpResource(() => '/api/funding/cost-codes', { parse: (raw) => costCodes.parse(raw) });
  protected readonly choices = computed(() =>
    this.codes.hasValue()
      ? this.codes.value().rows.filter(({ active, id }) => active || id === this.pot()?.costCodeId)
      : [],
  );
  /** Begun anew for another pot alone: one that is read again after a refusal takes nothing of what was typed. */
  private readonly potId = computed(() => this.pot()?.id);
  protected readonly typed = linkedSignal({
    source: this.potId,
    computation: () => {
      const { name = '', financialYear = this.thisYear, costCodeId = '' } = untracked(this.pot) ?? {};
      return { name, financialYear, costCodeId };
    },
  });
  private readonly tried = signal(false);
  protected readonly errors = computed(() =>
    this.tried()
      ? fieldWords(addPot, this.typed(), {
          name: $localize`Give the pot a name.`,
          costCodeId: $localize`Choose a cost code.`,
        })
      : {},
  );

  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  constructor() {
    afterNextRender({ read: () => this.heading()?.nativeElement.focus() });
  }

  protected change(some: Partial<ReturnType<typeof this.typed>>): void {
    this.typed.update((typed) => ({ ...typed, ...some }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const [first] = Object.keys(this.errors());
    if (first) return document.getElementById(first)?.focus();
    const { financialYear, ...details } = addPot.parse(this.typed());
    const saved = await this.deed.run(async () => {
      const before = this.pot();
      if (before) {
        const { id, version } = before;
        this.changed.emit(await this.commands.put(`/api/funding/pots/${id}`, { version, ...details }, potView));
      } else {
        const pot = await this.commands.post('/api/funding/pots', { financialYear, ...details }, potView);
        await this.router.navigate(['/funding/pots', pot.id]);
      }
    });
    if (!saved) this.refused.emit();
  }
}
