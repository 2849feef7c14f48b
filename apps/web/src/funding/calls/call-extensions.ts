import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { callExtensions, type CallExtensions, type CallView, grantExtension } from '@waymark/contracts';
import { Empty, Field, Message, Person, Skeleton } from '@waymark/ui';
import { type Picked, PersonPicker } from '../../people/person-picker';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { TakesFocus } from '../../shell/takes-focus';
import { Trouble } from '../../shell/trouble';
import { unitAndGrade } from '../../shell/words';
import { applicationStatusWords } from '../applications/application-words';
import { MomentField } from './moment-field';
import { instantAt, wallClock } from './zoned';

type Row = CallExtensions['rows'][number];

/** Who may hand in later than the close, and why. */
@Component({
  selector: 'wm-call-extensions',
  imports: [
    Confirm,
    Empty,
    Field,
    Message,
    MomentField,
    Person,
    PersonPicker,
    RouterLink,
    Skeleton,
    TakesFocus,
    Trouble,
  ],
  templateUrl: './call-extensions.html',
  styleUrls: ['../../shell/table-cards.css'],
})
export class CallExtensionsView {
  readonly call = input.required<CallView>();
  readonly changed = output();
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);
  protected readonly fact = unitAndGrade;
  protected readonly statusWords = applicationStatusWords;
  private readonly timeZone = this.session.signedIn()?.institution.timeZone ?? 'Europe/London';

  protected readonly resource = httpResource(() => `/api/funding/calls/${this.call().id}/extensions`, {
    parse: (raw) => callExtensions.parse(raw),
  });
  protected readonly extensions = kept(this.resource);

  protected readonly granting = signal(false);
  protected readonly person = signal<Picked | null>(null);
  protected readonly until = signal('');
  protected readonly reason = signal('');
  protected readonly tried = signal(false);
  protected readonly deed = new Deed();
  protected readonly takingBack = new Deed();
  protected readonly toTakeBack = signal<Row | null>(null);
  protected readonly done = signal('');
  private readonly dialog = viewChild.required<Confirm>('takeBackDialog');

  protected readonly errors = computed(() => {
    const nothing: { person: string | null; until: string | null; reason: string | null } = {
      person: null,
      until: null,
      reason: null,
    };
    if (!this.tried()) return nothing;
    const instant = instantAt(this.until(), this.timeZone);
    const { closesAt, endorseBy } = this.call();
    return {
      person: this.person() ? null : $localize`Choose a person by name.`,
      until:
        instant === null
          ? $localize`Say until when: day and time.`
          : instant <= closesAt
            ? $localize`That is not after the close.`
            : instant > endorseBy
              ? $localize`Managers endorse until ${this.dates.moment(endorseBy)}:moment:; move that deadline first.`
              : null,
      reason: this.reason().trim() ? null : $localize`Say why; it stays with the application.`,
    };
  });

  protected begin(row?: Row): void {
    this.done.set('');
    this.deed.forget();
    this.tried.set(false);
    this.person.set(row ? { id: row.person.id, name: row.person.name } : null);
    const usual = `${wallClock(new Date(Date.parse(this.call().closesAt) + 7 * 86_400_000), this.timeZone)}`;
    this.until.set(row ? wallClock(row.until, this.timeZone) : usual);
    this.reason.set(row?.reason ?? '');
    this.granting.set(true);
  }

  protected async grant(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const body = {
      personId: this.person()?.id ?? '',
      until: instantAt(this.until(), this.timeZone) ?? '',
      reason: this.reason(),
    };
    const { person, until, reason } = this.errors();
    if (person ?? until ?? reason ?? !grantExtension.safeParse(body).success) return;
    const name = this.person()?.name ?? '';
    const granted = await this.deed.run(async () => {
      const path = `/api/funding/calls/${this.call().id}/extensions`;
      this.resource.set(await this.commands.post(path, body, callExtensions));
    });
    if (!granted) return;
    this.granting.set(false);
    this.done.set($localize`${name}:name: has been told.`);
    this.changed.emit();
  }

  protected askToTakeBack(row: Row): void {
    this.takingBack.forget();
    this.toTakeBack.set(row);
    this.dialog().open();
  }

  protected async takeBack(): Promise<void> {
    const row = this.toTakeBack();
    if (!row) return;
    const taken = await this.takingBack.run(async () => {
      const path = `/api/funding/calls/${this.call().id}/extensions/${row.id}`;
      this.resource.set(await this.commands.delete(path, callExtensions));
    });
    if (!taken) return;
    this.dialog().close();
    this.done.set($localize`The extension is taken back, and ${row.person.name}:name: has been told.`);
    this.changed.emit();
  }
}
