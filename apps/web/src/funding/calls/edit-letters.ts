import { Component, computed, inject, input, signal } from '@angular/core';
import {
  type CallView,
  type LetterKind,
  letterKinds,
  letterPreview,
  type LetterPreview,
  previewLetter,
} from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { letterKindWords } from './call-words';
import { EditPart } from './edit-part';
import { TextField } from './text-field';

/** A paragraph of one's own for each letter, and the whole letter as it would go out. */
@Component({
  selector: 'wm-edit-letters',
  imports: [Field, TextField, Trouble],
  template: `
    <section class="card stack" aria-labelledby="letters-h">
      <h2 id="letters-h" i18n>Letters</h2>
      <p class="hint" i18n>
        Waymark writes what was decided, why, and what would have changed it. A paragraph of your own is put in where
        you want one: who to ask, what you would like them to know.
      </p>
      <wm-field for="edit-letter-kind" i18n-label label="Letter">
        <select #chosen class="in narrow" id="edit-letter-kind" (change)="choose(chosen.value)">
          @for (each of kinds; track each) {
            <option [value]="each" [selected]="each === kind()">
              {{ words[each] }}{{ draft().letters[each] ? ' ✓' : '' }}
            </option>
          }
        </select>
      </wm-field>
      <wm-text-field
        for="edit-letter"
        [label]="paragraphLabel()"
        [rows]="4"
        [max]="2000"
        [value]="draft().letters[kind()]"
        [fixed]="fixed().has('letters')"
        [error]="errors().get('edit-letter')"
        (typed)="write($event)"
      />
      <div class="row">
        <button type="button" class="btn btn--line btn--sm" [disabled]="deed.busy()" (click)="look()" i18n>
          Read the whole letter
        </button>
      </div>
      @if (deed.problem()) {
        <wm-trouble [error]="deed.problem()" [compact]="true" />
      }
      <div role="status">
        @if (letter(); as shown) {
          <div class="paper stack-2">
            <p class="small quiet" i18n>For an invented applicant, with invented figures</p>
            <p>
              <b>{{ shown.subject }}</b>
            </p>
            <p class="said">{{ shown.body }}</p>
          </div>
        }
      </div>
    </section>
  `,
  styles: `
    .paper {
      padding: var(--wm-4);
      background: var(--wm-sunk);
      border: 1px solid var(--wm-line);
      border-radius: var(--wm-r-3);
    }
    .said {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class EditLetters extends EditPart {
  readonly call = input.required<CallView>();
  private readonly commands = inject(Commands);
  protected readonly kinds = letterKinds;
  protected readonly words = letterKindWords;
  protected readonly kind = signal<LetterKind>('awarded');
  protected readonly letter = signal<LetterPreview | null>(null);
  protected readonly deed = new Deed();
  protected readonly paragraphLabel = computed(
    () => $localize`Your paragraph in “${letterKindWords[this.kind()]}:letter:”`,
  );

  protected choose(chosen: string): void {
    const kind = letterKinds.find((each) => each === chosen);
    if (!kind) return;
    this.kind.set(kind);
    this.letter.set(null);
  }

  protected write(paragraph: string): void {
    this.letter.set(null);
    this.set.emit({ letters: { ...this.draft().letters, [this.kind()]: paragraph } });
  }

  protected async look(): Promise<void> {
    const { name, letters } = this.draft();
    const typed = {
      kind: this.kind(),
      callName: name,
      paragraph: letters[this.kind()],
      ...this.dates(),
    };
    const body = previewLetter.safeParse(typed);
    // A name or a day that is not right yet: the saved ones stand in for it.
    const { name: savedName, decideBy, reserveUntil, claimBy } = this.call();
    const asked = body.success ? body.data : { ...typed, callName: savedName, decideBy, reserveUntil, claimBy };
    await this.deed.run(async () => {
      this.letter.set(await this.commands.post('/api/funding/calls/letter-preview', asked, letterPreview));
    });
  }

  private dates(): { decideBy: string; reserveUntil: string; claimBy: string } {
    const { decideBy, reserveUntil, claimBy } = this.draft();
    return { decideBy, reserveUntil, claimBy };
  }
}
