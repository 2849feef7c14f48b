import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { accountView, correctionView, type CorrectionView } from '@waymark/contracts';
import { Chip, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { AskCorrection } from './ask-correction';
import { correctionFieldWords, correctionStatusWords } from './correction-words';

/** What the institution has of a person, who keeps it, and how to have it put right. */
@Component({
  selector: 'wm-my-details-page',
  imports: [AskCorrection, Chip, Message, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './my-details-page.html',
  styles: `
    .asked {
      display: grid;
      gap: var(--wm-2);
      align-items: start;
    }
    .asked .row {
      gap: var(--wm-2) var(--wm-3);
    }
    blockquote {
      margin: 0;
      padding-left: var(--wm-3);
      border-left: 3px solid var(--wm-line-strong);
    }
  `,
})
export class MyDetailsPage {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);

  protected readonly account = httpResource(() => '/api/account', { parse: (raw) => accountView.parse(raw) });
  protected readonly shown = kept(this.account);
  protected readonly facts = computed(() => {
    const person = this.shown()?.person;
    if (!person) return [];
    return [
      { label: correctionFieldWords['given-name'], value: person.givenName },
      { label: correctionFieldWords['family-name'], value: person.familyName },
      { label: correctionFieldWords.email, value: person.email },
      { label: correctionFieldWords['staff-number'], value: person.staffNumber },
      { label: correctionFieldWords['job-title'], value: person.jobTitle },
      { label: correctionFieldWords.unit, value: person.unit },
      { label: correctionFieldWords.grade, value: person.grade },
      { label: correctionFieldWords['line-manager'], value: person.lineManager },
      { label: $localize`Technician`, value: person.technician ? $localize`Yes` : $localize`No` },
      { label: $localize`Contract until`, value: person.contractUntil ? this.dates.day(person.contractUntil) : null },
      { label: $localize`Skills`, value: person.skills.join(', ') },
    ];
  });
  protected readonly mayOpenRecord = computed(() => this.session.may('directory.see'));
  protected readonly fieldWords = correctionFieldWords;
  protected readonly statusWords = correctionStatusWords;

  protected readonly withdrawing = new Deed();
  protected readonly said = signal(false);

  protected asked(): void {
    this.said.set(true);
    this.account.reload();
  }

  protected async withdraw({ id, version }: CorrectionView): Promise<void> {
    this.said.set(false);
    await this.withdrawing.run(async () => {
      await this.commands.post(`/api/account/corrections/${id}/withdraw`, { version }, correctionView);
    });
    this.account.reload();
  }
}
