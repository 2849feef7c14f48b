import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ownExportView } from '@waymark/contracts';
import { PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { Trouble } from '../shell/trouble';
import { whileTrue } from '../shell/while-true';
import { ExportCard } from './export-card';

/** One's own data as a download: asked for, waited for, fetched. */
@Component({
  selector: 'wm-my-data-page',
  imports: [ExportCard, PageHeader, RouterLink, Skeleton, Trouble],
  template: `
    <wm-page-header i18n-heading heading="My data">
      <span meta i18n>Everything that Waymark holds about you, to keep.</span>
    </wm-page-header>
    <div class="cols cols--aside">
      <section class="card stack" aria-labelledby="export-h">
        <h2 id="export-h" class="card__head" i18n>A copy of my data</h2>
        @if (loaded(); as view) {
          <wm-trouble [error]="asking.problem()" compact />
          @if (view.export; as shown) {
            <wm-export-card [view]="shown" filesAt="/api/account/exports" />
          } @else {
            <p class="quiet" i18n>You have not asked for a copy yet.</p>
          }
          @if (view.export?.status !== 'collecting') {
            <button type="button" class="btn btn--main" [attr.aria-disabled]="asking.busy() || null" (click)="ask()">
              {{ askWords() }}
            </button>
          }
        } @else if (newest.error()) {
          <wm-trouble
            [error]="newest.error()"
            i18n-heading
            heading="We could not see whether a copy is ready"
            (retry)="newest.reload()"
          />
        } @else {
          <wm-skeleton [rows]="3" i18n-label label="Looking for your copy" />
        }
      </section>
      <section class="card stack" aria-labelledby="about-h">
        <h2 id="about-h" class="card__head" i18n>What is in it</h2>
        <p i18n>
          Every kind of record that has your name or your words: your record, roles, awards, mentoring, messages, what
          you did and more, each with what it is for and until when it is kept.
        </p>
        <p i18n>
          Words that other people wrote in private stay theirs: why somebody declined, or whom somebody excluded. The
          first sheet says what is left out, and why.
        </p>
        <p i18n>
          If you want to be erased when you leave, tell an administrator of your institution.
          <a routerLink="/account/kept">How long things are kept</a>
        </p>
      </section>
    </div>
  `,
})
export class MyDataPage {
  private readonly commands = inject(Commands);
  protected readonly newest = httpResource(() => '/api/account/exports', { parse: (raw) => ownExportView.parse(raw) });
  protected readonly loaded = kept(this.newest);
  protected readonly asking = new Deed();
  protected readonly askWords = computed(() =>
    this.loaded()?.export ? $localize`Ask for a new copy` : $localize`Ask for a copy`,
  );

  constructor() {
    whileTrue(
      () => this.loaded()?.export?.status === 'collecting',
      1500,
      () => this.newest.reload(),
    );
  }

  protected async ask(): Promise<void> {
    await this.asking.run(async () => {
      this.newest.set(await this.commands.post('/api/account/exports', {}, ownExportView));
    });
  }
}
