import { httpResource } from '@angular/common/http';
import { Component, computed, effect, inject, input, linkedSignal, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { callView, type CallView, copyCall, poundsOf } from '@waymark/contracts';
import { Chip, Field, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { whileTrue } from '../../shell/while-true';
import { figure } from '../../shell/words';
import { CallDashboardView } from './call-dashboard';
import { CallDrafts } from './call-drafts';
import { CallExtensionsView } from './call-extensions';
import { CallMessagesView } from './call-messages';
import { CallOverview } from './call-overview';
import { callMomentWords, callStages, closingWith, countOf, hindranceWords, stageWords } from './call-words';
import { MomentField } from './moment-field';
import { nextStepOf } from './next-step';
import { instantAt, wallClock } from './zoned';

type DialogName = 'publish' | 'score' | 'archive' | 'cancel' | 'copy' | 'reopen';
const tabs = ['overview', 'dashboard', 'extensions', 'letters'] as const;

/** One call: where it stands, the one next step, and all that belongs to it. */
@Component({
  selector: 'wm-call-page',
  imports: [
    CallDashboardView,
    CallExtensionsView,
    CallMessagesView,
    CallOverview,
    Chip,
    Confirm,
    Field,
    Icon,
    Message,
    MomentField,
    PageHeader,
    RouterLink,
    Skeleton,
    Trouble,
  ],
  templateUrl: './call-page.html',
  styleUrl: './call-page.css',
})
export class CallPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly figure = figure;
  protected readonly momentWords = callMomentWords;
  protected readonly hindranceWords = hindranceWords;
  protected readonly countOf = countOf;
  protected readonly closingWith = closingWith;
  protected readonly tabs = tabs;
  protected readonly tabWords: Readonly<Record<(typeof tabs)[number], string>> = {
    overview: $localize`Overview`,
    dashboard: $localize`Dashboard`,
    extensions: $localize`Extensions`,
    letters: $localize`Letters`,
  };
  protected readonly draftHindered = $localize`It cannot be published yet`;
  protected readonly scoringHindered = $localize`Scoring cannot start yet`;
  protected readonly reasonMissing = $localize`Say why: applicants read it.`;
  protected readonly nameMissing = $localize`Give it a name of its own.`;
  protected readonly momentMissing = $localize`Say when it closes: day and time.`;
  protected readonly endorseTooEarly = $localize`Managers endorse after the close, not before.`;
  protected readonly tab = computed(() => this.address.one('tab', tabs) ?? 'overview');
  protected readonly timeZone = this.session.signedIn()?.institution.timeZone ?? 'Europe/London';

  protected readonly resource = httpResource(() => `/api/funding/calls/${this.id()}`, {
    parse: (raw) => callView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly call = computed(() => {
    const call = this.newest();
    return call?.id === this.id() ? call : undefined;
  });
  /** Changed on this device and not saved: what is done here is done without it. */
  private readonly drafts = inject(CallDrafts);
  protected readonly unsaved = computed(
    () => this.call()?.may.change === true && this.drafts.of(this.id()) !== undefined,
  );
  protected readonly step = computed(() => {
    const call = this.call();
    return call ? nextStepOf(call) : ({ kind: 'wait' } as const);
  });
  /** Stages before the present one are done; a cancelled call stops where it was. */
  protected readonly stages = computed(() => {
    const call = this.call();
    if (!call || call.status === 'cancelled') return [];
    const status = call.moment === 'coming' ? 'open' : call.moment;
    const now = callStages.findIndex((stage) => stage === status);
    return callStages.map((stage, at) => ({
      words: stageWords[stage],
      state: at < now ? 'done' : at === now ? 'now' : 'next',
    }));
  });

  protected readonly done = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  protected readonly deed = new Deed();
  protected readonly because = signal('');
  protected readonly copyName = signal('');
  protected readonly reopenCloses = signal('');
  protected readonly reopenEndorse = signal('');
  protected readonly tried = signal(false);
  private readonly publishDialog = viewChild<Confirm>('publishDialog');
  private readonly scoreDialog = viewChild<Confirm>('scoreDialog');
  private readonly archiveDialog = viewChild<Confirm>('archiveDialog');
  private readonly cancelDialog = viewChild<Confirm>('cancelDialog');
  private readonly copyDialog = viewChild<Confirm>('copyDialog');
  private readonly reopenDialog = viewChild<Confirm>('reopenDialog');
  private readonly dialogs = {
    publish: this.publishDialog,
    score: this.scoreDialog,
    archive: this.archiveDialog,
    cancel: this.cancelDialog,
    copy: this.copyDialog,
    reopen: this.reopenDialog,
  };

  constructor() {
    pageTitle(() => this.call()?.name);
    effect(() => {
      const id = this.id();
      untracked(() => this.drafts.recover(id));
    });
    // A call opens and closes by the clock: the page follows.
    whileTrue(
      () => ['coming', 'open', 'closed'].includes(this.call()?.moment ?? ''),
      30_000,
      () => this.resource.reload(),
    );
  }

  protected ask(which: DialogName): void {
    const call = this.call();
    if (!call) return;
    this.deed.forget();
    this.tried.set(false);
    if (which === 'copy') this.copyName.set(nextName(call.name));
    if (which === 'reopen') {
      this.reopenCloses.set(`${wallClock(new Date(Date.now() + 7 * 86_400_000), this.timeZone).slice(0, 10)}T17:00:00`);
      this.reopenEndorse.set(
        `${wallClock(new Date(Date.now() + 21 * 86_400_000), this.timeZone).slice(0, 10)}T17:00:00`,
      );
    }
    this.dialogs[which]()?.open();
  }

  protected publish = (): Promise<void> =>
    this.run('publish', 'publish', {}, (call) =>
      call.moment === 'open'
        ? $localize`The call is open.`
        : $localize`The call is published. It opens on ${this.dates.moment(call.opensAt)}:moment:.`,
    );
  protected startScoring = (): Promise<void> =>
    this.run('start-scoring', 'score', {}, () => $localize`Eligibility is judged, and the panel can read.`);
  protected archive = (): Promise<void> => this.run('archive', 'archive', {}, () => $localize`The call is archived.`);

  protected async cancel(): Promise<void> {
    this.tried.set(true);
    if (!this.because().trim()) return;
    await this.run('cancel', 'cancel', { because: this.because() }, () => $localize`The call is cancelled.`);
  }

  protected async reopen(): Promise<void> {
    this.tried.set(true);
    const closesAt = instantAt(this.reopenCloses(), this.timeZone);
    const endorseBy = instantAt(this.reopenEndorse(), this.timeZone);
    if (!closesAt || !endorseBy || endorseBy < closesAt) return;
    await this.run('reopen', 'reopen', { closesAt, endorseBy }, () => $localize`The call is open again.`);
  }

  protected async copy(): Promise<void> {
    this.tried.set(true);
    const call = this.call();
    const body = { name: this.copyName() };
    if (!call || !copyCall.safeParse(body).success) return;
    await this.deed.run(async () => {
      const copy = await this.commands.post(`/api/funding/calls/${call.id}/copy`, body, callView);
      this.dialogs.copy()?.close();
      await this.router.navigate(['/funding/calls', copy.id, 'edit']);
    });
  }

  private async run(path: string, dialog: DialogName, rest: object, words: (call: CallView) => string): Promise<void> {
    const call = this.call();
    if (!call) return;
    const succeeded = await this.deed.run(async () => {
      const body = { version: call.version, ...rest };
      const changed = await this.commands.post(`/api/funding/calls/${call.id}/${path}`, body, callView);
      this.dialogs[dialog]()?.close();
      this.resource.set(changed);
      this.done.set(words(changed));
    });
    if (!succeeded) this.resource.reload();
  }
}

/** "Conference fund 2026" is followed by "Conference fund 2027", "2026/27" by "2027/28". */
export const nextName = (name: string): string => {
  const next = name.replace(/\b(20\d\d)(?:\/(\d\d))?\b/, (_, year: string, half: string | undefined) => {
    const following = Number(year) + 1;
    return half === undefined ? String(following) : `${following}/${String((following + 1) % 100).padStart(2, '0')}`;
  });
  return next === name ? '' : next;
};
