import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { chainView, jobView } from '@waymark/contracts';
import { Chip, Icon, Message, Progress, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { stageWords } from '../shell/stage-words';
import { Trouble } from '../shell/trouble';
import { whileTrue } from '../shell/while-true';
import { figure } from '../shell/words';
import { faultPlace, faultWords, verificationWords } from './chain-words';
import { CompareHead } from './compare-head';
import { nameOf } from './entry-words';

/** The state of the hash chain: how far it is sealed, what waits, what is kept elsewhere, and whether it is whole. */
@Component({
  selector: 'wm-chain-card',
  imports: [Chip, CompareHead, Icon, Message, Progress, Skeleton, Trouble],
  templateUrl: './chain-card.html',
  styleUrl: './chain-card.css',
})
export class ChainCard {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  protected readonly resource = httpResource(() => '/api/audit/chain', { parse: (raw) => chainView.parse(raw) });
  protected readonly chain = kept(this.resource);
  protected readonly verifying = new Deed();
  protected readonly stopping = new Deed();
  protected readonly comparing = signal(false);

  protected readonly job = computed(() => this.chain()?.job ?? null);
  protected readonly stage = computed(() => stageWords[this.job()?.stage ?? 'waiting']);
  protected readonly history = computed(() =>
    (this.chain()?.verifications ?? []).map((each) => ({
      ...each,
      words: verificationWords[each.status],
      by: nameOf(each.askedBy),
      when: this.dates.moment(each.finishedAt ?? each.askedAt),
      rows: each.entries === null ? null : figure(each.entries),
      fault: each.fault && { ...each.fault, where: faultPlace(each.fault), what: faultWords[each.fault.kind] },
    })),
  );
  /** The newest that came to a result. */
  protected readonly last = computed(() =>
    this.history().find(({ status }) => status === 'valid' || status === 'faulty'),
  );
  protected readonly figure = figure;

  constructor() {
    whileTrue(
      () => this.job() !== null,
      2000,
      () => this.resource.reload(),
    );
  }

  protected async verify(): Promise<void> {
    await this.verifying.run(async () => {
      this.resource.set(await this.commands.post('/api/audit/verifications', {}, chainView));
    });
  }

  protected async stop(): Promise<void> {
    const job = this.job();
    if (!job) return;
    await this.stopping.run(async () => {
      await this.commands.post(`/api/jobs/${job.id}/cancel`, {}, jobView);
      this.resource.reload();
    });
  }
}
