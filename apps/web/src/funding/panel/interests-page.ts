import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ApplicantRow, applicantsPage, interestDeclared } from '@waymark/contracts';
import { Chip, Empty, Field, Message, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { interestWords } from './panel-words';

const pageSize = 50;

/** Everybody who applied, by name and never with an application: in whom one has an interest. */
@Component({
  selector: 'wm-interests-page',
  imports: [Chip, Confirm, Empty, Field, Message, PageHeader, Pager, RouterLink, SearchBox, Skeleton, Trouble],
  template: `
    @if (resource.error()) {
      <wm-page-header i18n-heading heading="Interests" />
      <div class="card">
        <wm-trouble
          [error]="resource.error()"
          i18n-heading
          heading="We could not load who applied"
          (retry)="resource.reload()"
        />
      </div>
    } @else if (page(); as page) {
      <wm-page-header i18n-heading heading="Whom do you know?">
        <a trail [routerLink]="['/funding/reading', id()]">{{ page.call.name }}</a>
        <span meta i18n
          >Everybody who applied, by name alone. Declare whoever you know better than a colleague usually would, and you
          are given nothing of theirs.</span
        >
      </wm-page-header>
      <div class="stack-5">
        <div role="status">
          @if (done(); as words) {
            <wm-message tone="ok" [heading]="words" />
          }
        </div>
        <section class="card card--flush" aria-labelledby="who-h">
          <div class="card__head"><h2 id="who-h" i18n>Applicants</h2></div>
          <div class="filters pf">
            <wm-search-box
              for="who"
              i18n-label
              label="Name"
              [value]="search() ?? ''"
              (searched)="address.change({ search: $event, page: null }, 'typing')"
            />
          </div>
          @if (page.rows.length > 0) {
            <ul class="plain people">
              @for (row of page.rows; track row.id) {
                <li>
                  <span class="who">
                    <b>{{ row.name }}</b>
                    @if (row.unit) {
                      <span class="quiet small">{{ row.unit }}</span>
                    }
                    @if (row.because) {
                      <span class="small">“{{ row.because }}”</span>
                    }
                  </span>
                  @if (row.interest; as interest) {
                    <wm-chip tone="wait" icon="forbid">{{ words[interest] }}</wm-chip>
                  }
                  @if (page.mayDeclare && row.interest === null) {
                    <button
                      type="button"
                      class="btn btn--line btn--sm"
                      [attr.aria-label]="declareLabel(row)"
                      (click)="ask(row)"
                      i18n
                    >
                      Declare
                    </button>
                  } @else if (row.declarationId && mayWithdraw()) {
                    <button
                      type="button"
                      class="btn btn--text btn--sm"
                      [disabled]="withdrawing.busy()"
                      [attr.aria-label]="withdrawLabel(row)"
                      (click)="withdraw(row)"
                      i18n
                    >
                      Take back
                    </button>
                  }
                </li>
              }
            </ul>
            <wm-pager
              [page]="page.page"
              [pageSize]="page.pageSize"
              [total]="page.total"
              (goTo)="address.change({ page: $event })"
            />
          } @else if (search()) {
            <wm-empty
              i18n-heading
              heading="Nobody of that name applied"
              i18n-text
              text="Try another part of the name."
            />
          } @else {
            <wm-empty
              i18n-heading
              heading="Nobody has applied yet"
              i18n-text
              text="Come back once applications have been handed in."
            />
          }
          @if (withdrawing.problem()) {
            <wm-trouble class="pf" [error]="withdrawing.problem()" [compact]="true" />
          }
        </section>
      </div>
      <wm-confirm
        #dialog
        [heading]="heading()"
        [action]="declareWords"
        [busy]="declaring.busy()"
        [problem]="declaring.problem()"
        (confirmed)="declare()"
      >
        <p i18n>
          You are given nothing of theirs, and what you have of theirs goes to somebody else. The chair and the
          coordinator see what you write; the applicant does not.
        </p>
        <wm-field
          for="because"
          i18n-label
          label="How you know them"
          [error]="tried() && !because().trim() ? missing : null"
        >
          <input
            #why
            id="because"
            class="in"
            maxlength="500"
            aria-describedby="because-error"
            [attr.aria-invalid]="tried() && !because().trim()"
            [value]="because()"
            (input)="because.set(why.value)"
          />
        </wm-field>
      </wm-confirm>
    } @else {
      <wm-page-header i18n-heading heading="Declare an interest" />
      <wm-skeleton />
    }
  `,
  styleUrl: '../../shell/table-cards.css',
  styles: `
    .people li {
      display: flex;
      flex-wrap: wrap;
      gap: var(--wm-2) var(--wm-3);
      align-items: center;
      padding: var(--wm-3) var(--wm-5);
      border-top: 1px solid var(--wm-line);
    }
    .who {
      display: flex;
      flex-direction: column;
      flex: 1 1 240px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    @media (max-width: 599px) {
      .people li {
        padding-inline: var(--wm-4);
      }
    }
  `,
})
export class InterestsPage {
  readonly id = input.required<string>();
  protected readonly address = inject(Address);
  private readonly commands = inject(Commands);
  protected readonly words = interestWords;
  protected readonly missing = $localize`Say how you know them, in a few words.`;
  protected readonly declareWords = $localize`Declare`;
  protected readonly search = computed(() => this.address.text('search'));
  protected readonly resource = httpResource(
    () => ({
      url: `/api/funding/reading/${this.id()}/applicants`,
      params: { page: this.address.page(), pageSize, ...(this.search() ? { search: this.search() ?? '' } : {}) },
    }),
    { parse: (raw) => applicantsPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);
  protected readonly mayWithdraw = computed(() => this.page()?.mayDeclare && this.page()?.call.status !== 'moderation');
  protected readonly done = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  protected readonly declaring = new Deed();
  protected readonly withdrawing = new Deed();
  private readonly asked = signal<ApplicantRow | null>(null);
  protected readonly because = signal('');
  protected readonly tried = signal(false);
  protected readonly heading = computed(() => $localize`You know ${this.asked()?.name ?? ''}:name:`);
  private readonly dialog = viewChild<Confirm>('dialog');

  protected declareLabel = ({ name }: ApplicantRow): string => $localize`Declare an interest in ${name}:name:`;
  protected withdrawLabel = ({ name }: ApplicantRow): string => $localize`Take back the interest in ${name}:name:`;

  protected ask(row: ApplicantRow): void {
    this.asked.set(row);
    this.because.set('');
    this.tried.set(false);
    this.declaring.forget();
    this.dialog()?.open();
  }

  protected async declare(): Promise<void> {
    this.tried.set(true);
    const row = this.asked();
    const because = this.because().trim();
    if (!row || !because) return document.getElementById('because')?.focus();
    const declared = await this.declaring.run(async () => {
      const { recused } = await this.commands.post(
        `/api/funding/reading/${this.id()}/declarations`,
        { applicantId: row.id, because },
        interestDeclared,
      );
      this.done.set(
        recused > 0
          ? $localize`Declared. What you had of theirs goes to somebody else.`
          : $localize`Declared. You are given nothing of theirs.`,
      );
    });
    if (!declared) return;
    this.dialog()?.close();
    this.resource.reload();
  }

  protected async withdraw({ declarationId }: ApplicantRow): Promise<void> {
    const withdrawn = await this.withdrawing.run(async () => {
      await this.commands.post(`/api/funding/declarations/${declarationId ?? ''}/withdraw`, {}, interestDeclared);
      this.done.set($localize`Taken back.`);
    });
    if (withdrawn) this.resource.reload();
  }
}
