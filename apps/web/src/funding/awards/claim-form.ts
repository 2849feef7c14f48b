import { HttpClient } from '@angular/common/http';
import { Component, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import {
  type ClaimLineDraft,
  claimLinesMost,
  claimView,
  type ClaimView,
  type FileView,
  poundsOf,
  readPounds,
} from '@waymark/contracts';
import { Icon, type IconName, Message } from '@waymark/ui';
import { firstValueFrom } from 'rxjs';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { ClaimDraft } from './claim-draft';
import { ClaimLineForm } from './claim-line-form';

/** A claim while it is written: receipts photographed, lines, and what remains of the award as one types. */
@Component({
  selector: 'wm-claim-form',
  imports: [ClaimLineForm, Confirm, Icon, Message, Trouble],
  providers: [ClaimDraft],
  templateUrl: './claim-form.html',
  styleUrl: './claim-form.css',
})
export class ClaimForm {
  protected readonly reasonWords = {
    rejected: $localize`The payment did not go through. Put this right and send it again`,
    returned: $localize`It came back, with this to mend`,
  };
  readonly claim = input.required<ClaimView>();
  readonly sent = output<ClaimView>();
  private readonly commands = inject(Commands);
  private readonly http = inject(HttpClient);
  private readonly dates = inject(Dates);
  protected readonly draft = inject(ClaimDraft);
  protected readonly poundsOf = poundsOf;
  protected readonly most = claimLinesMost;
  protected readonly sending = new Deed();
  protected readonly resolving = new Deed();
  protected readonly tried = signal(false);
  protected readonly known = signal<readonly FileView[]>([]);
  /** A line just taken out, to be put back. */
  protected readonly taken = signal<{ line: ClaimLineDraft; at: number } | null>(null);

  protected readonly leftPence = computed(() => this.claim().mostPence - this.draft.totalPence());
  protected readonly settles = computed(() => Math.min(this.draft.totalPence(), this.claim().unsettledPence));
  protected readonly faults = computed(
    () =>
      this.draft
        .lines()
        .filter(
          ({ category, what, amount, fileIds, noReceiptBecause }) =>
            category === null ||
            !what.trim() ||
            'fault' in readPounds(amount) ||
            (fileIds.length === 0 && !noReceiptBecause.trim()),
        ).length,
  );
  protected readonly nothing = computed(() => this.draft.lines().length === 0);
  protected readonly saveIcon = computed<IconName>(() => {
    const state = this.draft.state();
    if (state === 'unreachable') return 'offline';
    return state === 'conflict' || state === 'refused' ? 'warning' : 'tick-circle';
  });
  protected readonly saveWords = computed(() => {
    const at = this.draft.savedAt();
    switch (this.draft.state()) {
      case 'saved':
        return at ? $localize`Saved at ${this.dates.time(at)}:time:` : $localize`Saves by itself`;
      case 'waiting':
      case 'saving':
        return $localize`Saving`;
      case 'unreachable':
        return $localize`Not connected: kept on this device`;
      case 'conflict':
        return $localize`Changed somewhere else too; choose below`;
      case 'refused':
        return $localize`Not saved: kept on this device`;
    }
  });

  constructor() {
    effect(() => {
      const claim = this.claim();
      untracked(() => {
        this.draft.begin(claim);
        this.known.update((known) => joined(known, claim.files));
      });
    });
  }

  protected add(): void {
    this.taken.set(null);
    const id = this.draft.add();
    setTimeout(() => document.getElementById(`receipt-${id}`)?.focus());
  }

  protected learn(files: readonly FileView[]): void {
    this.known.update((known) => joined(known, files));
  }

  protected remove(line: ClaimLineDraft, at: number): void {
    this.draft.remove(line.id);
    this.taken.set({ line, at });
    setTimeout(() => document.getElementById('put-back')?.focus());
  }

  protected putBack(): void {
    const taken = this.taken();
    if (taken) this.draft.restore(taken.line, taken.at);
    this.taken.set(null);
  }

  protected ask(confirm: Confirm): void {
    this.tried.set(true);
    if (this.faults() > 0 || this.leftPence() < 0 || (this.nothing() && !this.draft.last())) {
      setTimeout(() =>
        (
          document.querySelector<HTMLElement>('wm-claim-form [aria-invalid]') ?? document.getElementById('claim-faults')
        )?.focus(),
      );
      return;
    }
    this.sending.forget();
    confirm.open();
  }

  protected async send(confirm: Confirm): Promise<void> {
    await this.sending.run(async () => {
      const body = await this.draft.settled();
      const claim = await this.commands.post(`/api/funding/claims/${this.claim().id}/submit`, body, claimView);
      this.draft.sent();
      confirm.close();
      this.sent.emit(claim);
    });
  }

  /** Two tabs wrote: the person says which. */
  protected async resolve(mine: boolean): Promise<void> {
    await this.resolving.run(async () => {
      const raw = await firstValueFrom(this.http.get(`/api/funding/claims/${this.claim().id}`));
      const newest = claimView.parse(raw);
      this.learn(newest.files);
      if (mine) await this.draft.keepMine(newest);
      else this.draft.takeTheirs(newest);
    });
  }
}

const joined = (known: readonly FileView[], more: readonly FileView[]): readonly FileView[] => [
  ...new Map([...known, ...more].map((file) => [file.id, file])).values(),
];
