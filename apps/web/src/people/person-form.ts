import { httpResource } from '@angular/common/http';
import { Component, computed, effect, input, output, signal, untracked, viewChild } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { addPerson, gradesView, unitsView, type AddPerson, type PersonView } from '@waymark/contracts';
import { Field, Message } from '@waymark/ui';
import { Attention } from '../shell/attention';
import { fieldWords, type FieldWords } from '../shell/field-words';
import type { Problem } from '../shell/problem';
import { Trouble } from '../shell/trouble';
import { PersonPicker, type Picked } from './person-picker';
import { SkillsField } from './skills-field';
import { unitOptions } from './unit-options';

/** Adding a person and changing one: the same fields. */
@Component({
  selector: 'wm-person-form',
  imports: [Attention, Field, FormField, Message, PersonPicker, RouterLink, SkillsField, Trouble],
  templateUrl: './person-form.html',
})
export class PersonForm {
  private readonly attention = viewChild.required(Attention);
  /** Whom to change; nobody when adding. */
  readonly person = input<PersonView | null>(null);
  readonly action = input.required<string>();
  readonly busy = input(false);
  readonly problem = input<Problem | null>(null);
  readonly back = input.required<readonly string[]>();
  readonly send = output<AddPerson>();

  private readonly units = httpResource(() => '/api/units', { parse: (raw) => unitsView.parse(raw) });
  private readonly grades = httpResource(() => '/api/grades', { parse: (raw) => gradesView.parse(raw) });
  protected readonly unitOptions = computed(() => (this.units.hasValue() ? unitOptions(this.units.value().units) : []));
  /** Highest first, as people look for them. */
  protected readonly gradeOptions = computed(() =>
    this.grades.hasValue() ? [...this.grades.value().grades].reverse() : [],
  );
  protected readonly listsFailed = computed(() => this.units.error() ?? this.grades.error());

  private readonly typed = signal({
    givenName: '',
    familyName: '',
    email: '',
    jobTitle: '',
    unitId: '',
    gradeId: '',
    technician: true,
    staffNumber: '',
    contractUntil: '',
    externallyFunded: false,
    invite: false,
  });
  protected readonly skills = signal<readonly string[]>([]);
  protected readonly form = form(this.typed);
  protected readonly manager = signal<Picked | null>(null);
  private readonly tried = signal(false);

  private readonly body = computed<AddPerson>(() => {
    const typed = this.typed();
    return {
      givenName: typed.givenName,
      familyName: typed.familyName,
      email: typed.email.trim() || null,
      jobTitle: typed.jobTitle.trim() || null,
      unitId: typed.unitId || null,
      gradeId: typed.gradeId || null,
      lineManagerId: this.manager()?.id ?? null,
      technician: typed.technician,
      staffNumber: typed.staffNumber.trim() || null,
      contractUntil: typed.contractUntil || null,
      externallyFunded: typed.externallyFunded,
      skills: [...this.skills()],
      // Only with an address is there anywhere to post it to.
      invite: typed.invite && typed.email.trim() !== '',
    };
  });
  /** Nothing can be posted to them, and they cannot sign in. */
  protected readonly withoutEmail = computed(() => this.typed().email.trim() === '');
  private readonly words: FieldWords<AddPerson> = {
    givenName: $localize`Give the first name.`,
    familyName: $localize`Give the last name.`,
    email: $localize`This does not look like an e-mail address. Leave it empty if there is none.`,
    jobTitle: $localize`Use at most 120 characters for the job title.`,
    unitId: $localize`Choose a unit from the list.`,
    gradeId: $localize`Choose a grade from the list.`,
    lineManagerId: $localize`Choose the line manager from the list.`,
    staffNumber: $localize`Use at most 40 characters for the staff number.`,
    contractUntil: $localize`Give the last day of the contract, or leave it empty.`,
    skills: $localize`Use at most 60 skills, each of at most 80 characters.`,
  };
  protected readonly errors = computed<FieldWords<AddPerson>>(() =>
    this.tried() ? { ...fieldWords(addPerson, this.body(), this.words, this.problem()), ...this.refusedField() } : {},
  );
  private readonly refusedField = computed<FieldWords<AddPerson>>(() => {
    switch (this.problem()?.refusal) {
      case 'email-taken':
        return { email: $localize`Somebody else has this e-mail address.` };
      case 'staff-number-taken':
        return { staffNumber: $localize`Somebody else has this staff number.` };
      case 'manager-cycle':
        return { lineManagerId: $localize`This person reports to the one you are changing.` };
      default:
        return {};
    }
  });

  constructor() {
    effect(() => {
      const person = this.person();
      if (person) untracked(() => this.fill(person));
    });
  }

  protected submit(): void {
    this.tried.set(true);
    const parsed = addPerson.safeParse(this.body());
    if (parsed.success) this.send.emit(parsed.data);
    else this.attention().focus();
  }

  private fill(person: PersonView): void {
    this.typed.set({
      givenName: person.givenName,
      familyName: person.familyName,
      email: person.email ?? '',
      jobTitle: person.jobTitle ?? '',
      unitId: person.unitId ?? '',
      gradeId: person.gradeId ?? '',
      technician: person.technician,
      staffNumber: person.staffNumber ?? '',
      contractUntil: person.contractUntil ?? '',
      externallyFunded: person.externallyFunded,
      invite: false,
    });
    this.skills.set(person.skills);
    this.manager.set(person.lineManager);
  }
}
