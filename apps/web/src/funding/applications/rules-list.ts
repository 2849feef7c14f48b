import { Component, computed, inject, input } from '@angular/core';
import type { RuleResult } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { ruleWords } from './rule-words';

/** Each rule of a call with its verdict and why. */
@Component({
  selector: 'wm-rules-list',
  imports: [Icon],
  template: `
    <ul class="rules">
      @for (rule of shown(); track rule.rule) {
        <li [class]="rule.tone">
          <i class="ic"><wm-icon [name]="rule.icon" /></i>
          <span
            ><b
              ><span class="vh">{{ rule.verdict }} </span>{{ rule.name }}</b
            >
            {{ rule.text }}</span
          >
        </li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
    }
    .rules {
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 20px 1fr;
      gap: 10px;
      padding: 9px 0;
      border-top: 1px solid var(--wm-line);
      font-size: 0.9375rem;
    }
    li:first-child {
      border: 0;
      padding-top: 0;
    }
    .ic {
      margin-top: 2px;
    }
    li > span {
      color: var(--wm-ink-2);
      overflow-wrap: anywhere;
    }
    b {
      display: block;
      font-weight: var(--wm-medium);
      color: var(--wm-ink);
    }
    .ok .ic {
      color: var(--wm-ok);
    }
    .due .ic,
    .due b {
      color: var(--wm-due);
    }
    .bad .ic,
    .bad b {
      color: var(--wm-bad);
    }
    .unknown .ic {
      color: var(--wm-ink-3);
    }
  `,
})
export class RulesList {
  private readonly dates = inject(Dates);
  readonly rules = input.required<readonly RuleResult[]>();
  protected readonly shown = computed(() => this.rules().map((rule) => ruleWords(rule, (day) => this.dates.day(day))));
}
