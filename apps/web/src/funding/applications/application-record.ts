import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ApplicationView, applicationView } from '@waymark/contracts';
import { Chip, Message, PageHeader, Timeline } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { unitAndGrade } from '../../shell/words';
import { AppealCard } from './appeal-card';
import { ApplicationMoneyBar } from './application-money';
import { applicationStatusWords } from './application-words';
import { DecisionCard } from './decision-card';
import { DecideEligibility } from './decide-eligibility';
import { DraftText } from './draft-text';
import { FileList } from './file-list';
import { FrozenApplication } from './frozen-application';
import { endorserAs, timelineOf } from './next-words';
import { outcomeOf } from './outcome-words';
import { RulesList } from './rules-list';

/** An application once it was sent: how it stands, its money, what was sent, and what its reader may still do. */
@Component({
  selector: 'wm-application-record',
  imports: [
    AppealCard,
    ApplicationMoneyBar,
    Chip,
    Confirm,
    DecideEligibility,
    DecisionCard,
    DraftText,
    FileList,
    FrozenApplication,
    Message,
    PageHeader,
    RouterLink,
    RulesList,
    Timeline,
  ],
  templateUrl: './application-record.html',
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .said {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    /* In one column what happened and comes next is met before all that was sent. */
    @media (max-width: 1179px) {
      .cols > .stack-5 {
        display: contents;
      }
      .cols > .stack-5 > * {
        margin-top: 0;
      }
      .later {
        order: 1;
      }
    }
  `,
})
export class ApplicationRecord {
  readonly view = input.required<ApplicationView>();
  readonly justSent = input(false);
  readonly changed = output<ApplicationView>();
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  protected readonly withdrawing = new Deed();
  protected readonly reason = signal('');
  protected readonly statusWords = applicationStatusWords;
  protected readonly reasonHint = $localize`For the coordinator. You may leave it out.`;

  protected readonly number = linkedSignal(() => this.view().submissions[0]?.number ?? null);
  protected readonly shown = computed(
    () => this.view().submissions.find(({ number }) => number === this.number()) ?? null,
  );
  protected readonly heading = computed(() => this.view().submissions[0]?.document.event.name ?? this.view().call.name);
  protected readonly applicantWords = computed(() => {
    const { applicant } = this.view();
    return [applicant.name, unitAndGrade(applicant)].filter(Boolean).join(', ');
  });
  protected readonly timeline = computed(() => timelineOf(this.view(), this.dates));
  protected readonly sentWords = computed(() => {
    const { endorser, call } = this.view();
    return endorser
      ? $localize`${endorser.name}:name: has been asked to endorse it. You hear how it was decided, with the reason, by ${this.dates.day(call.decideBy)}:day:.`
      : $localize`Your coordinator looks for somebody to endorse it. You hear how it was decided, with the reason, by ${this.dates.day(call.decideBy)}:day:.`;
  });
  protected readonly endorserWords = computed(() => {
    const endorser = this.view().endorser;
    return endorser ? $localize`${endorser.name}:name:, ${endorserAs(endorser)}:as:` : null;
  });
  /** What the applicant does next about the award. */
  protected readonly awardStep = computed(() => {
    const { award, mine } = this.view();
    if (!award) return null;
    const answer = mine && award.status === 'offered';
    const words = answer ? $localize`Answer your award` : $localize`See the award`;
    return { id: award.id, answer, words };
  });
  protected readonly outcome = computed(() => outcomeOf(this.view(), this.dates));
  protected readonly sentOn = computed(() => {
    const shown = this.shown();
    if (!shown) return '';
    const moment = this.dates.moment(shown.submittedAt);
    return shown.submittedBy && !this.view().mine
      ? $localize`Sent by ${shown.submittedBy}:name: on ${moment}:moment:`
      : $localize`Sent on ${moment}:moment:`;
  });

  protected choose(value: string): void {
    this.number.set(Number(value));
  }

  protected async withdraw(dialog: Confirm): Promise<void> {
    const { id, version } = this.view();
    await this.withdrawing.run(async () => {
      const body = { version, reason: this.reason() };
      const view = await this.commands.post(`/api/funding/applications/${id}/withdraw`, body, applicationView);
      dialog.close();
      this.changed.emit(view);
    });
  }
}
