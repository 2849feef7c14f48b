import { Component, computed } from '@angular/core';
import type { CallRule } from '@waymark/contracts';
import { callRuleWords } from './call-words';
import { EditPart } from './edit-part';
import { TextField } from './text-field';

const rules = [
  'one-application',
  'not-retrospective',
  'contract-outlasts-event',
  'no-overdue-report',
  'not-funded-lately',
] as const satisfies readonly CallRule['rule'][];

/** The rules of eligibility as switches. Whom it is for and the cap are rules too, and always on. */
@Component({
  selector: 'wm-edit-rules',
  imports: [TextField],
  template: `
    <section class="card stack" aria-labelledby="edit-rules">
      <h2 id="edit-rules" tabindex="-1" i18n>Rules of eligibility</h2>
      <p class="hint" i18n>
        Applicants see at once which they meet. Each names itself when it fails, and they are judged again when scoring
        begins.
      </p>
      @for (rule of rules; track rule) {
        <div class="stack-2">
          <label class="check"
            ><input
              type="checkbox"
              [checked]="draft().rules.includes(rule)"
              [disabled]="locked()"
              (change)="toggle(rule)"
            /><span
              ><b>{{ words[rule].name }}</b> <span class="sub">{{ words[rule].text }}</span></span
            ></label
          >
          @if (rule === 'not-retrospective' && draft().rules.includes(rule)) {
            <wm-text-field
              class="more"
              for="edit-rule-days"
              i18n-label
              label="Days between the close and the event, at least"
              [figure]="true"
              [max]="3"
              [value]="draft().notRetrospectiveDays"
              [fixed]="locked()"
              [error]="errors().get('edit-rule-days')"
              (typed)="set.emit({ notRetrospectiveDays: $event })"
            />
          }
          @if (rule === 'not-funded-lately' && draft().rules.includes(rule)) {
            <wm-text-field
              class="more"
              for="edit-rule-calls"
              i18n-label
              label="In the last so many calls"
              [figure]="true"
              [max]="2"
              [value]="draft().notFundedCalls"
              [fixed]="locked()"
              [error]="errors().get('edit-rule-calls')"
              (typed)="set.emit({ notFundedCalls: $event })"
            />
          }
        </div>
      }
    </section>
  `,
  styles: `
    .more {
      margin-left: 28px;
    }
  `,
})
export class EditRules extends EditPart {
  protected readonly rules = rules;
  protected readonly words = callRuleWords;
  protected readonly locked = computed(() => this.fixed().has('terms'));

  protected toggle(rule: CallRule['rule']): void {
    const chosen = new Set(this.draft().rules);
    if (!chosen.delete(rule)) chosen.add(rule);
    this.set.emit({ rules: rules.filter((each) => chosen.has(each)) });
  }
}
