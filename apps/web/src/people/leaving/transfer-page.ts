import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { gradesView, type TransferView, transferView, unitsView } from '@waymark/contracts';
import { Chip, Field, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { PersonPicker, type Picked } from '../person-picker';
import { unitOptions } from '../unit-options';
import { transferStatusWords } from './transfer-words';

/** One transfer: whom it is about, and, for the institution that is asked, where they will be. */
@Component({
  selector: 'wm-transfer-page',
  imports: [Chip, Confirm, Field, Message, PageHeader, PersonPicker, RouterLink, Skeleton, Trouble],
  templateUrl: './transfer-page.html',
  styles: `
    .mb {
      margin-bottom: var(--wm-5);
    }
    .award {
      display: block;
    }
  `,
})
export class TransferPage {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  readonly id = input.required<string>();

  protected readonly resource = httpResource(() => `/api/transfers/${encodeURIComponent(this.id())}`, {
    parse: (raw) => transferView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly view = computed(() => (this.newest()?.id === this.id() ? this.newest() : undefined));
  private readonly decides = computed(() => this.view()?.may.decide === true);
  private readonly units = httpResource(() => (this.decides() ? '/api/units' : undefined), {
    parse: (raw) => unitsView.parse(raw),
  });
  private readonly grades = httpResource(() => (this.decides() ? '/api/grades' : undefined), {
    parse: (raw) => gradesView.parse(raw),
  });
  protected readonly unitOptions = computed(() => (this.units.hasValue() ? unitOptions(this.units.value().units) : []));
  protected readonly gradeOptions = computed(() =>
    this.grades.hasValue() ? [...this.grades.value().grades].reverse() : [],
  );
  protected readonly words = transferStatusWords;
  protected readonly name = computed(() => {
    const card = this.view()?.card;
    return card ? `${card.givenName} ${card.familyName}`.trim() : $localize`Somebody not named any more`;
  });

  protected readonly email = linkedSignal(() => this.view()?.card?.email ?? '');
  protected readonly jobTitle = linkedSignal(() => this.view()?.card?.jobTitle ?? '');
  protected readonly unitId = signal('');
  protected readonly gradeId = signal('');
  protected readonly manager = signal<Picked | null>(null);
  protected readonly emailError = computed(() => {
    const { refusal, fields } = this.deed.problem() ?? {};
    if (refusal === 'email-taken') return $localize`Somebody of yours has this e-mail address.`;
    return fields?.some(({ path }) => path === 'email') ? $localize`This does not look like an e-mail address.` : null;
  });
  protected readonly declineQuestion = $localize`Decline this transfer?`;
  protected readonly cancelQuestion = $localize`Call this transfer off?`;
  protected readonly declineAction = $localize`Decline`;
  protected readonly cancelAction = $localize`Call it off`;
  protected readonly deed = new Deed();
  protected readonly declining = new Deed();
  protected readonly decline = viewChild.required<Confirm>('decline');

  constructor() {
    pageTitle(() => (this.view() ? this.name() : undefined));
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected async accept(view: TransferView): Promise<void> {
    await this.deed.run(async () => {
      const body = {
        version: view.version,
        email: this.email().trim() || null,
        jobTitle: this.jobTitle().trim() || null,
        unitId: this.unitId() || null,
        gradeId: this.gradeId() || null,
        lineManagerId: this.manager()?.id ?? null,
      };
      this.resource.set(await this.commands.post(`/api/transfers/${view.id}/accept`, body, transferView));
    });
  }

  protected async answer(view: TransferView, what: 'decline' | 'cancel'): Promise<void> {
    await this.declining.run(async () => {
      const url = `/api/transfers/${view.id}/${what}`;
      this.resource.set(await this.commands.post(url, { version: view.version }, transferView));
      this.decline().close();
    });
  }
}
