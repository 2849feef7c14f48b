import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type CallRule, applicationView, callForApplicants, poundsOf } from '@waymark/contracts';
import { Chip, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { listed } from '../../shell/words';
import { applicationStatusWords } from '../applications/application-words';

/** What a call offers, whom it is for and by what it decides; and the way to apply. */
@Component({
  selector: 'wm-open-call-page',
  imports: [Chip, Message, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './open-call-page.html',
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .said {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    th {
      overflow-wrap: anywhere;
      white-space: normal;
    }
  `,
})
export class OpenCallPage {
  readonly callId = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  protected readonly dates = inject(Dates);
  protected readonly words = {
    applied: $localize`You have applied`,
    withdrawn: $localize`You withdrew an application`,
  };
  protected readonly deed = new Deed();
  protected readonly statusWords = applicationStatusWords;
  protected readonly poundsOf = poundsOf;

  protected readonly resource = httpResource(() => `/api/funding/calls/${this.callId()}/for-applicants`, {
    parse: (raw) => callForApplicants.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly call = computed(() => {
    const call = this.newest();
    return call?.id === this.callId() ? call : undefined;
  });
  /** One that is being written: applying goes on with it. */
  protected readonly draft = computed(
    () => this.call()?.mine.find(({ status }) => status === 'draft' || status === 'returned') ?? null,
  );
  protected readonly sent = computed(
    () => this.call()?.mine.filter(({ status }) => status !== 'draft' && status !== 'returned') ?? [],
  );
  protected readonly audience = computed(() => {
    const call = this.call();
    if (!call) return '';
    const { units, grades } = call.audience;
    const who = call.terms.audience.techniciansOnly ? $localize`Technicians` : $localize`Everybody`;
    const where = units.length ? $localize` of ${listed(units.map(({ name }) => name))}:units:` : '';
    const which = grades.length ? $localize`, at grade ${listed(grades.map(({ name }) => name))}:grades:` : '';
    return `${who}${where}${which}.`;
  });
  protected readonly rules = computed(() => (this.call()?.terms.rules ?? []).map((rule) => this.ruleInWords(rule)));
  protected readonly closes = computed(() => {
    const call = this.call();
    return call ? (call.extendedUntil ?? call.closesAt) : '';
  });

  constructor() {
    pageTitle(() => this.call()?.name);
  }

  protected async apply(): Promise<void> {
    await this.deed.run(async () => {
      const { id } = await this.commands.post(`/api/funding/calls/${this.callId()}/applications`, {}, applicationView);
      await this.router.navigate(['/funding/applications', id]);
    });
  }

  protected readWords(readers: number, blind: boolean): string {
    if (readers === 1)
      return blind
        ? $localize`1 person reads each application, without its name.`
        : $localize`1 person reads each application.`;
    return blind
      ? $localize`${readers}:count: people read each application, without its name.`
      : $localize`${readers}:count: people read each application.`;
  }

  private ruleInWords(rule: CallRule): string {
    switch (rule.rule) {
      case 'one-application':
        return $localize`One application a person.`;
      case 'not-retrospective':
        return rule.days === 0
          ? $localize`The event has not begun when the call closes.`
          : rule.days === 1
            ? $localize`The event begins at least 1 day after the call closes.`
            : $localize`The event begins at least ${rule.days}:days: days after the call closes.`;
      case 'contract-outlasts-event':
        return $localize`Your contract lasts until the event is over.`;
      case 'no-overdue-report':
        return $localize`No report of yours is overdue.`;
      case 'not-funded-lately':
        return rule.calls === 1
          ? $localize`You were not funded in the last call.`
          : $localize`You were not funded in the last ${rule.calls}:calls: calls.`;
    }
  }
}
