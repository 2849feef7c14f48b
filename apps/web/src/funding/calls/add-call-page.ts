import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, effect, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { addCall, type CallKind, callKinds, callView, poundsOf, potsPage, readPounds } from '@waymark/contracts';
import { Empty, Field, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { z } from 'zod';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { KeptDrafts } from '../../shell/kept-drafts';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { AmountField } from '../pots/amount-field';
import { yearWords } from '../pots/pot-words';
import { callKindWords } from './call-words';
import { DayField } from './day-field';
import { MomentField } from './moment-field';
import { instantAt, wallClock } from './zoned';

/** What this device keeps of a call that is not made yet. */
const onDevice = z.object({
  name: z.string(),
  kind: z.enum(callKinds),
  potId: z.string(),
  budget: z.string(),
  opens: z.string(),
  closes: z.string(),
  rollsUntil: z.string(),
});

/** The few things a call begins with; all the rest has a sound default, and is changed on the next page. */
@Component({
  selector: 'wm-add-call-page',
  imports: [AmountField, DayField, Empty, Field, Icon, Message, MomentField, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './add-call-page.html',
  styles: `
    .wide {
      max-width: 800px;
    }
  `,
})
export class AddCallPage {
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly session = inject(Session);
  protected readonly kinds = callKinds;
  protected readonly kindWords = callKindWords;
  protected readonly poundsOf = poundsOf;
  protected readonly yearWords = yearWords;
  private readonly timeZone = this.session.signedIn()?.institution.timeZone ?? 'Europe/London';

  protected readonly potsResource = httpResource(() => '/api/funding/pots?status=open&pageSize=100', {
    parse: (raw) => potsPage.parse(raw),
  });
  protected readonly name = signal('');
  protected readonly kind = signal<CallKind>('yearly');
  protected readonly chosenPot = signal('');
  protected readonly potId = computed(
    () => this.chosenPot() || (this.potsResource.hasValue() ? (this.potsResource.value().rows[0]?.id ?? '') : ''),
  );
  protected readonly budget = signal('');
  protected readonly opens = signal(`${daysOn(14, this.timeZone)}T09:00:00`);
  protected readonly closes = signal(`${daysOn(42, this.timeZone)}T17:00:00`);
  protected readonly rollsUntil = signal(daysOn(365, this.timeZone));
  protected readonly tried = signal(false);
  protected readonly deed = new Deed();

  private readonly device = inject(KeptDrafts);
  private readonly key = `call.${this.session.signedIn()?.person.id ?? ''}.new`;
  /** What was typed before this page was left is on it again. */
  protected readonly recovered = signal(false);
  private made = false;

  constructor() {
    const kept = onDevice.safeParse(this.device.read(this.key));
    if (kept.success) this.fill(kept.data);
    effect(() => {
      const typed = {
        ...{ name: this.name(), kind: this.kind(), potId: this.chosenPot(), budget: this.budget() },
        ...{ opens: this.opens(), closes: this.closes(), rollsUntil: this.rollsUntil() },
      };
      if (!this.made && (typed.name || typed.budget)) this.device.write(this.key, typed);
    });
  }

  private fill({ name, kind, potId, budget, opens, closes, rollsUntil }: z.infer<typeof onDevice>): void {
    this.recovered.set(true);
    this.name.set(name);
    this.kind.set(kind);
    this.chosenPot.set(potId);
    this.budget.set(budget);
    this.opens.set(opens);
    this.closes.set(closes);
    this.rollsUntil.set(rollsUntil);
  }

  private readonly body = computed(() => {
    const read = readPounds(this.budget());
    return {
      name: this.name(),
      kind: this.kind(),
      potId: this.potId(),
      budgetPence: 'pence' in read ? read.pence : 0,
      opensAt: instantAt(this.opens(), this.timeZone) ?? '',
      closesAt: instantAt(this.closes(), this.timeZone) ?? '',
      rollsUntil: this.kind() === 'rolling' ? this.rollsUntil() : null,
    };
  });
  /** What is wrong, by control, in the order of the form. */
  private readonly faults = computed(() => {
    const faults: [string, string][] = [];
    const refused = new Map((this.deed.problem()?.fields ?? []).map(({ path, code }) => [path, code]));
    const body = this.body();
    if (!addCall.shape.name.safeParse(body.name).success) {
      faults.push(['call-name', $localize`Give the call a name of at most 120 letters.`]);
    }
    if (body.potId === '' || refused.has('potId')) faults.push(['call-pot', $localize`Choose a pot that is open.`]);
    if (body.budgetPence === 0) faults.push(['call-budget', '']);
    if (body.opensAt === '') faults.push(['call-opens', $localize`Say when it opens: day and time.`]);
    if (body.closesAt === '') faults.push(['call-closes', $localize`Say when it closes: day and time.`]);
    else if (body.opensAt !== '' && body.closesAt <= body.opensAt) {
      faults.push(['call-closes', $localize`The close is after the opening.`]);
    }
    if (body.rollsUntil !== null && (body.rollsUntil === '' || refused.has('rollsUntil'))) {
      faults.push(['call-rolls', $localize`Say until which day it goes on; not before it opens.`]);
    }
    return faults;
  });
  protected readonly errors = computed(() => new Map(this.tried() ? this.faults() : []));

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.deed.forget();
    this.tried.set(true);
    const [first] = this.faults();
    if (first) {
      focusOn(first[0], this.injector);
      return;
    }
    await this.deed.run(async () => {
      const call = await this.commands.post('/api/funding/calls', this.body(), callView);
      this.made = true;
      this.device.remove(this.key);
      await this.router.navigate(['/funding/calls', call.id, 'edit']);
    });
  }
}

const daysOn = (days: number, timeZone: string): string =>
  wallClock(new Date(Date.now() + days * 86_400_000), timeZone).slice(0, 10);
