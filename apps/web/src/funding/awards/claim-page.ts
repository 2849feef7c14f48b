import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, input, linkedSignal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { claimView, type ClaimLine, type ClaimView, poundsOf } from '@waymark/contracts';
import { Chip, Message, PageHeader, Skeleton, Timeline } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { FileViewer } from '../../shell/files/file-viewer';
import { Picture } from '../../shell/files/picture';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { costWords } from '../applications/application-words';
import { AwardMoney } from './award-money';
import { claimName, claimStatusWords, happenedEntries } from './award-words';
import { ClaimForm } from './claim-form';
import { DecideClaim } from './decide-claim';

/** A claim: written by its person; read, with its receipts beside each line, by who decides. */
@Component({
  selector: 'wm-claim-page',
  imports: [
    AwardMoney,
    Chip,
    ClaimForm,
    DecideClaim,
    FileViewer,
    Message,
    PageHeader,
    Picture,
    RouterLink,
    Skeleton,
    Timeline,
    Trouble,
  ],
  templateUrl: './claim-page.html',
  styleUrl: './claim-page.css',
})
export class ClaimPage {
  readonly id = input.required<string>();
  protected readonly dates = inject(Dates);
  protected readonly maySeeAll = inject(Session).may('claims.see');
  protected readonly poundsOf = poundsOf;
  protected readonly statusWords = claimStatusWords;
  protected readonly claimName = claimName;
  protected readonly costWords = costWords;

  protected readonly resource = httpResource(() => `/api/funding/claims/${this.id()}`, {
    parse: (raw) => claimView.parse(raw),
  });
  protected readonly claim = kept(this.resource);
  protected readonly done = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  protected readonly entries = computed(() => happenedEntries(this.claim()?.happenings ?? [], this.dates));
  protected readonly address = computed(() => `/api/funding/claims/${this.id()}/files`);
  protected readonly doubles = computed(() => this.claim()?.files.filter(({ alsoOn }) => alsoOn.length > 0) ?? []);
  protected readonly sendingAgain = new Deed();
  protected readonly words = {
    rejected: $localize`The payment did not go through`,
    returned: $localize`Sent back with this`,
  };
  private readonly commands = inject(Commands);
  private readonly injector = inject(Injector);
  private readonly viewer = viewChild(FileViewer);

  protected filesOf(claim: ClaimView, line: ClaimLine): ClaimView['files'] {
    return claim.files.filter(({ id }) => line.fileIds.includes(id));
  }

  protected look(claim: ClaimView, fileId: string): void {
    this.viewer()?.open(
      Math.max(
        0,
        claim.files.findIndex(({ id }) => id === fileId),
      ),
    );
  }

  protected kindOf(line: ClaimLine): string {
    return line.category ? costWords[line.category] : '';
  }

  protected lookWords(name: string): string {
    return $localize`Look at ${name}:name:`;
  }

  /** When the money comes, as far as it is known. */
  protected paymentWords(claim: ClaimView): string {
    switch (claim.status) {
      case 'paid': {
        const day = claim.paidAt ? this.dates.dayOf(claim.paidAt) : '';
        return claim.claimedPence > 0 && claim.claimedPence <= claim.settlesPence
          ? $localize`Settled on ${day}:day:: the advance had paid all of it.`
          : $localize`Paid on ${day}:day:`;
      }
      case 'approved':
        return $localize`Approved; paid with the next payment run.`;
      case 'submitted':
        return claim.mine
          ? $localize`Finance looks at it first, and you hear by e-mail. What is approved is paid with the next payment run.`
          : $localize`Not approved yet.`;
      case 'payment-rejected':
        return $localize`The payment did not go through; the money is held until it is sent again.`;
      default:
        return $localize`Not with finance: it is still to be sent.`;
    }
  }

  protected wasSent(claim: ClaimView): void {
    this.resource.set(claim);
    this.say($localize`It is sent. You hear by e-mail when finance has looked at it.`);
    window.scrollTo({ top: 0 });
  }

  /** The button that was pressed is gone by now: reading goes on where the answer stands. */
  private say(words: string): void {
    this.done.set(words);
    focusOn('claim-done', this.injector);
  }

  /** An advance whose payment came back: its amount stands, what was wrong was mended elsewhere. */
  protected async sendAgain(claim: ClaimView): Promise<void> {
    await this.sendingAgain.run(async () => {
      const body = { version: claim.version, lines: [], last: false };
      this.wasSent(await this.commands.post(`/api/funding/claims/${claim.id}/submit`, body, claimView));
    });
  }

  protected decided({ claim, words }: { claim: ClaimView; words: string }): void {
    this.resource.set(claim);
    this.say(words);
  }
}
