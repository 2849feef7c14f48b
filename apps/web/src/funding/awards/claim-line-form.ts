import { Component, computed, inject, input, output } from '@angular/core';
import { type ClaimLineDraft, costCategories, type FileView, readPounds } from '@waymark/contracts';
import { Field, Icon } from '@waymark/ui';
import { FilePicker } from '../../shell/files/file-picker';
import { costWords } from '../applications/application-words';
import { AmountField } from '../pots/amount-field';
import { ClaimDraft } from './claim-draft';

/** One line of a claim: what for, how much, and its receipt or why there is none. */
@Component({
  selector: 'wm-claim-line-form',
  imports: [AmountField, Field, FilePicker, Icon],
  template: `
    <fieldset class="box stack">
      <legend class="med" i18n>Line {{ index() + 1 }}</legend>
      <wm-file-picker
        purpose="receipt"
        [controlId]="id('receipt')"
        [files]="files()"
        [most]="10"
        i18n-label
        label="Choose a receipt"
        (filesChange)="taken($event)"
      />
      @if (line().fileIds.length === 0) {
        <wm-field
          [for]="id('none')"
          i18n-label
          label="No receipt? Say why"
          [error]="tried() && !line().noReceiptBecause.trim() ? words.receipt : null"
        >
          <input
            #none
            class="in"
            [id]="id('none')"
            maxlength="200"
            [value]="line().noReceiptBecause"
            [attr.aria-invalid]="tried() && !line().noReceiptBecause.trim() ? true : null"
            (input)="draft.change(line().id, { noReceiptBecause: none.value })"
          />
        </wm-field>
      }
      <div class="two">
        <wm-field
          [for]="id('category')"
          i18n-label
          label="Kind"
          [error]="tried() && line().category === null ? words.category : null"
        >
          <select
            #kind
            class="in"
            [id]="id('category')"
            [attr.aria-invalid]="tried() && line().category === null ? true : null"
            (change)="choose(kind.value)"
          >
            <option value="" [selected]="line().category === null" i18n>Choose</option>
            @for (each of categories; track each) {
              <option [value]="each" [selected]="each === line().category">{{ costWords[each] }}</option>
            }
          </select>
        </wm-field>
        <wm-amount-field
          [for]="id('amount')"
          i18n-label
          label="Amount"
          [typed]="line().amount"
          [tried]="tried() || (unreadable() && line().amount !== '')"
          (typedChange)="draft.change(line().id, { amount: $event })"
        />
      </div>
      <wm-field
        [for]="id('what')"
        i18n-label
        label="What for"
        [error]="tried() && !line().what.trim() ? words.what : null"
      >
        <input
          #what
          class="in"
          [id]="id('what')"
          maxlength="120"
          [value]="line().what"
          [attr.aria-invalid]="tried() && !line().what.trim() ? true : null"
          (input)="draft.change(line().id, { what: what.value })"
        />
      </wm-field>
      <div>
        <button type="button" class="btn btn--text btn--sm" (click)="removed.emit()">
          <wm-icon name="trash" /><ng-container i18n>Take this line out</ng-container>
        </button>
      </div>
    </fieldset>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .box {
      min-width: 0;
      margin: 0;
      padding: var(--wm-4);
      border: 1px solid var(--wm-line-strong);
      border-radius: var(--wm-r-3);
    }
    legend {
      padding: 0 var(--wm-2);
    }
    .two {
      display: grid;
      gap: var(--wm-4);
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
    }
    .btn--text {
      padding-left: 0;
    }
  `,
})
export class ClaimLineForm {
  protected readonly draft = inject(ClaimDraft);
  readonly line = input.required<ClaimLineDraft>();
  readonly index = input.required<number>();
  readonly tried = input(false);
  /** All files that this page knows of. */
  readonly known = input.required<readonly FileView[]>();
  readonly added = output<readonly FileView[]>();
  readonly removed = output();

  protected readonly categories = costCategories;
  protected readonly costWords = costWords;
  protected readonly words = {
    receipt: $localize`Add a receipt, or say why there is none.`,
    category: $localize`Choose what kind of cost it is.`,
    what: $localize`Say what it was for.`,
  };
  protected readonly files = computed(() => this.known().filter(({ id }) => this.line().fileIds.includes(id)));
  protected readonly unreadable = computed(() => 'fault' in readPounds(this.line().amount));

  protected id(part: string): string {
    return `${part}-${this.line().id}`;
  }

  protected choose(value: string): void {
    this.draft.change(this.line().id, { category: costCategories.find((each) => each === value) ?? null });
  }

  protected taken(files: readonly FileView[]): void {
    this.added.emit(files);
    this.draft.change(this.line().id, { fileIds: files.map(({ id }) => id) });
  }
}
