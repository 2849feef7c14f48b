import { Component, booleanAttribute, computed, input, output } from '@angular/core';
import type { Refusal } from '@waymark/contracts';
import { Icon } from './icon';
import { Message, type MessageTone } from './message';

/** What the server refused, or what went wrong on the way to it. */
export interface ProblemShown {
  refusal: Refusal | 'offline';
  status: number;
  correlationId: string | null;
}

/** What, why, and what would help. */
export interface ProblemWords {
  title: string;
  text: string;
  help: string;
}

/** Refusals that are nobody's decision: something broke, and trying again may be enough. */
const ours: ReadonlySet<ProblemShown['refusal']> = new Set(['unexpected', 'not-ready', 'offline', 'malformed-request']);
/** Refusals that tell of a change meanwhile, rather than of a fault. */
const gentle: ReadonlySet<ProblemShown['refusal']> = new Set([
  'changed-meanwhile',
  'mentor-full',
  'proposal-answered',
  'proposal-expired',
  'import-busy',
  'run-in-progress',
  'status-refused',
]);

/** A refusal in its words, or "our mistake" with the number to quote and a button to try again. */
@Component({
  selector: 'wm-problem',
  imports: [Icon, Message],
  template: `
    @if (mistake() && !compact()) {
      <div class="empty" role="alert">
        <wm-icon [name]="problem().refusal === 'offline' ? 'offline' : 'warning'" />
        <h2>{{ words().title }}</h2>
        <p>{{ words().text }} {{ words().help }}</p>
        @if (problem().correlationId; as number) {
          <p class="num ref">
            <code>{{ number }}</code>
          </p>
        }
        <div class="row">
          <button type="button" class="btn btn--main" (click)="retry.emit()" i18n>Try again</button>
        </div>
      </div>
    } @else {
      <wm-message [tone]="tone()" [heading]="words().title">
        <p>{{ words().text }}</p>
        @if (words().help; as help) {
          <p class="mt">{{ help }}</p>
        }
        @if (mistake() && problem().correlationId; as number) {
          <p class="num ref mt">
            <code>{{ number }}</code>
          </p>
        }
        <ng-content />
      </wm-message>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    h2 {
      font-size: var(--wm-text-md);
    }
  `,
})
export class ProblemPanel {
  readonly problem = input.required<ProblemShown>();
  readonly words = input.required<ProblemWords>();
  /** Beside a form, where the form's own button is the way to try again. */
  readonly compact = input(false, { transform: booleanAttribute });
  readonly retry = output();

  protected readonly mistake = computed(() => ours.has(this.problem().refusal));
  protected readonly tone = computed<MessageTone>(() => (gentle.has(this.problem().refusal) ? 'due' : 'bad'));
}
