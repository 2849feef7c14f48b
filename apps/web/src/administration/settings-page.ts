import { httpResource } from '@angular/common/http';
import { Component, computed, inject, linkedSignal, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  changeSettings,
  keptDays,
  nations,
  settingsView,
  timeZonesView,
  type Kept,
  type Nation,
  type SettingsView,
} from '@waymark/contracts';
import { Field, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Attention } from '../shell/attention';
import { Commands } from '../shell/commands';
import { Confirm } from '../shell/confirm';
import { Deed } from '../shell/deed';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { daysWords, followsWords, keptWords, nationWords, zoneGroups } from './settings-words';

interface Draft {
  name: string;
  nation: Nation;
  timeZone: string;
  retention: Record<Kept, string>;
}

const kinds = Object.keys(keptDays) as Kept[];
const draftOf = (view: SettingsView): Draft => ({
  name: view.name,
  nation: view.nation,
  timeZone: view.timeZone,
  retention: Object.fromEntries(kinds.map((kind) => [kind, String(view.retention[kind])])) as Record<Kept, string>,
});
const isWhole = (typed: string): boolean => /^\d{1,5}$/.test(typed.trim());

/** What holds for the whole institution: its name, where its days are judged, and how long what is kept. */
@Component({
  selector: 'wm-settings-page',
  imports: [Attention, Confirm, Field, Message, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './settings-page.html',
  styleUrl: './settings-page.css',
  host: { '(window:beforeunload)': 'warn($event)' },
})
export class SettingsPage {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  private readonly attention = viewChild(Attention);
  private readonly confirm = viewChild(Confirm);

  protected readonly settings = httpResource(() => '/api/settings', { parse: (raw) => settingsView.parse(raw) });
  private readonly zones = httpResource(() => '/api/settings/time-zones', { parse: (raw) => timeZonesView.parse(raw) });
  protected readonly saved = computed(() => (this.settings.hasValue() ? this.settings.value() : null));
  protected readonly draft = linkedSignal<Draft | null>(() => {
    const saved = this.saved();
    return saved && draftOf(saved);
  });
  protected readonly changed = computed(() => {
    const saved = this.saved();
    return saved !== null && JSON.stringify(draftOf(saved)) !== JSON.stringify(this.draft());
  });
  protected readonly zoneGroups = computed(() => {
    const offered = this.zones.hasValue() ? this.zones.value().timeZones : [];
    const own = this.saved()?.timeZone;
    return zoneGroups(own && !offered.includes(own) ? [own, ...offered] : offered);
  });
  protected readonly nations = nations;
  protected readonly nationWords = nationWords;
  protected readonly kept = kinds.map((kind) => ({
    kind,
    ...keptWords[kind],
    bounds: $localize`From ${daysWords(keptDays[kind].least)}:least: to ${daysWords(keptDays[kind].most)}:most:; usually ${daysWords(keptDays[kind].usual)}:usual:.`,
  }));

  protected readonly saving = new Deed();
  protected readonly done = signal(false);
  private readonly tried = signal(false);
  protected readonly errors = computed<Readonly<Record<string, string>>>(() => {
    const draft = this.draft();
    if (!draft || !this.tried()) return {};
    const refused = new Set((this.saving.problem()?.fields ?? []).map(({ path }) => path));
    return {
      ...(draft.name.trim() ? {} : { name: $localize`Give the institution's name.` }),
      ...(refused.has('timeZone') ? { timeZone: $localize`Choose a time zone from the list.` } : {}),
      ...Object.fromEntries(
        kinds
          .filter((kind) => !this.withinBounds(kind, draft.retention[kind]))
          .map((kind) => [
            kind,
            $localize`${keptWords[kind].label}:what:: give whole days, from ${keptDays[kind].least}:least: to ${keptDays[kind].most}:most:.`,
          ]),
      ),
    };
  });
  protected readonly follows = computed(() => {
    const [saved, draft] = [this.saved(), this.draft()];
    return saved && draft ? followsWords(saved, draft) : [];
  });

  protected daysIn(typed: string): string {
    return isWhole(typed) ? daysWords(Number(typed)) : '';
  }

  protected change(facts: Partial<Omit<Draft, 'retention'>>): void {
    this.done.set(false);
    this.draft.update((draft) => draft && { ...draft, ...facts });
  }

  protected keep(kind: Kept, typed: string): void {
    this.done.set(false);
    this.draft.update((draft) => draft && { ...draft, retention: { ...draft.retention, [kind]: typed } });
  }

  protected chooseNation(value: string): void {
    const nation = nations.find((each) => each === value);
    if (nation) this.change({ nation });
  }

  protected discard(): void {
    const saved = this.saved();
    this.saving.forget();
    this.tried.set(false);
    this.draft.set(saved && draftOf(saved));
  }

  protected submit(): void {
    this.tried.set(true);
    if (Object.keys(this.errors()).length > 0) return this.attention()?.focus();
    if (!this.changed()) return;
    if (this.follows().length > 0) this.confirm()?.open();
    else void this.save();
  }

  protected async save(): Promise<void> {
    const [saved, draft] = [this.saved(), this.draft()];
    if (!saved || !draft) return;
    const body = changeSettings.parse({
      name: draft.name,
      nation: draft.nation,
      timeZone: draft.timeZone,
      retention: Object.fromEntries(kinds.map((kind) => [kind, Number(draft.retention[kind])])),
      version: saved.version,
    });
    const saving = await this.saving.run(async () => {
      this.settings.set(await this.commands.put('/api/settings', body, settingsView));
      this.tried.set(false);
      // Name and time zone stand on every page.
      await this.session.load();
    });
    this.done.set(saving);
    if (saving || this.saving.problem()?.refusal === 'invalid-input') this.confirm()?.close();
  }

  protected loadAgain(): void {
    this.confirm()?.close();
    this.saving.forget();
    this.settings.reload();
  }

  protected warn(event: BeforeUnloadEvent): void {
    if (this.changed()) event.preventDefault();
  }

  private withinBounds(kind: Kept, typed: string): boolean {
    const { least, most } = keptDays[kind];
    return isWhole(typed) && Number(typed) >= least && Number(typed) <= most;
  }
}
