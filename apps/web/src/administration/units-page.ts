import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { addUnit, unitTree, type UnitOfTree } from '@waymark/contracts';
import { Empty, Field, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { unitOptions } from '../people/unit-options';
import { Address } from '../shell/address';
import { Commands } from '../shell/commands';
import { Confirm } from '../shell/confirm';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { SearchBox } from '../shell/search-box';
import { Trouble } from '../shell/trouble';
import { counted } from '../shell/words';
import { linesFound, unitLines, withinUnit, type UnitLine } from './unit-tree';

/** Null: a new one. */
interface Draft {
  unit: UnitOfTree | null;
  name: string;
  parentId: string;
}

/** The institution's units as a tree: added, renamed, moved, merged, removed. */
@Component({
  selector: 'wm-units-page',
  imports: [Confirm, Empty, Field, Icon, Message, PageHeader, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './units-page.html',
  styleUrl: './units-page.css',
})
export class UnitsPage {
  private readonly commands = inject(Commands);
  private readonly address = inject(Address);
  private readonly editing = viewChild<Confirm>('editing');
  private readonly merging = viewChild<Confirm>('merging');
  private readonly removing = viewChild<Confirm>('removing');

  protected readonly tree = httpResource(() => '/api/units/tree', { parse: (raw) => unitTree.parse(raw) });
  protected readonly shown = kept(this.tree);
  protected readonly search = computed(() => this.address.text('search') ?? '');
  private readonly all = computed(() => unitLines(this.shown()?.units ?? []));
  protected readonly lines = computed(() => linesFound(this.all(), this.search()));
  protected readonly count = computed(() => counted(this.all().length, $localize`unit`, $localize`units`));

  protected readonly draft = signal<Draft>({ unit: null, name: '', parentId: '' });
  protected readonly into = signal('');
  protected readonly deed = new Deed();
  protected readonly done = signal('');
  protected readonly nameError = signal<string | null>(null);
  protected readonly intoError = signal<string | null>(null);

  protected readonly heading = computed(() =>
    this.draft().unit ? $localize`Change ${this.draft().unit?.name}:unit:` : $localize`Add a unit`,
  );
  protected readonly action = computed(() => (this.draft().unit ? $localize`Save the unit` : $localize`Add the unit`));
  /** Where it can lie, or be merged into: anywhere but below itself. */
  protected readonly places = computed(() => {
    const units = this.shown()?.units ?? [];
    const own = this.draft().unit;
    const within = own ? withinUnit(units, own.id) : new Set<string>();
    return unitOptions(units.filter(({ id }) => !within.has(id)));
  });
  protected readonly mergeHeading = computed(
    () => $localize`Merge ${this.draft().unit?.name ?? ''}:unit: into another unit`,
  );
  protected readonly removeHeading = computed(() => $localize`Remove ${this.draft().unit?.name ?? ''}:unit:?`);
  protected readonly moves = computed(() => {
    const line = this.lineOf(this.draft().unit?.id);
    return {
      people: counted(line?.people ?? 0, $localize`person`, $localize`people`),
      units: counted(line?.below ?? 0, $localize`unit`, $localize`units`),
    };
  });
  protected readonly empty = computed(() => {
    const line = this.lineOf(this.draft().unit?.id);
    return line !== undefined && line.people === 0 && line.below === 0;
  });

  protected find(search: string): void {
    this.address.change({ search }, 'typing');
  }

  protected people({ active }: UnitLine): string {
    return counted(active, $localize`person`, $localize`people`);
  }

  protected within({ below, activeWithin }: UnitLine): string | null {
    return below === 0
      ? null
      : $localize`${counted(activeWithin, $localize`person`, $localize`people`)}:people: with those below`;
  }

  protected add(below: UnitLine | null): void {
    this.begin({ unit: null, name: '', parentId: below?.id ?? '' });
    this.editing()?.open();
  }

  protected change(unit: UnitLine): void {
    this.begin({ unit, name: unit.name, parentId: unit.parentId ?? '' });
    this.editing()?.open();
  }

  protected rename(name: string): void {
    this.nameError.set(null);
    this.draft.update((draft) => ({ ...draft, name }));
  }

  protected move(parentId: string): void {
    this.draft.update((draft) => ({ ...draft, parentId }));
  }

  protected choose(into: string): void {
    this.intoError.set(null);
    this.into.set(into);
  }

  protected askToMerge(): void {
    this.editing()?.close();
    this.deed.forget();
    this.into.set('');
    this.merging()?.open();
  }

  protected askToRemove(): void {
    this.editing()?.close();
    this.deed.forget();
    this.removing()?.open();
  }

  protected async save(): Promise<void> {
    const { unit, name, parentId } = this.draft();
    const parsed = addUnit.safeParse({ name, parentId: parentId || null });
    if (!parsed.success) {
      this.nameError.set($localize`Give the unit a name.`);
      return document.getElementById('unit-name')?.focus();
    }
    const saved = await this.deed.run(async () => {
      this.tree.set(
        unit
          ? await this.commands.put(`/api/units/${unit.id}`, { ...parsed.data, version: unit.version }, unitTree)
          : await this.commands.post('/api/units', parsed.data, unitTree),
      );
    });
    if (saved) this.end(this.editing(), $localize`${parsed.data.name}:unit: is saved`);
  }

  protected async merge(): Promise<void> {
    const { unit } = this.draft();
    const into = this.into();
    if (!into) {
      this.intoError.set($localize`Choose the unit that stays.`);
      return document.getElementById('merge-into')?.focus();
    }
    if (!unit) return;
    const merged = await this.deed.run(async () => {
      const body = { into, version: unit.version };
      this.tree.set(await this.commands.post(`/api/units/${unit.id}/merge`, body, unitTree));
    });
    if (merged)
      this.end(this.merging(), $localize`${unit.name}:unit: is merged into ${this.lineOf(into)?.name}:other:`);
  }

  protected async remove(): Promise<void> {
    const { unit } = this.draft();
    if (!unit) return;
    const removed = await this.deed.run(async () => {
      this.tree.set(await this.commands.post(`/api/units/${unit.id}/remove`, { version: unit.version }, unitTree));
    });
    if (removed) this.end(this.removing(), $localize`${unit.name}:unit: is removed`);
  }

  /** Somebody else changed the tree: shows it as it is now. */
  protected loadAgain(): void {
    for (const dialog of [this.editing(), this.merging(), this.removing()]) dialog?.close();
    this.deed.forget();
    this.tree.reload();
  }

  private begin(draft: Draft): void {
    this.deed.forget();
    this.done.set('');
    this.nameError.set(null);
    this.intoError.set(null);
    this.draft.set(draft);
  }

  private end(dialog: Confirm | undefined, done: string): void {
    dialog?.close();
    this.done.set(done);
  }

  private lineOf(id: string | undefined): UnitLine | undefined {
    return this.all().find((line) => line.id === id);
  }
}
