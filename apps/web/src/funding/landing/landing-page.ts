import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  type MyApplicationRow,
  type OpenCall,
  type OpenCalls,
  myApplications,
  openCalls,
  poundsOf,
} from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { applicationStatusWords } from '../applications/application-words';

const pageSize = 20;

interface NextStep {
  words: string;
  link: readonly string[];
  /** It waits for the person. */
  mine: boolean;
}

/** The fund as everybody meets it: what I asked for and got, and what is open to me. */
@Component({
  selector: 'wm-landing-page',
  imports: [Chip, Empty, PageHeader, Pager, RouterLink, Skeleton, Trouble],
  templateUrl: './landing-page.html',
  styleUrl: './landing-page.css',
})
export class LandingPage {
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly statusWords = applicationStatusWords;
  protected readonly poundsOf = poundsOf;
  private readonly page = computed(() => this.address.page());

  protected readonly resource = httpResource(
    () => ({ url: '/api/funding/applications', params: { page: this.page(), pageSize } }),
    { parse: (raw) => myApplications.parse(raw) },
  );
  protected readonly mine = kept(this.resource);
  protected readonly callsResource = httpResource(() => '/api/funding/calls/open', {
    parse: (raw) => openCalls.parse(raw),
  });
  protected readonly calls = kept(this.callsResource);
  protected readonly rows = computed(() =>
    (this.mine()?.rows ?? []).map((row) => ({ row, next: this.stepOf(row), money: moneyWords(row) })),
  );
  /** The one thing that comes first: only it has the filled button. */
  protected readonly first = computed(() => this.rows().find(({ next }) => next?.mine)?.row.id ?? null);
  protected readonly openNow = computed(() => this.calls()?.calls.filter(({ moment }) => moment !== 'coming') ?? []);
  protected readonly coming = computed(() => this.calls()?.calls.filter(({ moment }) => moment === 'coming') ?? []);
  /** Planned ones of which nothing stands on the page yet. */
  protected readonly planned = computed(() => {
    const shown = new Set(this.calls()?.calls.map(({ id }) => id));
    return this.calls()?.next.filter(({ callId }) => !shown.has(callId)) ?? [];
  });
  /** When the one after an open call is planned, by the open one. */
  protected readonly nextOf = computed(() => new Map(this.calls()?.next.map((each) => [each.callId, each])));
  protected readonly firstCall = computed(() => this.openNow().find((call) => this.mayBegin(call))?.id ?? null);

  protected mayBegin(call: OpenCall): boolean {
    return call.inAudience && call.mine.every(({ status }) => status === 'withdrawn') && this.takes(call);
  }

  private takes(call: OpenCall): boolean {
    const closes = call.extendedUntil ?? call.closesAt;
    return call.moment === 'open' || Date.now() < new Date(closes).getTime();
  }

  /** Own application in a call that can still be gone on with. */
  protected draftIn(call: OpenCall): string | null {
    return call.mine.find(({ status }) => status === 'draft' || status === 'returned')?.id ?? null;
  }

  private stepOf(row: MyApplicationRow): NextStep | null {
    const application = ['/funding/applications', row.id];
    const award = ['/funding/awards', row.award?.id ?? ''];
    if (row.status === 'draft' && row.sendBefore)
      return { words: $localize`Go on writing`, link: application, mine: true };
    if (row.status === 'returned') return { words: $localize`Answer the question`, link: application, mine: true };
    switch (row.award?.status) {
      case 'offered':
        return { words: $localize`Answer the award`, link: award, mine: true };
      case 'accepted':
      case 'attended':
      case 'cancelled':
        return { words: $localize`Claim or change`, link: award, mine: false };
      case 'changed':
        return { words: $localize`See the award`, link: award, mine: false };
      default:
        return null;
    }
  }

  protected closesWords(call: OpenCall): string {
    const at = call.extendedUntil ?? call.closesAt;
    return $localize`Closes ${this.dates.shortDayOf(at)}:day:, ${this.dates.time(at)}:time:`;
  }

  protected applyLabel({ name }: OpenCall): string {
    return $localize`See and apply: ${name}:call:`;
  }

  protected seeLabel({ name }: OpenCall): string {
    return $localize`See the call: ${name}:call:`;
  }

  /** When the next one of a kind is planned. */
  protected nextDates({ opensOn, closesOn }: OpenCalls['next'][number]): string {
    const opens = this.dates.shortDayAndYear(opensOn);
    return closesOn
      ? $localize`the next opens ${opens}:day: and closes ${this.dates.shortDayAndYear(closesOn)}:day:`
      : $localize`the next opens ${opens}:day:`;
  }

  protected nextWords(each: OpenCalls['next'][number]): string {
    return $localize`And ${this.nextDates(each)}:dates:.`;
  }

  /** What is said of one's own in one line below its name. */
  protected factOf(row: MyApplicationRow): string {
    const day = row.eventStartsOn ? this.dates.shortDayAndYear(row.eventStartsOn) : '';
    const sent = row.submittedAt
      ? $localize`sent on ${this.dates.shortDayOf(row.submittedAt)}:day:`
      : $localize`not sent yet`;
    return [row.call.name, day && $localize`begins ${day}:day:`, sent].filter(Boolean).join(' · ');
  }

  private hearWords(decideBy: string): string {
    const day = this.dates.day(decideBy);
    return decideBy < this.dates.calendarDay(new Date().toISOString())
      ? $localize`The decision was due on ${day}:day:; you hear as soon as it is made`
      : $localize`You hear by ${day}:day:`;
  }

  protected dueOf(row: MyApplicationRow): string | null {
    switch (row.status) {
      case 'draft':
      case 'returned':
        return row.sendBefore ? $localize`Send by ${this.dates.moment(row.sendBefore)}:moment:` : null;
      case 'submitted':
      case 'endorsed':
      case 'unendorsed':
      case 'eligible':
      case 'scored':
        return this.hearWords(row.call.decideBy);
      default:
        return null;
    }
  }
}

const moneyWords = ({ money }: MyApplicationRow): string | null => {
  const { askedPence, awardedPence, spentPence } = money;
  if (awardedPence !== null) {
    return spentPence > 0
      ? $localize`${poundsOf(awardedPence)}:awarded: awarded, ${poundsOf(spentPence)}:paid: paid`
      : $localize`${poundsOf(awardedPence)}:awarded: awarded`;
  }
  return askedPence !== null && askedPence > 0 ? $localize`${poundsOf(askedPence)}:asked: asked` : null;
};
