import { Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  ownAwards,
  type AwardShown,
  type AwardView,
  type DeclareAward,
  type OwnAwards,
  type PersonPageView,
} from '@waymark/contracts';
import { Chip, Icon } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { focusOnceDrawn } from '../shell/focus-once-drawn';
import { Trouble } from '../shell/trouble';
import { AwardForm } from './award-form';
import { awardStatusWords, decisionWords } from './award-words';

/** Awards held: verified ones to everybody; to the person all of theirs, to declare, change and remove. */
@Component({
  selector: 'wm-awards-card',
  imports: [AwardForm, Chip, Icon, RouterLink, Trouble],
  templateUrl: './awards-card.html',
  styles: `
    :host {
      display: block;
    }
    .award {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 4px var(--wm-3);
      padding: var(--wm-3) 0;
      border-top: 1px solid var(--wm-line);
    }
    .award > p,
    .whole,
    .award > .row,
    .award > wm-trouble {
      grid-column: 1 / -1;
      margin: 0;
    }
    .new {
      border-top: 1px solid var(--wm-line);
      margin-top: var(--wm-3);
      padding-top: var(--wm-4);
    }
    ul {
      list-style: none;
      padding: 0;
      margin: 0;
    }
    @media (max-width: 599px) {
      .award {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class AwardsCard {
  private readonly commands = inject(Commands);
  private readonly dates = inject(Dates);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly focusLater = focusOnceDrawn();
  readonly person = input.required<PersonPageView>();
  readonly isSelf = input.required<boolean>();
  /** One's own awards, after one was declared, changed or removed. */
  readonly changed = output<OwnAwards['awards']>();

  protected readonly awards = computed(() =>
    this.person().awards.map((award: AwardShown | AwardView) => {
      const whole = 'status' in award ? award : null;
      const status = whole?.status ?? 'verified';
      const awarded = this.dates.day(award.awardedOn);
      return {
        ...award,
        whole,
        chip: awardStatusWords[status],
        when: award.validTo
          ? $localize`Awarded ${awarded}:day:, valid to ${this.dates.day(award.validTo)}:last:`
          : $localize`Awarded ${awarded}:day:`,
        number: whole?.number ?? null,
        decision: whole ? decisionWords(whole, this.dates) : null,
        mayChange: this.isSelf() && whole?.status === 'declared',
        mayRemove: this.isSelf() && (whole?.status === 'declared' || whole?.status === 'rejected'),
      };
    }),
  );
  /** `new`, or the award that is changed. */
  protected readonly editing = signal<AwardView | 'new' | null>(null);
  protected readonly changing = computed(() => {
    const editing = this.editing();
    return editing === 'new' ? null : editing;
  });
  protected readonly toRemove = signal<string | null>(null);
  protected readonly saving = new Deed();
  protected readonly removing = new Deed();
  protected readonly declareWords = $localize`Declare the award`;
  protected readonly changeWords = $localize`Save the changes`;

  protected begin(what: AwardView | 'new'): void {
    this.saving.forget();
    this.toRemove.set(null);
    this.editing.set(what);
    this.focus('form input');
  }

  protected drop(): void {
    this.editing.set(null);
    this.focus('h2');
  }

  protected async save(input: DeclareAward): Promise<void> {
    const changing = this.changing();
    await this.saving.run(async () => {
      const { awards } = changing
        ? await this.commands.put(`/api/awards/${changing.id}`, { ...input, version: changing.version }, ownAwards)
        : await this.commands.post('/api/awards', input, ownAwards);
      this.changed.emit(awards);
      this.drop();
    });
  }

  protected askToRemove(id: string): void {
    this.removing.forget();
    this.toRemove.set(id);
    this.focus('[data-remove]');
  }

  protected keep(): void {
    this.toRemove.set(null);
    this.focus('h2');
  }

  protected async remove(id: string): Promise<void> {
    await this.removing.run(async () => {
      this.changed.emit((await this.commands.delete(`/api/awards/${id}`, ownAwards)).awards);
      this.keep();
    });
  }

  private focus(selector: string): void {
    this.focusLater(() => this.host.nativeElement.querySelector<HTMLElement>(selector));
  }
}
