import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { createNetwork, inviteToNetwork, networksView, type NetworksView } from '@waymark/contracts';
import { Chip, Empty, Field, Icon, Message, PageHeader, Skeleton, Timeline } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Confirm } from '../shell/confirm';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { Trouble } from '../shell/trouble';
import { counted } from '../shell/words';
import { historyWords, leavingWords } from './network-words';

type Network = NetworksView['networks'][number];
type Received = NetworksView['received'][number];

/** Institutions that share: networks made, joined and left, and who is asked. */
@Component({
  selector: 'wm-networks-page',
  imports: [Chip, Confirm, Empty, Field, Icon, Message, PageHeader, RouterLink, Skeleton, Timeline, Trouble],
  templateUrl: './networks-page.html',
  styleUrl: './networks-page.css',
})
export class NetworksPage {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  private readonly creating = viewChild<Confirm>('creating');
  private readonly answering = viewChild<Confirm>('answering');
  private readonly leaving = viewChild<Confirm>('leaving');

  protected readonly networks = httpResource(() => '/api/networks', { parse: (raw) => networksView.parse(raw) });
  protected readonly shown = kept(this.networks);
  protected readonly history = computed(() =>
    (this.shown()?.history ?? []).map((line) => ({
      what: historyWords(line),
      who: line.by ? $localize`${line.by}:who:, ${this.dates.moment(line.at)}:when:` : this.dates.moment(line.at),
      state: 'done' as const,
    })),
  );

  protected readonly deed = new Deed();
  protected readonly inviting = new Deed();
  protected readonly done = signal('');
  protected readonly name = signal('');
  protected readonly nameError = signal<string | null>(null);
  /** To whom an invitation goes, by network. */
  protected readonly emails = signal<Readonly<Record<string, string>>>({});
  /** The network whose invitation was sent last, or was refused. */
  protected readonly invited = signal<string | null>(null);
  protected readonly emailError = signal<string | null>(null);

  protected readonly answered = signal<Received | null>(null);
  protected readonly left = signal<Network | null>(null);
  protected readonly leavingLines = computed(() => {
    const network = this.left();
    return network ? leavingWords(network) : [];
  });
  protected readonly leaveHeading = computed(() => $localize`Leave ${this.left()?.name ?? ''}:network:?`);
  protected readonly answerHeading = computed(() => $localize`Join ${this.answered()?.network ?? ''}:network:?`);

  protected members({ members }: Network): string {
    return counted(members.length, $localize`institution`, $localize`institutions`);
  }

  protected askToCreate(): void {
    this.begin();
    this.name.set('');
    this.nameError.set(null);
    this.creating()?.open();
  }

  protected askToJoin(received: Received): void {
    this.begin();
    this.answered.set(received);
    this.answering()?.open();
  }

  protected askToLeave(network: Network): void {
    this.begin();
    this.left.set(network);
    this.leaving()?.open();
  }

  protected async create(): Promise<void> {
    const parsed = createNetwork.safeParse({ name: this.name() });
    if (!parsed.success) {
      this.nameError.set($localize`Give the network a name.`);
      return document.getElementById('network-name')?.focus();
    }
    await this.change('/api/networks', parsed.data, this.creating(), $localize`${parsed.data.name}:network: is made`);
  }

  protected type(networkId: string, email: string): void {
    this.emailError.set(null);
    this.emails.update((all) => ({ ...all, [networkId]: email }));
  }

  protected async invite(network: Network): Promise<void> {
    this.done.set('');
    this.invited.set(network.id);
    const parsed = inviteToNetwork.safeParse({ email: this.emails()[network.id] ?? '' });
    if (!parsed.success) {
      this.emailError.set($localize`This does not look like an e-mail address.`);
      return document.getElementById(`invite-${network.id}`)?.focus();
    }
    const sent = await this.inviting.run(async () => {
      const url = `/api/networks/${network.id}/invitations`;
      this.networks.set(await this.commands.post(url, parsed.data, networksView));
    });
    if (!sent) return;
    this.type(network.id, '');
    this.done.set($localize`The invitation to ${parsed.data.email}:email: is in the post`);
  }

  protected async withdraw(network: Network, invitation: Network['invitations'][number]): Promise<void> {
    this.done.set('');
    this.invited.set(network.id);
    const gone = await this.inviting.run(async () => {
      const url = `/api/networks/${network.id}/invitations/${invitation.id}`;
      this.networks.set(await this.commands.delete(url, networksView));
    });
    if (gone) this.done.set($localize`The invitation to ${invitation.email}:email: is withdrawn`);
  }

  protected async join(): Promise<void> {
    const received = this.answered();
    if (!received) return;
    const url = `/api/network-invitations/${received.id}/accept`;
    await this.change(
      url,
      {},
      this.answering(),
      $localize`Your institution belongs to ${received.network}:network: now`,
    );
  }

  protected async decline(received: Received): Promise<void> {
    this.begin();
    const url = `/api/network-invitations/${received.id}/decline`;
    await this.change(url, {}, undefined, $localize`The invitation into ${received.network}:network: is declined`);
  }

  protected async leave(): Promise<void> {
    const network = this.left();
    if (!network) return;
    const url = `/api/networks/${network.id}/leave`;
    await this.change(url, {}, this.leaving(), $localize`Your institution has left ${network.name}:network:`);
  }

  private begin(): void {
    this.deed.forget();
    this.inviting.forget();
    this.done.set('');
  }

  private async change(url: string, body: object, dialog: Confirm | undefined, done: string): Promise<void> {
    const changed = await this.deed.run(async () => {
      this.networks.set(await this.commands.post(url, body, networksView));
    });
    if (!changed) return;
    dialog?.close();
    this.done.set(done);
  }
}
