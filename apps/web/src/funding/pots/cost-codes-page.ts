import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { addCostCode, costCodes, type CostCodeView } from '@waymark/contracts';
import { Chip, Empty, Field, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { fieldWords } from '../../shell/field-words';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { counted } from '../../shell/words';

/** The codes under which finance books what is spent. */
@Component({
  selector: 'wm-cost-codes-page',
  imports: [Chip, Empty, Field, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './cost-codes-page.html',
  styleUrls: ['../../shell/table-cards.css', './money-cards.css'],
})
export class CostCodesPage {
  private readonly commands = inject(Commands);
  protected readonly mayManage = inject(Session).may('pots.manage');
  protected readonly resource = httpResource(() => '/api/funding/cost-codes', { parse: (raw) => costCodes.parse(raw) });
  protected readonly codes = kept(this.resource);
  protected readonly adding = new Deed();
  protected readonly changing = new Deed();
  protected readonly typed = signal({ code: '', name: '' });
  private readonly tried = signal(false);
  protected readonly errors = computed(() =>
    this.tried()
      ? fieldWords(
          addCostCode,
          this.typed(),
          {
            code: $localize`Letters, figures, points, strokes and hyphens, at most 30: “TS-1042/26”.`,
            name: $localize`Say what it stands for.`,
          },
          this.adding.problem(),
        )
      : {},
  );

  protected change(some: Partial<ReturnType<typeof this.typed>>): void {
    this.typed.update((typed) => ({ ...typed, ...some }));
  }

  protected async add(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const [first] = Object.keys(this.errors());
    if (first) return document.getElementById(first)?.focus();
    await this.adding.run(async () => {
      this.resource.set(
        await this.commands.post('/api/funding/cost-codes', addCostCode.parse(this.typed()), costCodes),
      );
      this.typed.set({ code: '', name: '' });
      this.tried.set(false);
    });
  }

  protected async setActive({ id, version, name, active }: CostCodeView): Promise<void> {
    const body = { version, name, active: !active };
    const changed = await this.changing.run(async () => {
      this.resource.set(await this.commands.put(`/api/funding/cost-codes/${id}`, body, costCodes));
    });
    if (!changed) this.resource.reload();
  }

  protected usesWords(uses: number): string {
    return uses === 0 ? $localize`not used yet` : counted(uses, $localize`use`, $localize`uses`);
  }
}
