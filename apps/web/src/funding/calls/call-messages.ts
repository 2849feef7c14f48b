import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import {
  type ApplicationStatus,
  applicationStatuses,
  callMessages,
  type CallView,
  messagePlaceholders,
  messagePreview,
  type MessagePreview,
  previewMessage,
  unitsView,
} from '@waymark/contracts';
import { Empty, Field, Icon, Message, Skeleton } from '@waymark/ui';
import { z } from 'zod';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { KeptDrafts } from '../../shell/kept-drafts';
import { Session } from '../../shell/session';
import { TakesFocus } from '../../shell/takes-focus';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { applicationStatusWords } from '../applications/application-words';

/** Whom a letter usually goes to. */
const choices = {
  drafts: ['draft'],
  endorsement: ['submitted'],
  returned: ['returned'],
  all: applicationStatuses.filter((status) => status !== 'withdrawn' && status !== 'call-cancelled'),
} as const satisfies Record<string, readonly ApplicationStatus[]>;
type Choice = keyof typeof choices;

/** A letter to begin with. Nobody who has handed in is told that they have not. */
const suggested: Readonly<Record<Choice, { subject: string; body: string }>> = {
  drafts: {
    subject: $localize`{call} closes soon`,
    body: $localize`Hello {given name},\n\nyour application {reference} is not handed in yet. The call closes on {closes}.\n\nGo on with it here:\n{link}`,
  },
  endorsement: {
    subject: $localize`Your application to {call} waits for your manager`,
    body: $localize`Hello {given name},\n\nyour application {reference} is handed in, and your manager has not answered yet. A word from you may help.\n\nSee where it stands:\n{link}`,
  },
  returned: {
    subject: $localize`Your manager asked about your application to {call}`,
    body: $localize`Hello {given name},\n\nyour application {reference} came back with a question, and has not been handed in again yet.\n\nAnswer it here:\n{link}`,
  },
  all: { subject: $localize`About {call}`, body: $localize`Hello {given name},\n\n\n\nYour application:\n{link}` },
};

/** What this device keeps of a letter that is not sent. */
const onDevice = z.object({ subject: z.string(), body: z.string() });

