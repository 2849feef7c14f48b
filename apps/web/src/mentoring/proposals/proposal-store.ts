import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { Agreement, DeclineReason, ProposalView, proposalView } from '@waymark/contracts';
import { Commands } from '../../shell/commands';
import { kept } from '../../shell/kept';

/** One proposal as one of the two sees it. */
@Injectable()
export class ProposalStore {
  private readonly commands = inject(Commands);
  readonly id = signal<string | null>(null);
  readonly resource = httpResource(() => (this.id() ? `/api/mentoring/proposals/${this.id()}` : undefined), {
    parse: (raw) => proposalView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  readonly view = computed(() => {
    const view = this.newest();
    return view?.id === this.id() ? view : undefined;
  });

  reload(): void {
    this.resource.reload();
  }

  accept(seen: ProposalView): Promise<void> {
    return this.post(seen, 'accept', { pause: false });
  }

  decline(seen: ProposalView, reason: DeclineReason, note: string, pause: boolean): Promise<void> {
    return this.post(seen, 'decline', { reason, note, pause });
  }

  askMore(seen: ProposalView, question: string): Promise<void> {
    return this.post(seen, 'question', { question });
  }

  answerQuestion(seen: ProposalView, answer: string): Promise<void> {
    return this.post(seen, 'question/answer', { answer });
  }

  withdraw(seen: ProposalView): Promise<void> {
    return this.post(seen, 'withdraw', {});
  }

  confirmAgreement(seen: ProposalView): Promise<void> {
    return this.post(seen, 'agreement/confirm', {});
  }

  async writeAgreement(seen: ProposalView, agreement: Agreement): Promise<void> {
    const body = { ...agreement, version: seen.version };
    this.resource.set(await this.commands.put(`/api/mentoring/proposals/${seen.id}/agreement`, body, proposalView));
  }

  private async post(seen: ProposalView, command: string, body: object): Promise<void> {
    const url = `/api/mentoring/proposals/${seen.id}/${command}`;
    this.resource.set(await this.commands.post(url, { ...body, version: seen.version }, proposalView));
  }
}
