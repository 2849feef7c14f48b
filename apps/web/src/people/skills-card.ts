import { Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { personPage, type PersonPageView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { focusOnceDrawn } from '../shell/focus-once-drawn';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { SkillsField } from './skills-field';

/** What somebody can do, by which others find them. Their own to change, and anybody's for those who may edit people. */
@Component({
  selector: 'wm-skills-card',
  imports: [Icon, RouterLink, SkillsField, Trouble],
  template: `
    <section class="card" aria-labelledby="skills">
      <div class="card__head">
        <h2 id="skills" tabindex="-1" i18n>Skills</h2>
        @if (mayChange() && !editing()) {
          <button type="button" class="btn btn--line btn--sm" (click)="edit()">
            <wm-icon name="pencil" /><span i18n>Change</span><span class="vh" i18n> the skills</span>
          </button>
        }
      </div>
      @if (editing(); as skills) {
        <div class="stack-2">
          <wm-trouble [error]="saving.problem()" compact />
          <wm-skills-field controlId="new-skill" [skills]="skills" (skillsChange)="editing.set($event)" />
          <div class="row">
            <button
              type="button"
              class="btn btn--main btn--sm"
              [attr.aria-disabled]="saving.busy() || null"
              (click)="save()"
              i18n
            >
              Save the skills
            </button>
            <button type="button" class="btn btn--text btn--sm" (click)="leave()" i18n>Cancel</button>
          </div>
        </div>
      } @else if (person().skills.length) {
        <ul class="skills" role="list">
          @for (skill of person().skills; track skill) {
            <li>
              <a routerLink="/people" [queryParams]="{ skill }">{{ skill }}</a>
            </li>
          }
        </ul>
      } @else {
        <p class="quiet" i18n>No skill is recorded.</p>
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .skills {
      list-style: none;
      display: flex;
      flex-wrap: wrap;
      gap: var(--wm-2);
      padding: 0;
      margin: 0;
    }
    .skills li {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-height: 32px;
      max-width: 100%;
      padding: 2px 10px;
      border-radius: var(--wm-r-2);
      background: var(--wm-sunk);
      font-size: var(--wm-text-sm);
      overflow-wrap: anywhere;
    }
    .skills a {
      color: var(--wm-ink);
    }
    @media (max-width: 599px) {
      .skills li {
        min-height: 44px;
      }
      .skills a {
        display: inline-flex;
        align-items: center;
        min-height: 40px;
      }
    }
  `,
})
export class SkillsCard {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly focusLater = focusOnceDrawn();
  readonly person = input.required<PersonPageView>();
  readonly isSelf = input.required<boolean>();
  readonly changed = output<PersonPageView>();

  protected readonly mayChange = computed(() => this.isSelf() || this.session.may('people.edit'));
  protected readonly editing = signal<readonly string[] | null>(null);
  protected readonly saving = new Deed();

  protected edit(): void {
    this.saving.forget();
    this.editing.set(this.person().skills);
    this.focus('input');
  }

  protected leave(): void {
    this.editing.set(null);
    this.focus('h2');
  }

  protected async save(): Promise<void> {
    const skills = this.editing();
    if (!skills) return;
    await this.saving.run(async () => {
      this.changed.emit(await this.commands.put(`/api/people/${this.person().id}/skills`, { skills }, personPage));
      this.leave();
    });
  }

  private focus(selector: string): void {
    this.focusLater(() => this.host.nativeElement.querySelector<HTMLElement>(selector));
  }
}
