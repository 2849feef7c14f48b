import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type SharedPairView, sharedPairView } from '@waymark/contracts';
import { Chip, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { sharedPairStatus } from './shared-pair-words';

/** A pair across two institutions: the other one's card, what was agreed, and the end at one click. */
@Component({
  selector: 'wm-shared-pair-page',
  imports: [Chip, Confirm, PageHeader, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow">
      <wm-page-header [heading]="heading()">
        <a trail routerLink="/mentoring/mine" i18n>My proposals and pairs</a>
        <ng-container meta>
          @if (view(); as shown) {
            <wm-chip [tone]="status[shown.status].tone">{{ status[shown.status].text }}</wm-chip>
          }
        </ng-container>
      </wm-page-header>
      @if (view(); as shown) {
        <section class="card stack" i18n-aria-label aria-label="Your pair">
          <dl class="kv">
            <div>
              <dt i18n>Institution</dt>
              <dd>{{ shown.other.institution || '–' }}</dd>
            </div>
            <div>
              <dt i18n>Unit and grade</dt>
              <dd>{{ shown.other.unit || '–' }}, {{ shown.other.grade || '–' }}</dd>
            </div>
            <div>
              <dt i18n>Job title</dt>
              <dd>{{ shown.other.jobTitle || '–' }}</dd>
            </div>
            <div>
              <dt i18n>E-mail address</dt>
              <dd>
                @if (shown.other.email; as email) {
                  <a [href]="'mailto:' + email">{{ email }}</a>
                } @else {
                  –
                }
              </dd>
            </div>
            <div>
              <dt i18n>What you want to reach</dt>
              <dd>{{ shown.goals || '–' }}</dd>
            </div>
            <div>
              <dt i18n>Until</dt>
              <dd>{{ dates.day(shown.endsOn) }}</dd>
            </div>
          </dl>
          @if (shown.may.end) {
            <div class="acts">
              <button type="button" class="btn btn--line" (click)="ask.open()" i18n>End this pair</button>
            </div>
          }
        </section>
        <wm-confirm
          #ask
          [grave]="true"
          i18n-heading
          heading="End your pair with {{ shown.other.name }}?"
          i18n-action
          action="Yes, end it"
          [busy]="deed.busy()"
          [problem]="deed.problem()"
          (confirmed)="end(shown)"
        >
          <p i18n>{{ shown.other.name }} is told that it has ended, and not why. It cannot be taken back.</p>
        </wm-confirm>
      } @else if (resource.error()) {
        <div class="card">
          <wm-trouble
            [error]="resource.error()"
            i18n-heading
            heading="We could not load this pair"
            (retry)="resource.reload()"
          />
        </div>
      } @else {
        <div class="card"><wm-skeleton [rows]="4" i18n-label label="Loading the pair" /></div>
      }
    </div>
  `,
})
export class SharedPairPage {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  readonly id = input.required<string>();
  protected readonly status = sharedPairStatus;

  protected readonly resource = httpResource(() => `/api/mentoring/shared-pairs/${encodeURIComponent(this.id())}`, {
    parse: (raw) => sharedPairView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly view = computed(() => (this.newest()?.id === this.id() ? this.newest() : undefined));
  protected readonly heading = computed(() => {
    const name = this.view()?.other.name;
    return name ? $localize`You and ${name}:other:` : $localize`A pair across two institutions`;
  });
  protected readonly deed = new Deed();
  private readonly confirm = viewChild.required<Confirm>('ask');

  protected async end(view: SharedPairView): Promise<void> {
    await this.deed.run(async () => {
      const url = `/api/mentoring/shared-pairs/${view.id}/end`;
      this.resource.set(await this.commands.post(url, { version: view.version }, sharedPairView));
      this.confirm().close();
    });
  }
}