/** Letters to a chosen part of the applicants: written, looked at, then sent once; and those that were sent. */
@Component({
  selector: 'wm-call-messages',
  imports: [Confirm, Empty, Field, Icon, Message, Skeleton, TakesFocus, Trouble],
  templateUrl: './call-messages.html',
  styleUrl: './call-messages.css',
})
export class CallMessagesView {
  readonly call = input.required<CallView>();
  private readonly commands = inject(Commands);
  private readonly device = inject(KeptDrafts);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);
  protected readonly figure = figure;
  protected readonly statuses = applicationStatuses;
  protected readonly statusWords = applicationStatusWords;
  private readonly placeholders = messagePlaceholders.map((name) => `{${name}}`);
  protected readonly hint = $localize`Filled in for each: ${messagePlaceholders.map((name) => `{${name}}`).join(', ')}:names:`;
  protected readonly choices: readonly Choice[] = ['drafts', 'endorsement', 'returned', 'all'];
  protected readonly choiceWords: Readonly<Record<Choice, string>> = {
    drafts: $localize`Draft unfinished`,
    endorsement: $localize`Endorsement pending`,
    returned: $localize`Asked to change it`,
    all: $localize`Everybody who applied`,
  };

  protected readonly resource = httpResource(() => `/api/funding/calls/${this.call().id}/messages`, {
    parse: (raw) => callMessages.parse(raw),
  });
  protected readonly messages = kept(this.resource);
  private readonly units = httpResource(() => '/api/units', { parse: (raw) => unitsView.parse(raw) });
  protected readonly unitList = computed(() => (this.units.hasValue() ? this.units.value().units : []));

  protected readonly writing = signal(false);
  protected readonly chosen = signal<ReadonlySet<ApplicationStatus>>(new Set(choices.drafts));
  protected readonly unitId = signal('');
  protected readonly subject = signal('');
  protected readonly body = signal('');
  protected readonly tried = signal(false);
  protected readonly looking = new Deed();
  protected readonly sending = new Deed();
  protected readonly preview = signal<MessagePreview | null>(null);
  protected readonly done = signal('');
  private readonly dialog = viewChild.required<Confirm>('sendDialog');

  private readonly letter = computed(() => ({
    subject: this.subject(),
    body: this.body(),
    filter: { statuses: [...this.chosen()], unitIds: this.unitId() ? [this.unitId()] : [] },
  }));
  protected readonly errors = computed(() => {
    const parsed = previewMessage.safeParse(this.letter());
    const issues = parsed.success ? [] : parsed.error.issues;
    const at = (field: string) => issues.filter(({ path }) => path[0] === field);
    const words = (field: string, missing: string): string | null => {
      const [issue] = at(field);
      if (!issue || !this.tried()) return null;
      return issue.message === 'unknown-placeholder'
        ? $localize`Between braces stands one of: ${this.placeholders.join(', ')}:names:.`
        : missing;
    };
    return {
      subject: words('subject', $localize`Give it a subject of at most 150 letters.`),
      body: words('body', $localize`Write what you want to say.`),
      filter: words('filter', $localize`Choose at least one status.`),
    };
  });
  protected readonly isChoice = computed(() =>
    this.choices.find((choice) => {
      const of: readonly ApplicationStatus[] = choices[choice];
      return of.length === this.chosen().size && of.every((status) => this.chosen().has(status));
    }),
  );

  /** A letter that was begun and not sent, on this device. */
  private readonly key = computed(() => `letter.${this.session.signedIn()?.person.id ?? ''}.${this.call().id}`);
  /** Somebody wrote in it: a suggestion no more, and nothing replaces it. */
  private readonly own = linkedSignal<string, boolean>({ source: this.key, computation: () => false });

  protected begin(): void {
    this.done.set('');
    this.writing.set(true);
    if (this.body()) return;
    const begun = onDevice.safeParse(this.device.read(this.key()));
    this.own.set(begun.success);
    const { subject, body } = begun.success ? begun.data : suggested[this.isChoice() ?? 'drafts'];
    this.subject.set(subject);
    this.body.set(body);
  }

  protected choose(choice: Choice): void {
    this.preview.set(null);
    this.chosen.set(new Set(choices[choice]));
    if (this.own()) return;
    this.subject.set(suggested[choice].subject);
    this.body.set(suggested[choice].body);
  }

  protected toggle(status: ApplicationStatus): void {
    this.preview.set(null);
    this.chosen.update((chosen) => {
      const changed = new Set(chosen);
      if (!changed.delete(status)) changed.add(status);
      return changed;
    });
  }

  protected set(field: 'subject' | 'body' | 'unitId', value: string): void {
    this.preview.set(null);
    this[field].set(value);
    if (field === 'unitId') return;
    this.own.set(true);
    this.device.write(this.key(), { subject: this.subject(), body: this.body() });
  }

  protected async look(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const body = this.letter();
    if (!previewMessage.safeParse(body).success) return;
    await this.looking.run(async () => {
      const path = `/api/funding/calls/${this.call().id}/messages/preview`;
      const preview = await this.commands.post(path, body, messagePreview);
      // Changed while it was asked: what would be sent is not what was looked at.
      if (this.letter() === body) this.preview.set(preview);
    });
  }

  protected askToSend(): void {
    this.sending.forget();
    this.dialog().open();
  }

  protected async send(): Promise<void> {
    const preview = this.preview();
    if (!preview) return;
    const sent = await this.sending.run(async () => {
      const path = `/api/funding/calls/${this.call().id}/messages`;
      const body = { ...this.letter(), recipients: preview.recipients };
      this.resource.set(await this.commands.post(path, body, callMessages));
    });
    if (!sent) return;
    this.dialog().close();
    this.preview.set(null);
    this.writing.set(false);
    this.subject.set('');
    this.body.set('');
    this.own.set(false);
    this.device.remove(this.key());
    this.tried.set(false);
    this.done.set(
      preview.recipients === 1
        ? $localize`The letter is on its way to 1 person.`
        : $localize`The letter is on its way to ${figure(preview.recipients)}:count: people.`,
    );
  }

  protected statusesInWords(statuses: readonly ApplicationStatus[]): string {
    return statuses.map((status) => this.statusWords[status].text).join(', ');
  }
}
