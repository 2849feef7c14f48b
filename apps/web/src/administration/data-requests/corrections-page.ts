import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { correctionStatuses, correctionView, correctionsPage, type CorrectionView } from '@waymark/contracts';
import { Chip, Empty, Field, Message, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { correctionFieldWords, correctionStatusWords } from '../../account/correction-words';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';

/** Corrections that people asked for: the record is put right on its own page, here it is said that it was, or why not. */
@Component({
  selector: 'wm-corrections-page',
  imports: [Chip, Empty, Field, Message, PageHeader, Pager, RouterLink, Skeleton, Trouble],
  templateUrl: './corrections-page.html',
  styles: `
    .list {
      display: grid;
      gap: var(--wm-4);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    blockquote {
      margin: 0;
      padding-left: var(--wm-3);
      border-left: 3px solid var(--wm-line-strong);
    }
    .answer {
      max-width: 560px;
    }
  `,
})
export class CorrectionsPage {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly statuses = correctionStatuses;
  protected readonly fieldWords = correctionFieldWords;
  protected readonly statusWords = correctionStatusWords;

  protected readonly status = computed(() => this.address.one('status', correctionStatuses) ?? 'open');
  protected readonly corrections = httpResource(
    () => ({ url: '/api/corrections', params: { status: this.status(), page: this.address.page(), pageSize: 20 } }),
    { parse: (raw) => correctionsPage.parse(raw) },
  );
  protected readonly shown = kept(this.corrections);
  protected readonly rows = computed(() =>
    (this.shown()?.rows ?? []).map((row) => ({ ...row, own: row.person.id === this.session.signedIn()?.person.id })),
  );

  /** The one that is being answered, and what is typed. */
  protected readonly answeringId = signal<string | null>(null);
  protected readonly words = signal('');
  protected readonly answering = new Deed();
  protected readonly answered = signal<string | null>(null);
  private readonly declineTried = signal(false);
  protected readonly wordsError = computed(() =>
    this.declineTried() && this.words().trim() === '' ? $localize`Say why it is not changed.` : null,
  );

  protected begin(id: string): void {
    this.answering.forget();
    this.declineTried.set(false);
    this.words.set('');
    this.answeringId.set(id);
  }

  protected async answer({ id, version, person }: CorrectionView, outcome: 'done' | 'declined'): Promise<void> {
    this.declineTried.set(outcome === 'declined');
    if (this.wordsError()) return document.getElementById(`answer-${id}`)?.focus();
    const done = await this.answering.run(async () => {
      const body = { version, outcome, answer: this.words() };
      await this.commands.post(`/api/corrections/${id}/answer`, body, correctionView);
    });
    if (!done) return;
    this.answered.set(person.name);
    this.answeringId.set(null);
    this.corrections.reload();
  }

  protected choose(event: Event): void {
    this.address.change({ status: (event.target as HTMLSelectElement).value, page: null });
  }

  protected goTo(page: number): void {
    this.address.change({ page });
  }
}
