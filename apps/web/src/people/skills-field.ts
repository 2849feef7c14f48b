import { Component, input, model, signal, viewChild } from '@angular/core';
import { Field, Icon } from '@waymark/ui';
import { SkillInput } from './skill-input';
import { withSkill, withoutSkill } from './skill-list';

/** A person's skills, one after the other; those that others have are offered, so that one skill has one name. */
@Component({
  selector: 'wm-skills-field',
  imports: [Field, Icon, SkillInput],
  template: `
    <wm-field
      [for]="controlId()"
      i18n-label
      label="Skills"
      i18n-hint
      hint="Type one, then press Enter. Choose a known one where it fits."
      [error]="error()"
    >
      @if (skills().length) {
        <ul class="held" role="list" i18n-aria-label aria-label="Skills">
          @for (skill of skills(); track skill) {
            <li class="chip">
              <span>{{ skill }}</span>
              <button type="button" class="remove" (click)="remove(skill)">
                <wm-icon name="close" /><span class="vh" i18n>Remove {{ skill }}</span>
              </button>
            </li>
          }
        </ul>
      }
      <wm-skill-input
        [controlId]="controlId()"
        [describedBy]="controlId() + '-hint' + (error() ? ' ' + controlId() + '-error' : '')"
        (chosen)="add($event)"
      />
    </wm-field>
    <p class="vh" role="status">{{ said() }}</p>
  `,
  styles: `
    :host {
      display: block;
    }
    .held {
      display: flex;
      flex-wrap: wrap;
      gap: var(--wm-2);
      padding: 0;
      margin-bottom: var(--wm-2);
      list-style: none;
    }
    .remove {
      display: inline-grid;
      place-items: center;
      width: 24px;
      height: 24px;
      padding: 0;
      border: 0;
      border-radius: var(--wm-r-2);
      background: none;
      color: inherit;
      cursor: pointer;
    }
    .remove:hover {
      background: var(--wm-sunk);
    }
  `,
})
export class SkillsField {
  readonly skills = model.required<readonly string[]>();
  readonly controlId = input.required<string>();
  readonly error = input<string | null | undefined>(null);
  private readonly box = viewChild.required(SkillInput);
  protected readonly said = signal('');

  protected add(skill: string): void {
    const skills = withSkill(this.skills(), skill);
    if (skills.length > this.skills().length) this.said.set($localize`${skill}:skill: is added`);
    this.skills.set(skills);
    this.box().clear();
  }

  protected remove(skill: string): void {
    this.skills.set(withoutSkill(this.skills(), skill));
    this.said.set($localize`${skill}:skill: is removed`);
    document.getElementById(this.controlId())?.focus();
  }
}
